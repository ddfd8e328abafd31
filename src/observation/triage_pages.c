/* The recipients' inbox and a report. */
#include "observation/triage_pages.h"

#include "base/arena.h"
#include "indicator/indicator.h"
#include "keyring/keyring.h"
#include "keyring/unlock.h"
#include "observation/desk.h"
#include "observation/followup_pages.h"
#include "observation/ground.h"
#include "observation/hold.h"
#include "observation/regain_pages.h"
#include "observation/report_words.h"
#include "observation/triage.h"
#include "observation/triage_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "seal/secret.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { MOST_ROWS = 100 };

static const enum text_key state_text[] = {[STATE_NEW] = TEXT_OBSERVATION_STATE_NEW,
                                           [STATE_ASSESSED] = TEXT_OBSERVATION_STATE_ASSESSED,
                                           [STATE_WAITING] = TEXT_OBSERVATION_STATE_WAITING,
                                           [STATE_REFERRED] = TEXT_OBSERVATION_STATE_REFERRED,
                                           [STATE_CLOSED] = TEXT_OBSERVATION_STATE_CLOSED};

static struct str number_of(const struct observation *o, struct arena *a)
{
    return str_of(arena_printf(a, "%lld-%03lld", (long long)o->year, (long long)o->number));
}

static void add_rows(const struct request *r, struct inbox_view *v, const struct observations *all)
{
    int64_t today = date_days(date_of(r->now_at));

    v->row = arena_new(r->arena, all->n + 1, struct inbox_row);
    for (size_t i = 0; i < all->n; i++) {
        const struct observation *o = &all->observation[i];
        const char *path = arena_printf(r->arena, "/bedomning/%lld", (long long)o->id);

        v->row[v->rows++] = (struct inbox_row){
            .href = v->is_unlocked ? portal_href(r, path) : S(""),
            .number = number_of(o, r->arena),
            .received_on = o->received_on,
            .due_on = o->due_on,
            .state = portal_text(r, o->is_parked && o->state == STATE_NEW ? TEXT_OBSERVATION_STATE_PARKED
                                                                          : state_text[o->state]),
            .is_late = o->state == STATE_NEW && date_days(o->due_on) < today,
            .is_new_message = o->has_new_message};
    }
}

static struct str rows_href(const struct request *r, int64_t from)
{
    return portal_href(r, arena_printf(r->arena, "/bedomning?fran=%lld", (long long)from));
}

/* A part of the list, and the way to what stands before and after it. */
static enum status add_part(const struct request *r, struct inbox_view *v, struct err *e)
{
    struct observations part;
    int64_t from = 0;

    form_i64(&r->query, "fran", 0, INT32_MAX, &from);
    TRY(triage_list(portal_db(r), (size_t)from, MOST_ROWS, r->arena, &part, e));
    add_rows(r, v, &part);
    v->waiting = part.waiting;
    v->open = part.open;
    v->from = (size_t)from + 1;
    v->to = (size_t)from + part.n;
    if (from > 0)
        v->earlier_href = rows_href(r, from > MOST_ROWS ? from - MOST_ROWS : 0);
    if ((size_t)from + part.n < part.open)
        v->later_href = rows_href(r, from + MOST_ROWS);
    return OK;
}

static enum status show_inbox(const struct request *r, struct response *out, struct str error, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct inbox_view v = {.layout = portal_form_layout(&site, portal_text(r, TEXT_OBSERVATION_INBOX),
                                                        r->path, error.n > 0, r->arena),
                           .unlock_action = portal_href(r, "/bedomning/las-upp"),
                           .lock_action = portal_href(r, "/bedomning/las"),
                           .recipients_href = portal_href(r, "/bedomning/mottagare"),
                           .register_href = portal_href(r, "/diarium"),
                           .regain_href = portal_href(r, "/aterstallning"),
                           .evidence_href = portal_href(r, "/vad-hjalper"),
                           .error = error};
    struct keyring *k = NULL;
    struct opener opener;

    TRY(desk_keyring(r, &k, e));
    v.has_key_file = k != NULL;
    if (k) {
        struct recipient me;

        TRY(recipient_of(k, triage_account(r), r->arena, &me, e));
        v.is_recipient = me.id != 0 && me.state == RECIPIENT_ACTIVE;
        v.is_waiting = me.id != 0 && me.state == RECIPIENT_WAITING;
        TRY(passkey_unlock_view(r, k, me.id, &v.passkey, e));
        TRY(regain_asker(r, k, &v.regain_asker, e));
    }
    v.is_unlocked = triage_opener(r, &opener);
    if (v.is_unlocked)
        opener_close(&opener);
    TRY(add_part(r, &v, e));
    page_triage_inbox(response_page(out), &v);
    return error.n > 0 ? response_correct(out) : OK;
}

enum status inbox_show(const struct request *r, struct response *out, struct err *e)
{
    bool has_failed = str_is(form_value(&r->query, "passkey"), "fel");

    return show_inbox(r, out, has_failed ? portal_text(r, TEXT_OBSERVATION_PASSKEY_FAILED) : S(""), e);
}

