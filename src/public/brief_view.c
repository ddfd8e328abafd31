/* From the report's view to the facts of the short pages. */
#include "public/brief_view.h"

#include "base/arena.h"
#include "release/release.h"

static struct brief_row shown(const struct release_row *row, enum language language)
{
    if (language == LANGUAGE_EN)
        return (struct brief_row){row->label.en, row->figure.people, row->figure.en};
    return (struct brief_row){row->label.sv, row->figure.people, row->figure.sv};
}

/* Two lists whose intervals meet may be equally long: then neither is called the longest. */
static struct brief_row longest_list(const struct release *r, enum language language)
{
    const struct release_table *lists = release_table(r, "lists");
    const struct release_row *most = NULL;

    if (!lists)
        return (struct brief_row){0};
    for (size_t i = 0; i < lists->n; i++)
        if (!most || lists->row[i].figure.people > most->figure.people)
            most = &lists->row[i];
    for (size_t i = 0; i < lists->n; i++)
        if (&lists->row[i] != most && lists->row[i].figure.hi >= most->figure.lo)
            return (struct brief_row){0};
    return most ? shown(most, language) : (struct brief_row){0};
}

/* A sum of published figures, which add up. */
static int64_t on_more_than_one(const struct release *r)
{
    const struct release_table *number = release_table(r, "number");
    int64_t people = 0;

    for (size_t i = 0; number && i < number->n; i++)
        if (!str_is(number->row[i].label.code, "1"))
            people += number->row[i].figure.people;
    return people;
}

static struct brief_table table_of(const struct release_table *t, enum language language, struct arena *a)
{
    struct brief_row *rows = arena_new(a, t->n + 1, struct brief_row);

    for (size_t i = 0; i < t->n; i++)
        rows[i] = shown(&t->row[i], language);
    return (struct brief_table){
        .title = language == LANGUAGE_EN ? t->label.en : t->label.sv, .n = t->n, .row = rows};
}

static void take_tables(struct brief_view *v, enum language language, struct arena *a)
{
    const struct release *r = v->report.release;
    struct brief_table *tables = arena_new(a, r->tables + 1, struct brief_table);

    for (size_t i = 0; i < r->tables; i++)
        if (!str_is(r->table[i].label.code, "overlap"))
            tables[v->tables++] = table_of(&r->table[i], language, a);
    v->table = tables;
}

struct brief_view brief_view_of(const struct report_view *report, enum language language, struct arena *a)
{
    const struct report_estimate *estimate = &report->estimate;
    struct brief_view v = {.report = *report,
                           .most = longest_list(report->release, language),
                           .shared = on_more_than_one(report->release),
                           .is_wide = estimate->kind == REPORT_BETWEEN &&
                                      estimate->hi - estimate->lo > estimate->lo};

    take_tables(&v, language, a);
    return v;
}
