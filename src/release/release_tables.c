/* The tables of a release. */
#include "release/release_tables.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "protect/cube.h"

#include <inttypes.h>
#include <stdio.h>

const struct label release_situations_label = {
    {"situations", 10},
    {"Situationer som nätverket har räknat: rapporter om situationer, inte personer", 79},
    {"Situations that the network has counted: reports of situations, not people", 74}};

/* Coordinates of a list's dimension in the cube: "Total", then the categories "0" and "1". */
enum { ANY = 0, OFF = 1, ON = 2 };

static struct release_figure figure(const struct cube *cube, const struct cube_cell *cell, struct arena *a);
static struct release_figure figure_at(const struct cube *cube, const size_t *coordinate, struct arena *a);
static void make_lists(const struct cube *cube, struct arena *a, struct release *out);
static void make_overlap(const struct cube *cube, struct arena *a, struct release *out);
static void make_number(const struct cube *cube, struct arena *a, struct release *out);
static void make_dimension(const struct cube *cube, size_t d, struct arena *a, struct release *out);

void release_tables_make(const struct cube *cube, struct arena *a, struct release *out)
{
    const size_t everyone[TABLE_MAX_DIMENSIONS] = {ANY};

    out->tables = 0;
    out->seen = figure_at(cube, everyone, a);
    make_lists(cube, a, out);
    make_overlap(cube, a, out);
    make_number(cube, a, out);
    for (size_t d = 0; d < out->mapping.dimensions; d++)
        make_dimension(cube, d, a, out);
}

static struct release_figure figure(const struct cube *cube, const struct cube_cell *cell, struct arena *a)
{
    struct text sv = text_open(a);
    struct text en = text_open(a);

    cube_put_shown(&sv, cube, cell, CUBE_SWEDISH);
    cube_put_shown(&en, cube, cell, CUBE_ENGLISH);
    return (struct release_figure){cell->n, cell->lo, cell->hi, text_str(&sv), text_str(&en)};
}

static struct release_figure figure_at(const struct cube *cube, const size_t *coordinate, struct arena *a)
{
    struct cube_cell cell = cube_cell(cube, table_cell(&cube->shape, coordinate));

    return figure(cube, &cell, a);
}

static struct release_table *add_table(struct release *out, struct label label, size_t rows, struct arena *a)
{
    struct release_table *t = &out->table[out->tables++];

    *t = (struct release_table){.label = label, .n = rows, .row = arena_new(a, rows, struct release_row)};
    return t;
}

static void make_lists(const struct cube *cube, struct arena *a, struct release *out)
{
    const struct label label = {S("lists"), S("Människor på varje lista"), S("People on each list")};
    struct release_table *t = add_table(out, label, out->mapping.lists, a);

    for (size_t i = 0; i < t->n; i++) {
        size_t coordinate[TABLE_MAX_DIMENSIONS] = {ANY};

        coordinate[i] = ON;
        t->row[i] =
            (struct release_row){.label = out->mapping.list[i], .figure = figure_at(cube, coordinate, a)};
    }
}

/* "LA+NG", "Kommuner + Ideella organisationer". */
static struct label combination_label(const struct mapping *m, uint32_t lists, struct arena *a)
{
    struct text code = text_open(a);
    struct text sv = text_open(a);
    struct text en = text_open(a);

    for (size_t i = 0; i < m->lists; i++) {
        if ((lists >> i & 1) == 0)
            continue;
        if (text_str(&code).n > 0) {
            text_lit(&code, "+");
            text_lit(&sv, " + ");
            text_lit(&en, " + ");
        }
        text_add(&code, m->list[i].code);
        text_add(&sv, m->list[i].sv);
        text_add(&en, m->list[i].en);
    }
    return (struct label){text_str(&code), text_str(&sv), text_str(&en)};
}

/* People on exactly the lists of the mask. */
static struct cube_cell combination(const struct cube *cube, size_t lists, uint32_t mask)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS] = {ANY};

    for (size_t i = 0; i < lists; i++)
        coordinate[i] = mask >> i & 1 ? ON : OFF;
    return cube_cell(cube, table_cell(&cube->shape, coordinate));
}

