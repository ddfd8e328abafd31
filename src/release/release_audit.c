/* What a reader can work out from a release and an earlier version of it. */
#include "release/release_audit.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "protect/attack.h"
#include "protect/ledger.h"
#include "protect/published.h"
#include "release/release.h"

enum { ANY = 0, OFF = 1, ON = 2, FIGURE_COLUMNS = 5 };

static bool is_same_shape(const struct table_shape *a, const struct table_shape *b);
static void lay_over(const struct release *r, const struct published *mine, const struct published *theirs,
                     struct arena *a, struct release_audit *out);
static enum status attack_together(const struct release *r, struct ledger_table *tables, size_t n,
                                   struct progress *progress, struct arena *a, struct release_audit *out,
                                   struct err *e);
static void tell_cell(const struct release *r, const struct table_shape *shape, size_t cell, struct arena *a,
                      struct release_exposure *out);

/* cube.csv of a release shows each figure in two languages; published_read wants it in one. */
enum status release_published(const struct release *r, struct arena *a, struct published *out, struct err *e)
{
    struct text plain = text_open(a);
    struct csv in;
    bool has_row = true;

    TRY(csv_open(&in, "cube.csv", r->cube_csv, a, e));
    if (in.n <= FIGURE_COLUMNS)
        return err_set(e, BAD_INPUT, "cube.csv:1:1: expected a column for each dimension and five more");
    size_t dimensions = in.n - FIGURE_COLUMNS;
    for (size_t i = 0; i < dimensions; i++) {
        csv_put(&plain, in.fields[i], ',');
        text_byte(&plain, ',');
    }
    text_lit(&plain, "n,lo,hi,shown\n");
    for (;;) {
        TRY(csv_next(&in, &has_row, e));
        if (!has_row)
            break;
        for (size_t i = 0; i < dimensions + 4; i++) {
            csv_put(&plain, in.fields[i], ',');
            text_byte(&plain, i + 1 < dimensions + 4 ? ',' : '\n');
        }
    }
    return published_read("cube.csv", text_str(&plain), a, out, e);
}

static enum status audit_alone(const struct release *r, const struct published *mine,
                               struct progress *progress, struct arena *a, struct release_audit *out,
                               struct err *e)
{
    struct attack_report report;
    size_t i = 0;

    TRY(attack_published(mine, &(struct attack_options){.progress = progress}, a, &report, e));
    *out = (struct release_audit){
        .figures = report.cells, .exposed = report.exposed, .narrowest = report.narrowest};
    if (report.exposed == 0)
        return OK;
    while (!report.bound[i].is_exposed)
        i++;
    out->first = (struct release_exposure){.lo = report.bound[i].lo, .hi = report.bound[i].hi};
    tell_cell(r, &mine->shape, report.bound[i].cell, a, &out->first);
    return OK;
}

enum status release_audit(const struct release *r, const struct release *earlier, struct progress *progress,
                          struct arena *a, struct release_audit *out, struct err *e)
{
    struct ledger_table tables[2] = {{.name = "this version"}, {.name = "the earlier version"}};

    TRY(release_published(r, a, &tables[0].published, e));
    TRY(audit_alone(r, &tables[0].published, progress, a, out, e));
    if (!earlier || out->exposed > 0)
        return OK;
    TRY(release_published(earlier, a, &tables[1].published, e));
    if (is_same_shape(&tables[0].published.shape, &tables[1].published.shape)) {
        lay_over(r, &tables[0].published, &tables[1].published, a, out);
        if (out->exposed > 0)
            return OK;
    }
    return attack_together(r, tables, 2, progress, a, out, e);
}

static bool is_among(const struct release *const *some, size_t n, const struct release *r)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(some[i]->cube_csv, r->cube_csv))
            return true;
    return false;
}

enum status release_audit_together(const struct release *r, const struct release *const *earlier, size_t n,
                                   struct progress *progress, struct arena *a, struct release_audit *out,
                                   struct err *e)
{
    const struct release **distinct = arena_new(a, n + 1, const struct release *);
    struct ledger_table *tables = arena_new(a, n + 1, struct ledger_table);
    size_t found = 1;

