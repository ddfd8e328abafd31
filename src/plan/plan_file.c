/* The plan as a file: for a meeting's printout and for a spreadsheet. Internal notes are for who may change
 * it. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "child/pdf.h"
#include "pages.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "sheet/sheet_write.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { COLUMNS = 11 };

static struct str day(struct date d, struct arena *a)
{
    char text[11] = "";

    if (d.year != 0)
        date_to_text(d, text);
    return str_copy(str_of(text), a);
}

/* "Pågår, Försenad", with everything that the page marks it with. */
static struct str state_of(const struct request *r, const struct measure *m, struct date today)
{
    struct text out = text_open(r->arena);

    text_add(&out, portal_text(r, measure_state_words(m->state)));
    if (measure_is_overdue(m, today))
        text_format(&out, ", %.*s", STR(portal_text(r, TEXT_PLAN_OVERDUE)));
    if (measure_is_held(m))
        text_format(&out, ", %.*s", STR(portal_text(r, TEXT_PLAN_HELD)));
    return text_str(&out);
}

/* Lines "Kartläggning 2013: kön https://…": what it is, and where. */
static struct str links_of(const struct request *r, const struct measure *m)
{
    struct str site = city_site(portal_of(r)->city, r->arena);
    struct text out = text_open(r->arena);

    for (size_t i = 0; i < m->links; i++)
        text_format(&out, "%s%.*s %.*s%.*s", i > 0 ? "\n" : "", STR(m->link[i].title), STR(site),
                    STR(m->link[i].path));
    return text_str(&out);
}

/* The titles of the measures it waits for, a line each. */
static struct str waits_of(const struct measure *m, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < m->waits; i++)
        text_format(&out, "%s%.*s", i > 0 ? "\n" : "", STR(m->wait[i].title));
    return text_str(&out);
}

/* A row for each measure; the note is the last column. */
static struct sheet_table table_of(const struct request *r, const struct measures *all)
{
    static const enum text_key keys[COLUMNS] = {TEXT_PLAN_GOAL,     TEXT_PLAN_MEASURE,  TEXT_PLAN_OWNER,
                                                TEXT_PLAN_DEADLINE, TEXT_PLAN_STATE,    TEXT_PLAN_DONE_WHEN,
                                                TEXT_PLAN_LEGAL,    TEXT_PLAN_EVIDENCE, TEXT_PLAN_LINKS,
                                                TEXT_PLAN_WAITS,    TEXT_PLAN_NOTE};
    size_t columns = portal_may(r, PERMISSION_PLAN_CHANGE) ? COLUMNS : COLUMNS - 1;
    struct date today = portal_view_of(r).today;
    struct str *header = arena_new(r->arena, columns, struct str);
    struct str *cell = arena_new(r->arena, all->n * columns + 1, struct str);

    for (size_t c = 0; c < columns; c++)
        header[c] = portal_text(r, keys[c]);
    for (size_t i = 0; i < all->n; i++) {
        const struct measure *m = &all->measure[i];
        const struct str row[COLUMNS] = {portal_text(r, plan_goal_words(m->goal)),
                                         m->title,
                                         m->owner_name,
                                         day(m->deadline, r->arena),
                                         state_of(r, m, today),
                                         m->done_when,
                                         m->legal,
                                         m->evidence,
                                         links_of(r, m),
                                         waits_of(m, r->arena),
                                         m->note};

        for (size_t c = 0; c < columns; c++)
            cell[i * columns + c] = row[c];
    }
    return (struct sheet_table){
        .name = "Handlingsplan", .columns = columns, .header = header, .n = all->n, .cell = cell};
}

/* The printed plan: the page of measures by goal, without menus. */
static enum status print_plan(const struct request *r, const struct measures *all, struct text *out,
                              struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct html page = html_open(r->arena, catalogue_of(r->language));
    struct plan_view v = {.layout = portal_print_layout(&around, portal_text(r, TEXT_PLAN_TITLE)),
                          .measures = all->n};

    v.group = plan_groups_by_goal(all, NULL, S(""), around.today, r->arena, &v.groups);
    page_plan_print(&page, &v);
    return pdf_print(PDF_ACCESSIBLE, html_str(&page), out, e);
}

enum status plan_file(const struct request *r, struct response *out, struct err *e)
{
    struct str file = request_param(r, "file");
    struct text pdf = text_open(r->arena);
    struct measures all;
    struct str bytes;

    TRY(measure_list(portal_db(r), &(struct measure_filter){0}, r->arena, &all, e));
    struct sheet_table table = table_of(r, &all);
    if (str_is(file, "plan.csv")) {
        response_bytes(out, "text/csv; charset=utf-8", sheet_write_csv(&table, r->arena));
    } else if (str_is(file, "plan.xlsx")) {
        TRY(sheet_write_xlsx(&table, r->arena, &bytes, e));
        response_bytes(out, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes);
    } else if (str_is(file, "plan.pdf")) {
        TRY(print_plan(r, &all, &pdf, e));
        response_bytes(out, "application/pdf", text_str(&pdf));
    } else {
        return response_error(out, 404);
    }
    response_download(out, file);
    return OK;
}