static void make_overlap(const struct cube *cube, struct arena *a, struct release *out)
{
    const struct label label = {S("overlap"), S("Människor på varje kombination av listor"),
                                S("People on each combination of lists")};
    struct release_table *t = add_table(out, label, ((size_t)1 << out->mapping.lists) - 1, a);

    for (uint32_t mask = 1; mask <= t->n; mask++) {
        struct cube_cell cell = combination(cube, out->mapping.lists, mask);

        t->row[mask - 1] = (struct release_row){.label = combination_label(&out->mapping, mask, a),
                                                .lists = mask,
                                                .figure = figure(cube, &cell, a)};
    }
}

/* The sum of the combinations of `on` lists. Its interval is the sum of theirs: safe, if wide. */
static struct cube_cell number_cell(const struct cube *cube, size_t lists, int on)
{
    struct cube_cell sum = {0};

    for (uint32_t mask = 1; mask < (uint32_t)1 << lists; mask++) {
        if (__builtin_popcount(mask) != on)
            continue;
        struct cube_cell cell = combination(cube, lists, mask);
        sum.n += cell.n;
        sum.lo += cell.lo;
        sum.hi += cell.hi;
    }
    sum.display = sum.n > 0 ? CUBE_ABOUT : CUBE_AT_MOST;
    return sum;
}

static void make_number(const struct cube *cube, struct arena *a, struct release *out)
{
    const struct label label = {S("number"), S("Människor efter antal listor"),
                                S("People by number of lists")};
    struct release_table *t = add_table(out, label, out->mapping.lists, a);

    for (size_t i = 0; i < t->n; i++) {
        struct cube_cell cell = number_cell(cube, out->mapping.lists, (int)i + 1);
        struct label row = {str_of(arena_printf(a, "%zu", i + 1)),
                            str_of(arena_printf(a, i == 0 ? "%zu lista" : "%zu listor", i + 1)),
                            str_of(arena_printf(a, i == 0 ? "%zu list" : "%zu lists", i + 1))};

        t->row[i] = (struct release_row){.label = row, .figure = figure(cube, &cell, a)};
    }
}

static void make_dimension(const struct cube *cube, size_t d, struct arena *a, struct release *out)
{
    const struct mapping_dimension *dimension = &out->mapping.dimension[d];
    struct release_table *t = add_table(out, dimension->label, dimension->n, a);

    for (size_t i = 0; i < t->n; i++) {
        size_t coordinate[TABLE_MAX_DIMENSIONS] = {ANY};

        coordinate[out->mapping.lists + d] = i + 1;
        t->row[i] =
            (struct release_row){.label = dimension->category[i], .figure = figure_at(cube, coordinate, a)};
    }
}

static void put_figure(struct text *out, const struct release_figure *f)
{
    text_format(out, "%" PRId64 ",%" PRId64 ",%" PRId64 ",", f->people, f->lo, f->hi);
    csv_put(out, f->sv, ',');
    text_byte(out, ',');
    csv_put(out, f->en, ',');
    text_byte(out, '\n');
}

struct str release_cube_csv(const struct cube *cube, struct arena *a)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS] = {0};
    struct text out = text_open(a);
    struct arena *scratch = arena_open();

    for (size_t d = 0; d < cube->shape.dimensions; d++) {
        csv_put(&out, cube->shape.dimension[d].name, ',');
        text_byte(&out, ',');
    }
    text_lit(&out, "people,lo,hi,shown_sv,shown_en\n");
    for (size_t cell = 0; cell < cube->shape.published; cell++) {
        struct cube_cell at = cube_cell(cube, cell);

        arena_reset(scratch);
        struct release_figure f = figure(cube, &at, scratch);
        table_coordinates(&cube->shape, cell, coordinate);
        for (size_t d = 0; d < cube->shape.dimensions; d++) {
            csv_put(&out, table_label(&cube->shape.dimension[d], coordinate[d]), ',');
            text_byte(&out, ',');
        }
        put_figure(&out, &f);
    }
    arena_close(scratch);
    return text_str(&out);
}

struct str release_table_csv(const struct release_table *t, struct arena *a)
{
    struct text out = text_open(a);

    text_format(&out, "code,sv,en,%s,lo,hi,shown_sv,shown_en\n",
                str_is(t->label.code, "situations") ? "situations" : "people");
    for (size_t i = 0; i < t->n; i++) {
        csv_put(&out, t->row[i].label.code, ',');
        text_byte(&out, ',');
        csv_put(&out, t->row[i].label.sv, ',');
        text_byte(&out, ',');
        csv_put(&out, t->row[i].label.en, ',');
        text_byte(&out, ',');
        put_figure(&out, &t->row[i].figure);
    }
    return text_str(&out);
}