    distinct[0] = r;
    for (size_t i = 0; i < n; i++)
        if (!is_among(distinct, found, earlier[i]))
            distinct[found++] = earlier[i];
    *out = (struct release_audit){.narrowest = INT64_MAX};
    if (found < 3)
        return OK;
    for (size_t i = 0; i < found; i++) {
        tables[i].name = arena_cstr(a, distinct[i]->name.p, distinct[i]->name.n);
        TRY(release_published(distinct[i], a, &tables[i].published, e));
    }
    return attack_together(r, tables, found, progress, a, out, e);
}

static bool is_same_dimension(const struct table_dimension *a, const struct table_dimension *b)
{
    if (!str_equal(a->name, b->name) || a->n != b->n || a->groups != b->groups)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!str_equal(a->category[i], b->category[i]))
            return false;
    return true;
}

static bool is_same_shape(const struct table_shape *a, const struct table_shape *b)
{
    if (a->dimensions != b->dimensions || a->published != b->published)
        return false;
    for (size_t d = 0; d < a->dimensions; d++)
        if (!is_same_dimension(&a->dimension[d], &b->dimension[d]))
            return false;
    return true;
}

/* The smallest group is told: it is nearest to a person. */
static bool is_worse(const struct release_exposure *x, const struct release_exposure *than)
{
    if (x->is_contradiction || than->is_contradiction)
        return than->is_contradiction && !x->is_contradiction;
    return x->hi <= than->hi; /* of the same figure told twice, the later is told more finely */
}

/* The same figure told twice: what both intervals leave. */
static void lay_over(const struct release *r, const struct published *mine, const struct published *theirs,
                     struct arena *a, struct release_audit *out)
{
    size_t figures = mine->shape.published;
    int64_t *lo = arena_new(a, 2 * figures, int64_t);
    int64_t *hi = arena_new(a, 2 * figures, int64_t);

    published_know(mine, lo, hi);
    published_know(theirs, lo + figures, hi + figures);
    for (size_t i = 0; i < figures; i++) {
        int64_t least = lo[i] > lo[figures + i] ? lo[i] : lo[figures + i];
        int64_t most = hi[i] < hi[figures + i] ? hi[i] : hi[figures + i];
        bool is_shown = lo[i] == hi[i] && lo[figures + i] == hi[figures + i] && least == most;
        bool is_small = least >= 1 && most <= ATTACK_SMALL;

        if (is_shown || (most - least >= ATTACK_LEAST_WIDTH && !is_small))
            continue;
        struct release_exposure found = most < least ? (struct release_exposure){.is_contradiction = true}
                                                     : (struct release_exposure){.lo = least, .hi = most};
        if (out->exposed++ > 0 && !is_worse(&found, &out->first))
            continue;
        out->first = found;
        tell_cell(r, &mine->shape, i, a, &out->first);
    }
}

/* The figures themselves are a table that agrees with both versions when they tell the same. */
static const int64_t *guess_of(const struct published *p, size_t counts, struct arena *a)
{
    int64_t *guess = arena_new(a, counts, int64_t);
    size_t inner = 0;

    if (p->shape.inner != counts)
        return NULL;
    for (size_t i = 0; i < p->shape.published; i++)
        if (table_is_inner(&p->shape, i, &inner))
            guess[inner] = p->n[i];
    return guess;
}

/* The figure of the joined tables that was found, in the words of the table it stands in. */
static void tell_joined(const struct release *r, const struct ledger *l, size_t sum, struct arena *a,
                        struct release_exposure *out)
{
    for (size_t t = 0; t < l->tables; t++)
        if (sum < l->first[t + 1]) {
            tell_cell(r, &l->table[t].published.shape, sum - l->first[t], a, out);
            return;
        }
    out->cell_sv = S("en grupp som bara syns när de läggs bredvid varandra");
    out->cell_en = S("a group that is seen only when they are laid side by side");
}

