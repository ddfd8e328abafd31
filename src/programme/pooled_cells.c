/* Figures of pooled tables, by their codes in a text. */
#include "programme/pooled_cells.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "programme/programme_view.h"

enum { CODE_MOST_BYTES = 60, LOOSE_MOST = 10, YEAR_DIGITS = 4 };

/* Cells being made. */
struct making {
    struct pooled_cells *cells;
    const struct pooled_section *section;
    enum language language;
    struct arena *arena;
};

static void add(const struct making *m, const char *name, const char *place, enum text_key what,
                struct str city, struct str value)
{
    const struct pooled_period *p = m->section->period;
    const struct insertion values[] = {insertion("period", m->section->heading), insertion("city", city)};
    struct text words = text_open(m->arena);
    const char *years = p->first_year == p->last_year
                            ? arena_printf(m->arena, "%d", p->last_year)
                            : arena_printf(m->arena, "%d-%d", p->first_year, p->last_year);

    catalogue_write(&words, catalogue_of(m->language), what, values, 2);
    m->cells->cell[m->cells->n++] =
        (struct pooled_cell){.code = str_of(arena_printf(m->arena, "%s %s", years, name)),
                             .what = text_str(&words),
                             .value = value,
                             .anchor = str_of(arena_printf(m->arena, "%.*s-%s", STR(m->section->id), place))};
}

static struct str whole_number(const struct making *m, int64_t n)
{
    struct text out = text_open(m->arena);

    language_write_i64(&out, m->language, n);
    return text_str(&out);
}

static struct str real_number(const struct making *m, double x)
{
    struct text out = text_open(m->arena);

    language_write_f64(&out, m->language, x);
    return text_str(&out);
}

static struct str sum_of(const struct making *m)
{
    const struct pooled_period *p = m->section->period;
    const struct insertion values[] = {insertion("lo", p->ci95[0]), insertion("hi", p->ci95[1]),
                                       insertion("n", p->nhat)};
    struct text out = text_open(m->arena);

    catalogue_write(&out, catalogue_of(m->language), TEXT_PROGRAMME_LIKELY_POINT, values, 3);
    return text_str(&out);
}

static void add_together(const struct making *m)
{
    const struct pooled_section *s = m->section;
    const struct str none = S("");

    add(m, "kända", "known", TEXT_PROGRAMME_CELL_KNOWN, none, whole_number(m, s->period->seen));
    if (s->has_sum)
        add(m, "troligt", "likely", TEXT_PROGRAMME_CELL_LIKELY, none, sum_of(m));
    add(m, "minst", "least", TEXT_PROGRAMME_CELL_LEAST, none, whole_number(m, s->period->at_least));
    if (!s->is_compared)
        return;
    add(m, "genomsnitt", "mean", TEXT_PROGRAMME_CELL_MEAN, none, real_number(m, s->mean));
    add(m, "skillnader", "share", TEXT_PROGRAMME_CELL_SHARE, none, whole_number(m, s->percent));
}

static void add_city(const struct making *m, const struct programme_row *row)
{
    const struct str code = row->release->municipality;

    add(m, arena_printf(m->arena, "%.*s kända", STR(code)), arena_printf(m->arena, "%.*s-known", STR(code)),
        TEXT_PROGRAMME_CELL_CITY_KNOWN, row->release->city, row->known);
    add(m, arena_printf(m->arena, "%.*s troligt", STR(code)),
        arena_printf(m->arena, "%.*s-likely", STR(code)), TEXT_PROGRAMME_CELL_CITY_LIKELY, row->release->city,
        row->likely);
}

struct pooled_cells pooled_cells_of(const struct pooled *pooled, enum language language, struct arena *a)
{
    enum { TOGETHER = 5, OF_A_CITY = 2 };
    const struct pooled_section *sections = pooled_sections(pooled, language, a);
    struct pooled_cells cells = {0};
    size_t room = 0;

    for (size_t i = 0; i < pooled->n; i++)
        room += TOGETHER + OF_A_CITY * sections[i].rows;
    cells.cell = arena_new(a, room, struct pooled_cell);
    for (size_t i = 0; i < pooled->n; i++) {
        const struct making m = {&cells, &sections[i], language, a};

        add_together(&m);
        for (size_t k = 0; k < sections[i].rows; k++)
            add_city(&m, &sections[i].row[k]);
    }
    return cells;
}

/* Where the brace at `from` of `s` is closed; 0 when it is not, or holds nothing. */
static size_t closing(struct str s, size_t from)
{
    for (size_t i = from + 1; i < s.n && i - from <= CODE_MOST_BYTES + 1; i++) {
        if (s.p[i] == '}')
            return i > from + 1 ? i : 0;
        if (s.p[i] == '\n' || s.p[i] == '{')
            return 0;
    }
    return 0;
}

