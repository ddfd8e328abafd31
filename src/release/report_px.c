/* A release's cube as a PX file, the form that PxWeb and the statistics of Swedish authorities use.
 *
 * Every published cell by every dimension with its sums ("Total"), and for each the rounded figure and its
 * interval. PX file format, AXIS-VERSION 2013 (Statistics Sweden, "PX file format").                      */
#include "release/report.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/date.h"
#include "release/release.h"

#include <string.h>

enum { FIGURES = 3, LINE_BYTES = 150, LINE_MOST_BYTES = 200, MOST_VALUES = 4096 };

/* A column of the cube's CSV: its values in the order they come. */
struct variable {
    struct str code;
    size_t n;
    struct str *value;
};

struct px {
    const struct release *release;
    struct text *out;
    struct arena *arena;
    size_t variables;
    struct variable *variable;
    struct text data;
    size_t line; /* bytes since the last line end, of lists that may be long */
};

static enum status read_cube(struct px *x, struct err *e);
static void put_head(struct px *x);
static void put_variables(struct px *x);
static void put_notes(struct px *x);

enum status report_px(const struct release *r, const struct series *series, struct text *out, struct err *e)
{
    (void)series;
    struct px x = {.release = r, .out = out, .arena = out->arena, .data = text_open(out->arena)};

    TRY(read_cube(&x, e));
    put_head(&x);
    put_variables(&x);
    put_notes(&x);
    text_lit(out, "DATA=\n");
    text_add(out, text_str(&x.data));
    text_lit(out, ";\n");
    return OK;
}

static void note_value(struct px *x, struct variable *v, struct str value)
{
    for (size_t i = v->n; i-- > 0;)
        if (str_equal(v->value[i], value))
            return;
    if (v->n < MOST_VALUES)
        v->value[v->n++] = str_copy(value, x->arena);
}

/* The figures of every cell are in canonical order already, the last dimension fastest: as PX wants them. A
 * blank follows each, the last of a line too: there are readers that take line ends away before they cut. */
static enum status read_cube(struct px *x, struct err *e)
{
    struct csv in;
    bool has_row = true;
    size_t rows = 0;
    size_t cells = 1;

    TRY(csv_open(&in, "cube.csv", x->release->cube_csv, x->arena, e));
    int people = csv_column(&in, "people");
    if (people < 1 || (size_t)people + FIGURES > in.n)
        return err_set(e, BAD_INPUT, "cube.csv: expected dimensions and the columns people, lo and hi");
    x->variables = (size_t)people;
    x->variable = arena_new(x->arena, x->variables, struct variable);
    for (size_t v = 0; v < x->variables; v++)
        x->variable[v] = (struct variable){.code = str_copy(in.fields[v], x->arena),
                                           .value = arena_new(x->arena, MOST_VALUES, struct str)};
    for (; has_row; rows++) {
        TRY(csv_next(&in, &has_row, e));
        if (!has_row)
            break;
        for (size_t v = 0; v < x->variables; v++)
            note_value(x, &x->variable[v], in.fields[v]);
        for (size_t f = 0; f < FIGURES; f++) {
            text_add(&x->data, in.fields[x->variables + f]);
            text_byte(&x->data, ' ');
        }
        text_byte(&x->data, '\n');
    }
    for (size_t v = 0; v < x->variables; v++)
        cells *= x->variable[v].n;
    if (cells != rows)
        return err_set(e, BAD_INPUT, "cube.csv: %zu rows, expected %zu: one for each cell", rows, cells);
    return OK;
}

/* A text between quotes, which PX cannot have inside one. A long one goes on between quotes on the next line:
 * between two words, since there are readers that put a blank there. */
static void put_quoted(struct px *x, struct str s)
{
    size_t line = 0;

    text_byte(x->out, '"');
    for (size_t i = 0; i < s.n; i++) {
        bool is_begin = ((unsigned char)s.p[i] & 0xC0) != 0x80;
        bool is_word = i > 0 && s.p[i - 1] == ' ';

        if (++line > (is_word ? LINE_BYTES : LINE_MOST_BYTES) && is_begin) {
            text_lit(x->out, "\"\n\"");
            line = 0;
        }
        text_byte(x->out, s.p[i] == '"' ? '\'' : s.p[i] == '\n' ? ' ' : s.p[i]);
    }
    text_byte(x->out, '"');
}

static void put(struct px *x, const char *keyword, struct str value)
{
    text_add(x->out, str_of(keyword));
    text_byte(x->out, '=');
    put_quoted(x, value);
    text_lit(x->out, ";\n");
}

static void put_both(struct px *x, const char *keyword, struct str sv, struct str en)
{
    put(x, keyword, sv);
    put(x, arena_printf(x->arena, "%s[en]", keyword), en);
}