static enum status attack_together(const struct release *r, struct ledger_table *tables, size_t n,
                                   struct progress *progress, struct arena *a, struct release_audit *out,
                                   struct err *e)
{
    struct attack_report report;
    struct ledger l;
    size_t i = 0;

    if (ledger_join(tables, n, NULL, a, &l, e) != OK)
        return err_set(e, REFUSED, "the versions divide people differently and cannot be tried together");
    TRY(attack_cells(
        &l.knowledge,
        &(struct attack_options){.guess = guess_of(&tables[0].published, l.refined, a), .progress = progress},
        a, &report, e));
    out->figures = report.cells;
    out->exposed = report.exposed;
    if (report.narrowest < out->narrowest)
        out->narrowest = report.narrowest;
    if (report.exposed == 0)
        return OK;
    while (!report.bound[i].is_exposed)
        i++;
    out->first = (struct release_exposure){.lo = report.bound[i].lo, .hi = report.bound[i].hi};
    tell_joined(r, &l, report.bound[i].cell, a, &out->first);
    return OK;
}

static const struct label *list_named(const struct release *r, struct str code)
{
    for (size_t i = 0; i < r->mapping.lists; i++)
        if (str_equal(r->mapping.list[i].code, code))
            return &r->mapping.list[i];
    return NULL;
}

static void add_words(struct text *out, struct str name, struct str category)
{
    text_format(out, "%s%.*s: %.*s", out->n ? "; " : "", STR(name), STR(category));
}

/* A category in the words of its table, or as it is called in the data. */
static void tell_category(const struct release *r, struct str column, struct str category, struct text *sv,
                          struct text *en)
{
    for (size_t t = 0; t < r->tables; t++)
        for (size_t i = 0; str_equal(r->table[t].label.code, column) && i < r->table[t].n; i++)
            if (str_equal(r->table[t].row[i].label.code, category)) {
                add_words(sv, r->table[t].label.sv, r->table[t].row[i].label.sv);
                add_words(en, r->table[t].label.en, r->table[t].row[i].label.en);
                return;
            }
    add_words(sv, column, category);
    add_words(en, column, category);
}

/* The lists that the coordinate of is `which`, after `first`: "på Polisen, Vården". */
static void tell_lists(const struct release *r, const struct table_shape *shape, const size_t *coordinate,
                       size_t which, const char *first[2], struct text *sv, struct text *en)
{
    bool is_first = true;

    for (size_t d = 0; d < shape->dimensions; d++) {
        const struct label *list = list_named(r, shape->dimension[d].name);

        if (!list || coordinate[d] != which)
            continue;
        text_format(sv, "%s%.*s", is_first ? first[0] : ", ", STR(list->sv));
        text_format(en, "%s%.*s", is_first ? first[1] : ", ", STR(list->en));
        is_first = false;
    }
}

static void tell_cell(const struct release *r, const struct table_shape *shape, size_t cell, struct arena *a,
                      struct release_exposure *out)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS];
    struct text sv = text_open(a);
    struct text en = text_open(a);

    table_coordinates(shape, cell, coordinate);
    tell_lists(r, shape, coordinate, ON, (const char *[]){"personer som finns hos ", "people with "}, &sv,
               &en);
    tell_lists(r, shape, coordinate, OFF,
               sv.n ? (const char *[]){" men inte hos ", " but not with "}
                    : (const char *[]){"personer som inte finns hos ", "people not with "},
               &sv, &en);
    for (size_t d = 0; d < shape->dimensions; d++)
        if (coordinate[d] != ANY && !list_named(r, shape->dimension[d].name))
            tell_category(r, shape->dimension[d].name, table_label(&shape->dimension[d], coordinate[d]), &sv,
                          &en);
    out->cell_sv = sv.n ? text_str(&sv) : S("alla personer på listorna");
    out->cell_en = en.n ? text_str(&en) : S("everyone on the lists");
}
