/* The cities of pooled figures as a table for spreadsheets, for people: in words, and with cells that one can
 * reckon with. */
#include "programme/pooled_xlsx.h"

#include "base/arena.h"
#include "programme/pooled.h"
#include "programme/pooled_cells.h"
#include "sheet/sheet_write.h"

#include <inttypes.h>

static const struct {
    enum text_key title;
    bool is_number;
} columns[] = {
    {TEXT_PROGRAMME_XLSX_FIRST_YEAR, true}, {TEXT_PROGRAMME_XLSX_LAST_YEAR, true},
    {TEXT_PROGRAMME_XLSX_CITY, false},      {TEXT_PROGRAMME_XLSX_RELEASE, false},
    {TEXT_PROGRAMME_XLSX_PART, false},      {TEXT_PROGRAMME_XLSX_KNOWN, true},
    {TEXT_PROGRAMME_XLSX_ESTIMATE, true},   {TEXT_PROGRAMME_XLSX_LOW, true},
    {TEXT_PROGRAMME_XLSX_HIGH, true},       {TEXT_PROGRAMME_XLSX_POPULATION, true},
    {TEXT_PROGRAMME_XLSX_RATE, true},
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static struct str word(enum language language, enum text_key key)
{
    return catalogue_of(language)->texts[key].one;
}

static struct str people(int64_t n, struct arena *a)
{
    return n == RELEASE_UNKNOWN ? S("") : str_of(arena_printf(a, "%" PRId64, n));
}

static struct str part_word(enum language language, const struct pooled_city *c)
{
    static const enum text_key words[] = {[PART_NONE] = TEXT_PROGRAMME_XLSX_PART_NONE,
                                          [PART_SUM] = TEXT_PROGRAMME_XLSX_PART_SUM,
                                          [PART_AT_LEAST] = TEXT_PROGRAMME_XLSX_PART_AT_LEAST};

    return word(language, words[c->part]);
}

static void put_city(struct str cell[COLUMNS], const struct pooled_period *p, const struct pooled_city *c,
                     enum language language, struct arena *a)
{
    const struct city_release *r = c->release;
    const bool is_point = r->answer == RELEASE_POINT;
    const bool has_rate = c->part == PART_SUM && c->population > 0;

    *cell++ = people(p->first_year, a);
    *cell++ = people(p->last_year, a);
    *cell++ = r->city;
    *cell++ = r->name;
    *cell++ = part_word(language, c);
    *cell++ = people(r->seen.people, a);
    *cell++ = people(is_point ? r->nhat : RELEASE_UNKNOWN, a);
    *cell++ = people(is_point ? r->ci95[0] : r->range[0], a);
    *cell++ = people(is_point ? r->ci95[1] : r->range[1], a);
    *cell++ = people(c->population > 0 ? c->population : RELEASE_UNKNOWN, a);
    *cell = has_rate ? str_of(arena_printf(a, "%.1f", c->rate)) : S("");
}

/* The programme's text, a paragraph a row, with its figures as they are. */
static void add_notes(struct sheet_table *table, const struct pooled *x, enum language language,
                      struct arena *a)
{
    const struct pooled_cells cells = pooled_cells_of(x, language, a);
    const bool is_there = x->text.in[language].n > 0;
    struct str rest =
        pooled_cells_fill(&cells, x->text.in[is_there ? language : LANGUAGE_SV], CELLS_PLAIN, a);
    struct str *note = NULL;
    size_t room = 0;
    struct str line;

    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest);
        line = str_trim(line);
        if (line.n == 0)
            continue;
        note = arena_grow(a, note, table->notes + 1, &room, sizeof *note);
        note[table->notes++] = line;
    }
    table->note = note;
    table->notes_name = "Text"; /* in both languages */
}

enum status pooled_xlsx(struct str *out, const struct pooled *x, enum language language, struct arena *a,
                        struct err *e)
{
    struct str header[COLUMNS];
    bool is_number[COLUMNS];
    size_t n = 0;
    size_t row = 0;

    for (size_t i = 0; i < COLUMNS; i++) {
        header[i] = word(language, columns[i].title);
        is_number[i] = columns[i].is_number;
    }
    for (size_t i = 0; i < x->n; i++)
        n += x->period[i].n;
    struct str *cell = arena_new(a, n * COLUMNS, struct str);
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->period[i].n; k++)
            put_city(cell + COLUMNS * row++, &x->period[i], &x->period[i].city[k], language, a);
    struct sheet_table table = {.name = language == LANGUAGE_SV ? "Orter" : "Cities",
                                .columns = COLUMNS,
                                .header = header,
                                .is_number = is_number,
                                .n = n,
                                .cell = cell};
    add_notes(&table, x, language, a);
    return sheet_write_xlsx(&table, a, out, e);
}