static void put_dimension(struct json *j, const struct release_table *t, struct arena *a)
{
    json_object_begin(j, arena_cstr(a, t->label.code.p, t->label.code.n));
    json_str(j, "label", t->label.sv);
    json_object_begin(j, "category");
    json_array_flat(j, "index");
    for (size_t i = 0; i < t->n; i++)
        json_str(j, NULL, t->row[i].label.code);
    json_array_end(j);
    json_object_begin(j, "label");
    for (size_t i = 0; i < t->n; i++)
        json_str(j, arena_cstr(a, t->row[i].label.code.p, t->row[i].label.code.n), t->row[i].label.sv);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

static const char *period_of(const struct mapping *m, struct arena *a)
{
    if (m->first_year == m->last_year)
        return arena_printf(a, "%d", m->first_year);
    return arena_printf(a, "%d-%d", m->first_year, m->last_year);
}

static void put_dimensions(struct json *j, const struct release *r, const struct release_table *t,
                           struct arena *a)
{
    json_array_flat(j, "id");
    json_str(j, NULL, t->label.code);
    json_str(j, NULL, S("time"));
    json_array_end(j);
    json_array_flat(j, "size");
    json_i64(j, NULL, (int64_t)t->n);
    json_i64(j, NULL, 1);
    json_array_end(j);
    json_object_begin(j, "role");
    json_array_flat(j, "time");
    json_str(j, NULL, S("time"));
    json_array_end(j);
    json_object_end(j);
    json_object_begin(j, "dimension");
    put_dimension(j, t, a);
    json_object_begin(j, "time");
    json_str(j, "label", S("Period"));
    json_object_begin(j, "category");
    json_array_flat(j, "index");
    json_str(j, NULL, str_of(period_of(&r->mapping, a)));
    json_array_end(j);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

enum column { COLUMN_PEOPLE, COLUMN_LO, COLUMN_HI, COLUMN_SHOWN_SV, COLUMN_SHOWN_EN, COLUMN_EN };

static void put_column(struct json *j, const char *key, const struct release_table *t, enum column column)
{
    json_array_flat(j, key);
    for (size_t i = 0; i < t->n; i++) {
        const struct release_figure *f = &t->row[i].figure;

        switch (column) {
        case COLUMN_PEOPLE:
            json_i64(j, NULL, f->people);
            break;
        case COLUMN_LO:
            json_i64(j, NULL, f->lo);
            break;
        case COLUMN_HI:
            json_i64(j, NULL, f->hi);
            break;
        case COLUMN_SHOWN_SV:
            json_str(j, NULL, f->sv);
            break;
        case COLUMN_SHOWN_EN:
            json_str(j, NULL, f->en);
            break;
        case COLUMN_EN:
            json_str(j, NULL, t->row[i].label.en);
            break;
        }
    }
    json_array_end(j);
}

struct str release_table_json_stat(const struct release *r, const struct release_table *t, struct arena *a)
{
    struct text out = text_open(a);
    struct json j = json_open(&out);
    char moment[21];

    moment_to_text(r->published_at, moment);
    json_object_begin(&j, NULL);
    json_str(&j, "version", S("2.0"));
    json_str(&j, "class", S("dataset"));
    json_str(&j, "label", t->label.sv);
    json_str(&j, "source", r->mapping.source_sv);
    json_str(&j, "updated", str_of(moment));
    put_dimensions(&j, r, t, a);
    put_column(&j, "value", t, COLUMN_PEOPLE);
    json_array_flat(&j, "note");
    json_str(&j, NULL, S("Avrundat till skydd för enskilda. Varje antal ligger mellan lo och hi."));
    json_array_end(&j);
    json_object_begin(&j, "extension");
    json_object_begin(&j, "lykta");
    json_str(&j, "release", r->name);
    json_str(&j, "label_en", t->label.en);
    put_column(&j, "category_en", t, COLUMN_EN);
    put_column(&j, "lo", t, COLUMN_LO);
    put_column(&j, "hi", t, COLUMN_HI);
    put_column(&j, "shown_sv", t, COLUMN_SHOWN_SV);
    put_column(&j, "shown_en", t, COLUMN_SHOWN_EN);
    json_object_end(&j);
    json_object_end(&j);
    json_object_end(&j);
    return text_str(&out);
}
