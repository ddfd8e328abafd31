/* The page of a reminder's link: an owner's own measures, and a button for how each goes. A link that is
 * followed shows; only a button changes, so that a mail program that follows links by itself changes nothing.
 */
#include "plan/handlers.h"

#include "base/arena.h"
#include "network/organisation.h"
#include "pages.h"
#include "plan/owner_link.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "store/keys.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { ANSWER_NOTE_LETTERS = 300 };

/* The owner that the link proves; 0, with the page that says so as answer, when it proves none. */
static enum status owner_of(const struct request *r, int64_t *owner, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct key key;

    *owner = 0;
    TRY(key_read(portal_of(r)->city->path, KEY_LINK, &key, e));
    enum status s =
        owner_link_read(portal_db(r), key.bytes, request_param(r, "link"), r->now_at, r->arena, owner, e);
    key_wipe(&key);
    if (s != REFUSED)
        return s;
    struct answer_view v = {
        .layout = portal_layout(&around, portal_text(r, TEXT_PLAN_ANSWER_TITLE), r->path, r->arena)};
    page_plan_answer(response_page(out), &v);
    return response_told(out, 404);
}

static enum status draw(const struct request *r, int64_t owner, struct str error, struct response *out,
                        struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct measures *own = arena_new(r->arena, 1, struct measures);
    struct organisation organisation;
    struct answer_view v = {.is_valid = true,
                            .error = error,
                            .is_told = form_has(&r->query, "klart"),
                            .action = request_address(r->path, r->language, r->arena)};

    TRY(organisation_find(portal_db(r), owner, r->arena, &organisation, e));
    TRY(owner_measures(portal_db(r), owner, r->arena, own, e));
    v.organisation = organisation.name;
    v.layout =
        portal_form_layout(&around, portal_text(r, TEXT_PLAN_ANSWER_TITLE), r->path, error.n > 0, r->arena);
    v.group = plan_groups_by_goal(own, NULL, S(""), around.today, r->arena, &v.groups);
    page_plan_answer(response_page(out), &v);
    return OK;
}

enum status plan_answer_show(const struct request *r, struct response *out, struct err *e)
{
    int64_t owner = 0;

    TRY(owner_of(r, &owner, out, e));
    if (owner == 0)
        return OK;
    TRY(owner_link_followed(portal_worker_of(r)->write, owner, r->now_at, e));
    return draw(r, owner, S(""), out, e);
}

static bool is_own(const struct measures *own, int64_t id)
{
    for (size_t i = 0; i < own->n; i++)
        if (own->measure[i].id == id)
            return true;
    return false;
}

enum status plan_answer_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = {.name = "reader", .now_at = r->now_at};
    struct str note = str_trim(form_value(&r->form, "note"));
    enum measure_state state = MEASURE_WAITING;
    struct measures own;
    int64_t owner = 0;
    int64_t id = 0;

    TRY(owner_of(r, &owner, out, e));
    if (owner == 0)
        return OK;
    TRY(owner_measures(portal_db(r), owner, r->arena, &own, e));
    if (!form_i64(&r->form, "measure", 1, INT64_MAX, &id) || !is_own(&own, id))
        return response_error(out, 404);
    if (!measure_state_from_str(form_value(&r->form, "state"), &state))
        return response_error(out, 400);
    if (str_letters(note) > ANSWER_NOTE_LETTERS) {
        TRY(draw(r, owner, portal_text(r, TEXT_PLAN_ANSWER_LONG), out, e));
        return response_correct(out);
    }
    TRY(measure_follow_up(portal_db(r), id, state, note, &who, e));
    return portal_redirect(
        r, out, str_of(arena_printf(r->arena, "/plan/svar/%.*s?klart=1", STR(request_param(r, "link")))));
}