static void put_head(struct px *x)
{
    const struct release *r = x->release;
    char moment[21];

    moment_to_text(r->published_at, moment);
    put(x, "CHARSET", S("ANSI"));
    put(x, "AXIS-VERSION", S("2013"));
    put(x, "CODEPAGE", S("utf-8"));
    put(x, "LANGUAGE", S("sv"));
    text_lit(x->out, "LANGUAGES=\"sv\",\"en\";\n");
    put(x, "CREATION-DATE",
        str_of(arena_printf(x->arena, "%.4s%.2s%.2s %.5s", moment, moment + 5, moment + 8, moment + 11)));
    text_lit(x->out, "DECIMALS=0;\nSHOWDECIMALS=0;\n");
    put(x, "MATRIX", r->name);
    put(x, "SUBJECT-CODE", S("LE"));
    put_both(x, "SUBJECT-AREA", S("Levnadsförhållanden"), S("Living conditions"));
    put_both(x, "TITLE", r->mapping.title_sv, r->mapping.title_en);
    put_both(x, "CONTENTS", r->mapping.people_sv, r->mapping.people_en);
    put_both(x, "UNITS", S("personer"), S("persons"));
}

/* A dimension is a list ("on it: 0 or 1") or a column of categories. */
static struct label name_of(const struct px *x, struct str code)
{
    const struct mapping *m = &x->release->mapping;

    for (size_t i = 0; i < m->lists; i++)
        if (str_equal(m->list[i].code, code))
            return m->list[i];
    for (size_t i = 0; i < m->dimensions; i++)
        if (str_equal(m->dimension[i].label.code, code))
            return m->dimension[i].label;
    return (struct label){code, code, code};
}

static struct label value_of(const struct px *x, struct str variable, struct str value)
{
    const struct mapping *m = &x->release->mapping;

    if (str_is(value, "Total"))
        return (struct label){value, S("Totalt"), S("Total")};
    for (size_t i = 0; i < m->dimensions; i++)
        for (size_t k = 0; str_equal(m->dimension[i].label.code, variable) && k < m->dimension[i].n; k++)
            if (str_equal(m->dimension[i].category[k].code, value))
                return m->dimension[i].category[k];
    if (str_is(value, "0"))
        return (struct label){value, S("inte på listan"), S("not on the list")};
    return str_is(value, "1") ? (struct label){value, S("på listan"), S("on the list")}
                              : (struct label){value, value, value};
}

enum column { CODE, SWEDISH, ENGLISH };

static struct str told(const struct label *l, enum column column)
{
    return column == CODE ? l->code : column == SWEDISH ? l->sv : l->en;
}

/* One of a list; lines of a PX file are at most 256 bytes long. */
static void put_item(struct px *x, struct str s)
{
    if (x->line > 0)
        text_add(x->out, x->line > LINE_BYTES ? S(",\n") : S(","));
    x->line = x->line > LINE_BYTES ? s.n + 3 : x->line + s.n + 3;
    put_quoted(x, s);
}

static void put_values(struct px *x, const struct variable *v, const char *keyword, enum column column)
{
    struct label name = name_of(x, v->code);

    text_add(x->out, str_of(keyword));
    text_byte(x->out, '(');
    put_quoted(x, column == ENGLISH ? name.en : name.sv);
    text_lit(x->out, ")=");
    x->line = 0;
    for (size_t i = 0; i < v->n; i++) {
        struct label value = value_of(x, v->code, v->value[i]);
        put_item(x, told(&value, column));
    }
    text_lit(x->out, ";\n");
}

static void put_stub(struct px *x, const char *keyword, enum column column)
{
    text_add(x->out, str_of(keyword));
    text_byte(x->out, '=');
    x->line = 0;
    for (size_t v = 0; v < x->variables; v++) {
        struct label name = name_of(x, x->variable[v].code);
        put_item(x, told(&name, column));
    }
    text_lit(x->out, ";\n");
}

static void put_variables(struct px *x)
{
    put_stub(x, "STUB", SWEDISH);
    put_stub(x, "STUB[en]", ENGLISH);
    text_lit(x->out, "HEADING=\"mått\";\nHEADING[en]=\"measure\";\n");
    for (size_t v = 0; v < x->variables; v++) {
        put_values(x, &x->variable[v], "VALUES", SWEDISH);
        put_values(x, &x->variable[v], "VALUES[en]", ENGLISH);
    }
    text_lit(x->out, "VALUES(\"mått\")=\"antal\",\"lägst\",\"högst\";\n"
                     "VALUES[en](\"measure\")=\"people\",\"lowest\",\"highest\";\n");
    for (size_t v = 0; v < x->variables; v++)
        put_values(x, &x->variable[v], "CODES", CODE);
    text_lit(x->out, "CODES(\"mått\")=\"people\",\"lo\",\"hi\";\n");
    put_both(x, "SOURCE", x->release->mapping.source_sv, x->release->mapping.source_en);
}

/* One note: a # in it is a new line to readers of PX. */
static void put_notes(struct px *x)
{
    const struct release *r = x->release;
    struct text sv = text_open(x->arena);
    struct text en = text_open(x->arena);

    for (size_t i = 0; i < r->limits; i++) {
        text_add(&sv, i ? S("#") : S(""));
        text_add(&sv, r->limit[i].sv);
        text_add(&en, i ? S("#") : S(""));
        text_add(&en, r->limit[i].en);
    }
    put_both(x, "NOTE", text_str(&sv), text_str(&en));
}