/* Cuts *rest at its next code; false, and *before is all that was left, when there is none. */
static bool next_code(struct str *rest, struct str *before, struct str *code)
{
    for (size_t i = 0; i < rest->n; i++) {
        const size_t end = rest->p[i] == '{' ? closing(*rest, i) : 0;

        if (end == 0)
            continue;
        *before = str_part(*rest, 0, i);
        *code = str_part(*rest, i + 1, end - i - 1);
        *rest = str_part(*rest, end + 1, rest->n);
        return true;
    }
    *before = *rest;
    *rest = S("");
    return false;
}

static const struct pooled_cell *cell_of(const struct pooled_cells *cells, struct str code)
{
    for (size_t i = 0; i < cells->n; i++)
        if (str_equal(cells->cell[i].code, str_trim(code)))
            return &cells->cell[i];
    return NULL;
}

struct str pooled_cells_unknown(const struct pooled_cells *cells, struct str words)
{
    struct str before;
    struct str code;

    while (next_code(&words, &before, &code))
        if (!cell_of(cells, code))
            return code;
    return S("");
}

enum status pooled_cells_check(const struct pooled *pooled, struct arena *a, struct err *e)
{
    const struct pooled_cells cells = pooled_cells_of(pooled, LANGUAGE_SV, a);

    for (int i = 0; i < LANGUAGES; i++) {
        const struct str code = pooled_cells_unknown(&cells, pooled->text.in[i]);

        if (code.n > 0)
            return err_set(
                e, REFUSED,
                "the programme's text names {%.*s}, and there is no such figure any more: change the text",
                STR(code));
    }
    return OK;
}

struct str pooled_cells_fill(const struct pooled_cells *cells, struct str words, enum pooled_cells_form form,
                             struct arena *a)
{
    struct text out = text_open(a);
    struct str before;
    struct str code;

    while (next_code(&words, &before, &code)) {
        const struct pooled_cell *cell = cell_of(cells, code);

        text_add(&out, before);
        if (!cell)
            text_format(&out, "{%.*s}", STR(code));
        else if (form == CELLS_LINKED)
            text_format(&out, "[%.*s](#%.*s)", STR(cell->value), STR(cell->anchor));
        else
            text_add(&out, cell->value);
    }
    text_add(&out, before);
    return text_str(&out);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How far the number goes that begins at `from`: digits, in groups with blanks, also such that do not break.
 */
static size_t number_end(struct str s, size_t from)
{
    size_t i = from;

    while (i < s.n) {
        const bool is_wide = i + 2 < s.n && s.p[i] == '\xC2' && s.p[i + 1] == '\xA0' && is_digit(s.p[i + 2]);
        const bool is_blank = i + 1 < s.n && s.p[i] == ' ' && is_digit(s.p[i + 1]);

        if (!is_digit(s.p[i]) && !is_wide && !is_blank)
            break;
        i += is_wide ? 2 : 1;
    }
    return i;
}

static bool is_year(struct str number)
{
    return number.n == YEAR_DIGITS && (str_starts(number, S("19")) || str_starts(number, S("20")));
}

/* "1." and "2)" where a line begins: of a list. */
static bool is_of_list(struct str s, size_t from, size_t end)
{
    return (from == 0 || s.p[from - 1] == '\n') && end < s.n && (s.p[end] == '.' || s.p[end] == ')');
}

/* Adds the numbers of a part without codes. An address after "](" is none of the text's words. */
static void add_loose(struct text *out, struct str part, size_t *n)
{
    for (size_t i = 0; i < part.n && *n < LOOSE_MOST; i++) {
        if (part.p[i] == '(' && i > 0 && part.p[i - 1] == ']')
            while (i < part.n && part.p[i] != ')')
                i++;
        if (i >= part.n || !is_digit(part.p[i]))
            continue;
        const size_t end = number_end(part, i);
        const struct str number = str_part(part, i, end - i);

        if (!is_year(number) && !is_of_list(part, i, end)) {
            text_format(out, "%s%.*s", *n > 0 ? ", " : "", STR(number));
            ++*n;
        }
        i = end - 1;
    }
}

struct str pooled_cells_loose(struct str words, struct arena *a)
{
    struct text out = text_open(a);
    struct str before;
    struct str code;
    size_t n = 0;

    while (next_code(&words, &before, &code))
        add_loose(&out, before, &n);
    add_loose(&out, before, &n);
    return text_str(&out);
}
