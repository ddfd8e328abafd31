/* A plan from a spreadsheet: chosen, shown with what is wrong, taken in. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "pages.h"
#include "plan/plan_import.h"
#include "plan/plan_offers.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "web/form.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static const enum text_key fault_words[PLAN_FAULTS] = {[PLAN_RIGHT] = TEXT_PLAN_IMPORT_RIGHT,
                                                       [PLAN_TORN] = TEXT_PLAN_IMPORT_TORN,
                                                       [PLAN_NO_TITLE] = TEXT_PLAN_IMPORT_NO_TITLE,
                                                       [PLAN_LONG_TITLE] = TEXT_PLAN_IMPORT_LONG_TITLE,
                                                       [PLAN_TWICE] = TEXT_PLAN_IMPORT_TWICE,
                                                       [PLAN_NO_GOAL] = TEXT_PLAN_IMPORT_NO_GOAL,
                                                       [PLAN_UNKNOWN_GOAL] = TEXT_PLAN_IMPORT_UNKNOWN_GOAL,
                                                       [PLAN_UNKNOWN_OWNER] = TEXT_PLAN_IMPORT_UNKNOWN_OWNER,
                                                       [PLAN_BAD_DATE] = TEXT_PLAN_IMPORT_BAD_DATE,
                                                       [PLAN_LONG_TEXT] = TEXT_PLAN_IMPORT_LONG_TEXT,
                                                       [PLAN_UNKNOWN_LINK] = TEXT_PLAN_IMPORT_UNKNOWN_LINK,
                                                       [PLAN_UNKNOWN_WAIT] = TEXT_PLAN_IMPORT_UNKNOWN_WAIT,
                                                       [PLAN_MANY_TIES] = TEXT_PLAN_IMPORT_MANY_TIES,
                                                       [PLAN_CIRCLE] = TEXT_PLAN_IMPORT_CIRCLE};

static struct plan_import_view view_of(const struct request *r, bool has_error)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view); /* the layout points into it */

    *around = portal_view_of(r);
    return (struct plan_import_view){
        .layout =
            portal_form_layout(around, portal_text(r, TEXT_PLAN_IMPORT_TITLE), r->path, has_error, r->arena),
        .action = request_address(r->path, r->language, r->arena),
        .back = portal_href(r, "/plan")};
}

enum status import_file_show(const struct request *r, struct response *out, struct err *e)
{
    struct plan_import_view v = view_of(r, false);

    (void)e;
    page_plan_import_choose(response_page(out), &v);
    return OK;
}

enum status import_file_take(const struct request *r, struct response *out, struct err *e)
{
    const struct form_file *file = form_file(&r->form, "fil");
    const struct who who = portal_who(r);
    int64_t id = 0;
    enum status s = BAD_INPUT;

    if (file)
        s = plan_import_keep(portal_db(r), file->filename, file->bytes, &who, &id, e);
    if (s == OK)
        return portal_redirect(r, out, str_of(arena_printf(r->arena, "/plan/las-in/%lld", (long long)id)));
    if (s != BAD_INPUT)
        return s;
    struct plan_import_view v = view_of(r, true);
    v.error = portal_text(r, file ? TEXT_PLAN_IMPORT_UNREADABLE : TEXT_PLAN_IMPORT_NO_FILE);
    page_plan_import_choose(response_page(out), &v);
    return response_correct(out);
}

static void add_rows(const struct request *r, const struct plan_rows *rows, struct plan_import_view *v)
{
    struct plan_import_row *right = arena_new(r->arena, rows->n + 1, struct plan_import_row);
    struct plan_import_row *wrong = arena_new(r->arena, rows->n + 1, struct plan_import_row);

    for (size_t i = 0; i < rows->n; i++) {
        const struct plan_row *row = &rows->row[i];
        bool is_right = row->fault == PLAN_RIGHT;

        *(is_right ? &right[v->right++] : &wrong[v->wrong++]) =
            (struct plan_import_row){.line = row->line,
                                     .measure = &row->measure,
                                     .goal = plan_goal_words(row->measure.goal),
                                     .fault = fault_words[row->fault]};
    }
    v->right_row = right;
    v->wrong_row = wrong;
}

static enum status offers_of(const struct request *r, struct plan_offers *out, struct err *e)
{
    return plan_offers(portal_of(r)->city, portal_db(r), portal_view_of(r).today, r->language, r->arena, out,
                       e);
}

static enum status draw_preview(const struct request *r, bool has_changed, struct response *out,
                                struct err *e)
{
    struct plan_import_view v = view_of(r, has_changed);
    struct plan_import *import = arena_new(r->arena, 1, struct plan_import);

    struct plan_offers offers;

    TRY(offers_of(r, &offers, e));
    enum status s = plan_import_find(portal_db(r), &offers, request_id(r), r->arena, import, e);
    if (s == REFUSED)
        return response_error(out, 404);
    if (s != OK)
        return s;
    v.name = import->name;
    v.error = has_changed ? portal_text(r, TEXT_PLAN_IMPORT_CHANGED) : S("");
    add_rows(r, &import->rows, &v);
    page_plan_import(response_page(out), &v);
    return OK;
}

enum status import_preview(const struct request *r, struct response *out, struct err *e)
{
    return draw_preview(r, false, out, e);
}

enum status import_decide(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct plan_offers offers;
    int64_t expected = -1;
    enum status s = OK;

    if (!str_is(form_value(&r->form, "steg"), "ja")) {
        TRY(plan_import_drop(portal_db(r), request_id(r), &who, e));
        return portal_redirect(r, out, S("/plan"));
    }
    if (!form_i64(&r->form, "antal", 1, PLAN_LIST_MOST_ROWS, &expected))
        return response_error(out, 400);
    TRY(offers_of(r, &offers, e));
    s = plan_import_take(portal_db(r), &offers, request_id(r), (size_t)expected, &who, e);
    if (s == OK)
        return portal_redirect(r, out, S("/plan"));
    if (s != REFUSED)
        return s;
    TRY(draw_preview(r, true, out, e));
    return out->http_status >= 400 ? OK : response_correct(out);
}