enum status inbox_unlock(const struct request *r, struct response *out, struct err *e)
{
    static const enum text_key why[] = {[UNLOCK_WRONG] = TEXT_OBSERVATION_UNLOCK_WRONG,
                                        [UNLOCK_BLOCKED] = TEXT_OBSERVATION_UNLOCK_BLOCKED,
                                        [UNLOCK_BUSY] = TEXT_OBSERVATION_UNLOCK_BUSY};
    struct keyring *k = NULL;
    enum unlock_answer answer = UNLOCK_WRONG;
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";

    TRY(desk_keyring(r, &k, e));
    if (k)
        TRY(unlock_enter(desk_unlocks(r), k, triage_account(r), form_value(&r->form, "laslosen"), r->now_at,
                         &answer, cookie, e));
    if (answer != UNLOCK_OPEN)
        return show_inbox(r, out, portal_text(r, why[answer]), e);
    triage_keep_unlocked(out, cookie);
    secret_wipe(cookie, sizeof cookie);
    return portal_redirect(r, out, S("/bedomning"));
}

/* "Säger ingenting på egen hand. Väg samman med annat. Har ofta en vanlig förklaring." */
static struct str cautions_of(const struct request *r, const struct indicator *sign)
{
    struct text out = text_open(r->arena);

    for (size_t i = 0; i < sign->n_cautions; i++)
        text_format(&out, "%s%.*s", i > 0 ? " " : "",
                    STR(r->language == LANGUAGE_SV ? sign->caution[i]->sv : sign->caution[i]->en));
    return text_str(&out);
}

/* The signs of the report side by side: each with its strength in words and what it does not mean. */
static enum status add_signs(const struct request *r, struct case_view *v, const struct report *report,
                             struct err *e)
{
    static const enum text_key strength[] = {TEXT_INDICATOR_WEAK, TEXT_INDICATOR_MEDIUM,
                                             TEXT_INDICATOR_STRONG};
    struct indicators all;

    TRY(indicators_load(portal_db(r), r->arena, &all, e));
    v->sign = arena_new(r->arena, report->n_signs + 1, struct sign_line);
    for (size_t i = 0; i < report->n_signs; i++) {
        const struct indicator *sign = indicator_find(&all, report->sign[i]);

        if (sign)
            v->sign[v->signs++] =
                (struct sign_line){r->language == LANGUAGE_SV ? sign->sv : sign->en,
                                   portal_text(r, strength[sign->strength]), cautions_of(r, sign)};
    }
    return OK;
}

enum status case_answers(const struct request *r, const struct report *report, struct str *out, struct err *e)
{
    struct text lines = text_open(r->arena);
    struct case_view signs = {0};

    TRY(add_signs(r, &signs, report, e));
    text_format(&lines, "%.*s, %.*s, %.*s\n", STR(portal_text(r, report_place_text[report->place])),
                STR(portal_text(r, report_area_text[report->area])),
                STR(portal_text(r, report_when_text[report->when])));
    for (size_t i = 0; i < signs.signs; i++)
        text_format(&lines, "%.*s (%.*s)\n", STR(signs.sign[i].text), STR(signs.sign[i].strength));
    *out = text_str(&lines);
    return OK;
}

static enum status add_grounds(const struct request *r, struct case_view *v, struct err *e)
{
    struct grounds all;

    TRY(grounds_read(r->arena, &all, e));
    v->ground = arena_new(r->arena, all.n + 1, struct report_option);
    for (size_t i = 0; i < all.n; i++) {
        const struct ground *g = &all.ground[i];

        v->ground[v->grounds++] = (struct report_option){
            .value = g->code,
            .label = str_of(arena_printf(r->arena, "%.*s: %.*s", STR(g->paragraph),
                                         STR(r->language == LANGUAGE_SV ? g->sv : g->en)))};
    }
    return OK;
}

static enum status add_hold(const struct request *r, struct case_view *v, struct err *e)
{
    struct who who = portal_who(r);

    TRY(hold_find(portal_db(r), request_id(r), r->arena, &v->hold, e));
    v->is_hold_asked = v->hold.release_asked_by.n > 0;
    v->is_hold_asked_by_me = str_equal(v->hold.release_asked_by, str_of(who.name));
    v->hold_action =
        portal_href(r, arena_printf(r->arena, "/bedomning/%lld/sparr", (long long)request_id(r)));
    return OK;
}

/* What was wrong, and at which field. */
struct complaint {
    struct str error;
    const char *at;
};

