/* From the report's view to the facts of the short pages. */
#include "public/brief_view.h"

#include "base/arena.h"
#include "release/release.h"
#include "release/release_notes.h"

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

/* A sum of published figures, which add up. They are no more than the sum of their upper limits, nor than all
 * but those on one list. */
static void count_shared(struct brief_view *v)
{
    const struct release *r = v->report.release;
    const struct release_table *number = release_table(r, "number");
    int64_t all_but_one = r->seen.hi;

    for (size_t i = 0; number && i < number->n; i++) {
        const struct release_figure *f = &number->row[i].figure;

        if (str_is(number->row[i].label.code, "1")) {
            all_but_one -= f->lo;
            continue;
        }
        v->shared += f->people;
        v->shared_most += f->hi;
    }
    if (v->shared_most > all_but_one)
        v->shared_most = all_but_one;
}

/* That the data are an example and that figures are rounded, the short pages say by themselves. */
static void take_limits(struct brief_view *v, enum language language, struct arena *a)
{
    const struct release *r = v->report.release;
    struct str *limits = arena_new(a, r->limits + 1, struct str);

    for (size_t i = 0; i < r->limits; i++)
        if (!str_equal(r->limit[i].code, release_example_note.code) &&
            !str_equal(r->limit[i].code, release_protection_note.code))
            limits[v->limits++] = language == LANGUAGE_EN ? r->limit[i].en : r->limit[i].sv;
    v->limit = limits;
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
                           .is_wide = estimate->kind == REPORT_BETWEEN &&
                                      estimate->hi - estimate->lo > estimate->lo};

    count_shared(&v);
    take_limits(&v, language, a);
    take_tables(&v, language, a);
    return v;
}
