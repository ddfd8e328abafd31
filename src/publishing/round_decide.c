/* The second person's decision, and taking back what is published. */
#include "publishing/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "publishing/round_view.h"
#include "release/standing.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum { PUBLISH_MINUTE = 8 * 60, LONGEST_EMBARGO_DAYS = 366 };

struct decision {
    struct field_set *fields;
    struct field *choice, *embargo, *reason;
};

static struct decision ask(const struct request *r, const struct form *sent)
{
    struct decision q = {.fields = field_set_open(sent, catalogue_of(r->language), r->arena)};

    q.choice = field_add(q.fields, FIELD_RADIOS, "choice", TEXT_PUBLISHING_DECIDE_CHOICE);
    field_option(q.fields, q.choice, S("approve"), portal_text(r, TEXT_PUBLISHING_DECIDE_APPROVE), false);
    field_option(q.fields, q.choice, S("reject"), portal_text(r, TEXT_PUBLISHING_DECIDE_REJECT), false);
    q.embargo = field_add(q.fields, FIELD_DATE, "embargo", TEXT_PUBLISHING_DECIDE_EMBARGO);
    field_hint(q.fields, q.embargo, TEXT_PUBLISHING_DECIDE_EMBARGO_HINT);
    q.embargo->is_optional = true;
    q.reason = field_add(q.fields, FIELD_AREA, "reason", TEXT_PUBLISHING_DECIDE_REASON);
    field_hint(q.fields, q.reason, TEXT_PUBLISHING_DECIDE_REASON_HINT);
    q.reason->is_optional = true;
    return q;
}

static void draw(const struct request *r, const struct decision *q, const struct round *round,
                 struct response *out)
{
    struct portal_view around = portal_view_of(r);
    bool is_own = !round_is_others(round, publishing_person(r));
    struct round_form_view v = {.layout =
                                    portal_form_layout(&around, portal_text(r, TEXT_PUBLISHING_DECIDE_TITLE),
                                                       r->path, q->fields->errors, r->arena),
                                .fields = q->fields,
                                .title = TEXT_PUBLISHING_DECIDE_TITLE,
                                .about = TEXT_PUBLISHING_DECIDE_ABOUT,
                                .button = TEXT_PUBLISHING_DECIDE_BUTTON,
                                .told = is_own ? portal_text(r, TEXT_PUBLISHING_DECIDE_OWN) : S(""),
                                .is_told_fault = is_own,
                                .is_blocked = is_own,
                                .action = round_href(r, round->id, "/beslut"),
                                .back = round_href(r, round->id, "")};

    page_publishing_form(response_page(out), &v);
}

enum status round_decide_show(const struct request *r, struct response *out, struct err *e)
{
    struct decision q = ask(r, NULL);
    struct round round;
    bool is_there = false;

    TRY(round_of(r, &round, &is_there, out, e));
    if (!is_there)
        return OK;
    draw(r, &q, &round, out);
    return OK;
}

/* Fills the order; the fields say what is wrong with it. */
static void read(const struct request *r, struct decision *q, struct round_order *order)
{
    struct date today = stockholm_day(r->now_at, NULL);
    struct date latest = date_from_days(date_days(today) + LONGEST_EMBARGO_DAYS);
    struct date on = {0};
    size_t chosen = 0;

    if (field_choice(q->fields, q->choice, &chosen))
        order->move = chosen == 0 ? MOVE_APPROVE : MOVE_REJECT;
    field_date(q->fields, q->embargo, today, latest, &on);
    order->publish_at = on.year ? stockholm_at(on, PUBLISH_MINUTE) : r->now_at;
    field_str(q->fields, q->reason, ROUND_REASON_LETTERS, &order->reason);
    if (order->move == MOVE_REJECT && order->reason.n == 0)
        field_wrong(q->fields, q->reason, TEXT_PUBLISHING_DECIDE_REASON_NEEDED);
}

enum status round_decide_take(const struct request *r, struct response *out, struct err *e)
{
    struct round_order order = {.move = MOVE_APPROVE, .person = publishing_person(r), .reason = S("")};
    struct decision q = ask(r, &r->form);
    const struct who who = portal_who(r);
    struct round round;
    bool is_there = false;

    TRY(round_of(r, &round, &is_there, out, e));
    if (!is_there)
        return OK;
    read(r, &q, &order);
    if (q.fields->errors == 0 && round_is_others(&round, order.person)) {
        TRY(round_move(portal_db(r), round.id, &order, &who, e));
        return portal_redirect(r, out, str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64, round.id)));
    }
    draw(r, &q, &round, out);
    return response_correct(out);
}

static struct field *ask_why(const struct request *r, const struct form *sent, struct field_set **fields)
{
    *fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    struct field *x = field_add(*fields, FIELD_AREA, "reason", TEXT_PUBLISHING_WITHDRAW_REASON);
    field_hint(*fields, x, TEXT_PUBLISHING_WITHDRAW_REASON_HINT);
    return x;
}

static void draw_withdrawal(const struct request *r, struct field_set *fields, struct response *out)
{
    struct portal_view around = portal_view_of(r);
    struct round_form_view v = {.layout = portal_form_layout(&around,
                                                             portal_text(r, TEXT_PUBLISHING_WITHDRAW_TITLE),
                                                             r->path, fields->errors, r->arena),
                                .fields = fields,
                                .title = TEXT_PUBLISHING_WITHDRAW_TITLE,
                                .about = TEXT_PUBLISHING_WITHDRAW_ABOUT,
                                .button = TEXT_PUBLISHING_WITHDRAW_BUTTON,
                                .told = request_param(r, "name"),
                                .action = request_address(r->path, r->language, r->arena),
                                .back = portal_href(r, "/kartlaggningar")};

    page_publishing_form(response_page(out), &v);
}

/* 404 when there is none in force with the name. */
static enum status is_withdrawable(const struct request *r, bool *out, struct response *answer, struct err *e)
{
    struct release_standing standing;
    enum status s = release_standing(portal_db(r), request_param(r, "name"), r->arena, &standing, e);

    *out = s == OK && standing.withdrawn_at == 0;
    return s == REFUSED || (s == OK && !*out) ? response_error(answer, 404) : s;
}

enum status withdraw_show(const struct request *r, struct response *out, struct err *e)
{
    struct field_set *fields = NULL;
    bool is_there = false;

    TRY(is_withdrawable(r, &is_there, out, e));
    if (!is_there)
        return OK;
    ask_why(r, NULL, &fields);
    draw_withdrawal(r, fields, out);
    return OK;
}

enum status withdraw_take(const struct request *r, struct response *out, struct err *e)
{
    struct field_set *fields = NULL;
    struct field *why = ask_why(r, &r->form, &fields);
    struct who who = portal_who(r);
    struct str reason = S("");
    bool is_there = false;

    TRY(is_withdrawable(r, &is_there, out, e));
    if (!is_there)
        return OK;
    if (field_str(fields, why, ROUND_REASON_LETTERS, &reason)) {
        who.why = arena_cstr(r->arena, reason.p, reason.n);
        TRY(release_withdraw(portal_db(r), request_param(r, "name"), reason, &who, e));
        return portal_redirect(r, out, S("/kartlaggningar"));
    }
    draw_withdrawal(r, fields, out);
    return response_correct(out);
}