static enum status show_case(const struct request *r, struct response *out, struct keyring *k,
                             const struct opener *opener, struct complaint c, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct who who = portal_who(r);
    struct case_file file;
    int64_t id = request_id(r);

    TRY(triage_open(k, opener, id, &who, r->arena, &file, e));
    struct str number = number_of(&file.observation, r->arena);
    struct case_view v = {.layout = portal_form_layout(&site, number, r->path, c.error.n > 0, r->arena),
                          .action = portal_href(r, arena_printf(r->arena, "/bedomning/%lld", (long long)id)),
                          .inbox_href = portal_href(r, "/bedomning"),
                          .error = c.error,
                          .error_at = c.at ? c.at : "",
                          .number = number,
                          .state = portal_text(r, state_text[file.observation.state]),
                          .received_on = file.observation.received_on,
                          .due_on = file.observation.due_on,
                          .is_closed = file.observation.state == STATE_CLOSED,
                          .is_withdrawn = file.observation.is_withdrawn,
                          .place_words = portal_text(r, report_place_text[file.report.place]),
                          .when_words = portal_text(r, report_when_text[file.report.when]),
                          .area_words = portal_text(r, report_area_text[file.report.area]),
                          .text = file.report.text,
                          .messages = file.n_messages,
                          .message = followup_messages(&file, r->language, r->arena),
                          .reasons = file.n_reasons,
                          .reason = file.reason,
                          .sent_reason = form_value(&r->form, "skal"),
                          .sent_message = form_value(&r->form, "meddelande"),
                          .sent_hold = form_value(&r->form, "sparrskal")};

    TRY(add_signs(r, &v, &file.report, e));
    TRY(add_grounds(r, &v, e));
    TRY(add_hold(r, &v, e));
    page_triage_case(response_page(out), &v);
    return c.error.n > 0 ? response_correct(out) : OK;
}

enum status case_show(const struct request *r, struct response *out, struct err *e)
{
    struct keyring *k = NULL;
    struct opener opener;

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = show_case(r, out, k, &opener, (struct complaint){0}, e);
    opener_close(&opener);
    return s == BAD_INPUT ? response_error(out, 404) : s;
}

static bool decision_of(struct str name, enum triage_decision *out)
{
    static const char *const names[] = {[DECISION_ASK] = "fraga",
                                        [DECISION_CLOSE] = "avsluta",
                                        [DECISION_REFER] = "overlamna",
                                        [DECISION_COUNT] = "rakna"};

    for (enum triage_decision i = DECISION_ASK; i <= DECISION_COUNT; i++)
        if (str_is(name, names[i])) {
            *out = i;
            return true;
        }
    return false;
}

static enum status decide(const struct request *r, struct response *out, struct keyring *k,
                          const struct opener *opener, struct err *e)
{
    const struct form *f = &r->form;
    struct triage_step step = {.reason = form_value(f, "skal"),
                               .message = form_value(f, "meddelande"),
                               .receiver = form_value(f, "mottagare"),
                               .ground = form_value(f, "grund"),
                               .form = form_value(f, "form"),
                               .is_confirmed = form_has(f, "bekraftat")};
    struct who who = portal_who(r);
    struct err why = {0};

    if (!decision_of(form_value(f, "beslut"), &step.decision))
        return show_case(r, out, k, opener,
                         (struct complaint){portal_text(r, TEXT_OBSERVATION_CASE_CHOOSE), "beslut-fraga"}, e);
    enum status s = triage_decide(k, opener, request_id(r), &step, &who, &why);
    if (s == BAD_INPUT || s == REFUSED)
        return show_case(r, out, k, opener,
                         (struct complaint){portal_text(r, s == REFUSED ? TEXT_OBSERVATION_CASE_CLOSED
                                                                        : TEXT_OBSERVATION_CASE_MISSING),
                                            "beslut-fraga"},
                         e);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    return portal_redirect(r, out, S("/bedomning"));
}

enum status case_take(const struct request *r, struct response *out, struct err *e)
{
    struct keyring *k = NULL;
    struct opener opener;

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = decide(r, out, k, &opener, e);
    opener_close(&opener);
    return s;
}

static enum status step_hold(const struct request *r, struct err *why)
{
    struct str step = form_value(&r->form, "steg");
    struct who who = portal_who(r);

    if (str_is(step, "foresla"))
        return hold_ask_release(portal_db(r), request_id(r), &who, why);
    if (str_is(step, "ta-bort"))
        return hold_release(portal_db(r), request_id(r), &who, why);
    return hold_place(portal_db(r), request_id(r), form_value(&r->form, "sparrskal"), &who, why);
}

static enum status take_hold(const struct request *r, struct response *out, struct keyring *k,
                             const struct opener *opener, struct err *e)
{
    struct err why = {0};
    enum status s = step_hold(r, &why);

    if (s == BAD_INPUT || s == REFUSED)
        return show_case(r, out, k, opener,
                         (struct complaint){portal_text(r, s == REFUSED ? TEXT_OBSERVATION_HOLD_REFUSED
                                                                        : TEXT_OBSERVATION_HOLD_WRONG),
                                            s == REFUSED ? "main" : "sparrskal"},
                         e);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    return portal_redirect(r, out,
                           str_of(arena_printf(r->arena, "/bedomning/%lld", (long long)request_id(r))));
}

enum status case_hold_take(const struct request *r, struct response *out, struct err *e)
{
    struct keyring *k = NULL;
    struct opener opener;

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = take_hold(r, out, k, &opener, e);
    opener_close(&opener);
    return s;
}
