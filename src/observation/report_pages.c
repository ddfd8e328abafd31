/* Telling of a situation. Each step carries the answers before it in the form: nothing is stored, in the
 * server or in the browser, until it is sent. */
#include "observation/report_pages.h"

#include "assets.h"
#include "base/arena.h"
#include "base/number.h"
#include "indicator/indicator.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "observation/desk.h"
#include "observation/flood.h"
#include "observation/inspection.h"
#include "observation/receive.h"
#include "observation/report_view.h"
#include "observation/report_words.h"
#include "observation/text_points.h"
#include "pages.h"
#include "portal/portal.h"
#include "seal/secret.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"
#include "words/scanner.h"

#include <string.h>

/* Whose cards fit a place. */
static const char *const place_actor[PLACES] = {"hotel",
                                                "landlord",
                                                "nail_massage_salon_inspector",
                                                "environment_inspector",
                                                "building_inspector",
                                                "public",
                                                "public",
                                                "public"};

/* What has been answered so far; an answer that is missing is its enumeration's end. */
struct answers {
    struct report report;
    bool has_place;
    bool has_when;
    int64_t began_at;
};

static struct answers answers_of(const struct request *r, const struct indicators *all)
{
    const struct form *f = &r->form;
    struct answers a = {.report = {.when = WHEN_TODAY, .area = AREA_UNKNOWN, .text = form_value(f, "text")}};

    a.has_place = report_place_named(form_value(f, "plats"), &a.report.place);
    a.has_when = report_when_named(form_value(f, "nar"), &a.report.when);
    report_area_named(form_value(f, "omrade"), &a.report.area);
    a.report.actor = str_of(place_actor[a.report.place]);
    for (size_t i = 0; i < f->n && a.report.n_signs < REPORT_SIGNS; i++)
        if (str_is(f->fields[i].name, "tecken") && indicator_find(all, f->fields[i].value))
            a.report.sign[a.report.n_signs++] = f->fields[i].value;
    if (!form_i64(f, "borjan", 0, INT64_MAX, &a.began_at))
        a.began_at = r->stamp.made_at;
    return a;
}

static void carry(struct report_step_view *v, const char *name, struct str value)
{
    v->carry[v->carried++] = (struct report_option){.id = str_of(name), .value = value};
}

enum carry { CARRY_PLACE = 1, CARRY_SIGNS = 2, CARRY_WHEN = 4, CARRY_TEXT = 8 };

/* The answers that the page itself does not ask for. */
static void carry_answers(const struct request *r, struct report_step_view *v, const struct answers *a,
                          int what)
{
    v->carry = arena_new(r->arena, REPORT_SIGNS + 8, struct report_option);
    carry(v, "borjan", str_of(arena_printf(r->arena, "%lld", (long long)a->began_at)));
    if (what & CARRY_PLACE)
        carry(v, "plats", str_of(report_place_name(a->report.place)));
    for (size_t i = 0; (what & CARRY_SIGNS) && i < a->report.n_signs; i++)
        carry(v, "tecken", a->report.sign[i]);
    if (what & CARRY_WHEN) {
        carry(v, "nar", str_of(report_when_name(a->report.when)));
        carry(v, "omrade", str_of(report_area_name(a->report.area)));
    }
    if (what & CARRY_TEXT)
        carry(v, "text", a->report.text);
}

static struct report_step_view view_of(const struct request *r, const struct portal_view *site, int step,
                                       struct str error)
{
    struct str title =
        step > 0 ? str_of(arena_printf(r->arena, "%.*s %d", STR(portal_text(r, TEXT_OBSERVATION_STEP)), step))
                 : portal_text(r, TEXT_OBSERVATION_TELL);

    return (struct report_step_view){
        .layout = portal_form_layout(site, title, r->path, error.n > 0, r->arena),
        .action = request_address(S("/iakttagelse"), r->language, r->arena),
        .can_receive = true,
        .error = error,
        .cards_href = request_address(S("/tecken"), r->language, r->arena),
        .home_href = request_address(S("/"), r->language, r->arena),
        .script_href = S(ASSET_TELLING_JS),
        .followup_href = request_address(S("/uppfoljning"), r->language, r->arena)};
}

static struct report_option option(const struct request *r, const char *name, const char *value,
                                   struct str label, bool is_chosen)
{
    return (struct report_option){.value = str_of(value),
                                  .label = label,
                                  .id = str_of(arena_printf(r->arena, "%s-%s", name, value)),
                                  .is_chosen = is_chosen};
}

/* *out is NULL while nobody could read what is told: then nothing is taken. */
static enum status receiving_keyring(const struct request *r, struct keyring **out, struct err *e)
{
    int64_t readers = 0;

    TRY(desk_keyring(r, out, e));
    if (*out)
        TRY(recipients_active(*out, &readers, e));
    if (readers == 0)
        *out = NULL;
    return OK;
}

static enum status show_start(const struct request *r, struct response *out, const struct answers *a,
                              struct str error, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct report_step_view v = view_of(r, &site, 0, error);
    struct keyring *k = NULL;

    TRY(receiving_keyring(r, &k, e));
    v.can_receive = k != NULL;
    v.places = PLACES;
    v.place = arena_new(r->arena, PLACES, struct report_option);
    for (enum report_place p = PLACE_HOTEL; p < PLACES; p++)
        v.place[p] = option(r, "plats", report_place_name(p), portal_text(r, report_place_text[p]),
                            a && a->has_place && a->report.place == p);
    page_report_start(response_page(out), &v);
    return error.n > 0 ? response_correct(out) : OK;
}

enum status report_start(const struct request *r, struct response *out, struct err *e)
{
    return show_start(r, out, NULL, S(""), e);
}

static bool has_sign(const struct report *report, struct str id)
{
    for (size_t i = 0; i < report->n_signs; i++)
        if (str_equal(report->sign[i], id))
            return true;
    return false;
}

static enum status show_signs(const struct request *r, struct response *out, const struct answers *a,
                              const struct indicators *all)
{
    struct portal_view site = portal_view_of(r);
    struct report_step_view v = view_of(r, &site, 2, S(""));

    v.sign = arena_new(r->arena, all->n, struct report_option);
    for (size_t i = 0; i < all->n; i++) {
        const struct indicator *sign = &all->indicator[i];

        if (!str_equal(sign->actor->code, a->report.actor) || sign->is_withdrawn)
            continue;
        v.sign[v.signs++] = (struct report_option){.value = sign->id,
                                                   .id = sign->id,
                                                   .label = r->language == LANGUAGE_SV ? sign->sv : sign->en,
                                                   .is_chosen = has_sign(&a->report, sign->id)};
    }
    carry_answers(r, &v, a, CARRY_PLACE | CARRY_TEXT);
    page_report_signs(response_page(out), &v);
    return OK;
}

static enum status show_when(const struct request *r, struct response *out, const struct answers *a)
{
    struct portal_view site = portal_view_of(r);
    struct report_step_view v = view_of(r, &site, 3, S(""));

    v.whens = WHENS;
    v.when = arena_new(r->arena, WHENS, struct report_option);
    for (enum report_when w = WHEN_TODAY; w < WHENS; w++)
        v.when[w] =
            option(r, "nar", report_when_name(w), portal_text(r, report_when_text[w]), a->report.when == w);
    v.areas = AREAS;
    v.area = arena_new(r->arena, AREAS, struct report_option);
    for (enum report_area w = AREA_CENTRE; w < AREAS; w++)
        v.area[w] = option(r, "omrade", report_area_name(w), portal_text(r, report_area_text[w]),
                           a->report.area == w);
    carry_answers(r, &v, a, CARRY_PLACE | CARRY_SIGNS | CARRY_TEXT);
    page_report_when(response_page(out), &v);
    return OK;
}

static void add_signs_in_words(const struct request *r, struct report_step_view *v, const struct answers *a,
                               const struct indicators *all)
{
    v->sign = arena_new(r->arena, a->report.n_signs + 1, struct report_option);
    for (size_t i = 0; i < a->report.n_signs; i++) {
        const struct indicator *sign = indicator_find(all, a->report.sign[i]);

        v->sign[v->signs++] = (struct report_option){
            .value = sign->id, .label = r->language == LANGUAGE_SV ? sign->sv : sign->en};
    }
}

static enum status show_review(const struct request *r, struct response *out, const struct answers *a,
                               const struct indicators *all, struct str error)
{
    struct portal_view site = portal_view_of(r);
    struct report_step_view v = view_of(r, &site, 4, error);

    v.text = a->report.text;
    v.place_words = portal_text(r, report_place_text[a->report.place]);
    v.when_words = portal_text(r, report_when_text[a->report.when]);
    v.area_words = portal_text(r, report_area_text[a->report.area]);
    v.is_weak = report_is_weak(&a->report, all);
    v.calls_112 = report_calls_for(&a->report, all, "AKU");
    v.calls_child = report_calls_for(&a->report, all, "BAR");
    v.is_weighed = report_is_weighed(&a->report, all);
    v.is_work = report_is_of_form(&a->report, all, "labour");
    add_signs_in_words(r, &v, a, all);
    if (error.n > 0)
        v.points = text_points_find(r, a->report.text);
    carry_answers(r, &v, a, CARRY_PLACE | CARRY_SIGNS | CARRY_WHEN);
    page_report_review(response_page(out), &v);
    return error.n > 0 ? response_correct(out) : OK;
}

/* Who is signed in and may report is a member: no more than that is kept of them. */
static enum channel channel_of(const struct request *r)
{
    return portal_visitor(r) && portal_may(r, PERMISSION_OBSERVATION_OWN) ? CHANNEL_MEMBER : CHANNEL_ANYONE;
}

/* `report` and `all` are for who inspects: what was told, in words for their own report. */
static enum status show_receipt(const struct request *r, struct response *out, const struct receipt *receipt,
                                const struct report *report, const struct indicators *all)
{
    struct portal_view site = portal_view_of(r);
    struct report_step_view v = view_of(r, &site, 5, S(""));
    char code[RECEIPT_CODE_SHOWN];

    receipt_code_shown(&receipt->code, code);
    v.code = str_of(arena_printf(r->arena, "%s", code));
    v.number =
        str_of(arena_printf(r->arena, "%lld-%03lld", (long long)receipt->year, (long long)receipt->number));
    v.carry = arena_new(r->arena, 1, struct report_option);
    if (inspection_is(report) && channel_of(r) == CHANNEL_MEMBER)
        v.inspection = inspection_text(report, all, v.number, r->language, r->arena);
    page_report_receipt(response_page(out), &v);
    secret_wipe(code, sizeof code);
    return OK;
}

static enum status send(const struct request *r, struct response *out, const struct answers *a,
                        const struct indicators *all, struct err *e)
{
    struct arrival arrival = {.report = &a->report, .channel = channel_of(r), .now_at = r->now_at};
    struct keyring *k = NULL;
    struct receipt receipt;

    TRY(receiving_keyring(r, &k, e));
    if (!k)
        return show_start(r, out, a, S(""), e);
    struct arena *clear = arena_open();
    arrival.lane =
        flood_lane(desk_flood(r), arrival.channel, form_value(&r->form, "webbplats"), a->began_at, r->now_at);
    memcpy(arrival.once, r->stamp.once, sizeof arrival.once);
    enum status s = receive(k, &arrival, clear, &receipt, e);
    arena_wipe(clear);
    arena_close(clear);
    if (s == OK)
        s = show_receipt(r, out, &receipt, &a->report, all);
    secret_wipe(&receipt, sizeof receipt);
    return s;
}

/* Takes the report if it may be taken; words of origin and health are asked about once. */
static enum status check_and_send(const struct request *r, struct response *out, const struct answers *a,
                                  const struct indicators *all, struct err *e)
{
    struct scan scan = scan_text(a->report.text, r->arena);
    struct err why = {0};

    if (scan_refused(&scan) > 0)
        return show_review(r, out, a, all, portal_text(r, TEXT_OBSERVATION_ERROR_PERSON));
    if (scan.n > 0 && !form_has(&r->form, "sett"))
        return show_review(r, out, a, all, portal_text(r, TEXT_OBSERVATION_ERROR_WORDS));
    if (report_check(&a->report, all, &why) != OK)
        return show_review(r, out, a, all,
                           portal_text(r, a->report.n_signs || a->report.text.n
                                              ? TEXT_OBSERVATION_ERROR_LONG
                                              : TEXT_OBSERVATION_ERROR_EMPTY));
    return send(r, out, a, all, e);
}

/* J14: no question about a child; what is kept is that somebody was shown the way. */
static enum status show_child(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct report_step_view v = view_of(r, &site, 1, S(""));
    struct keyring *k = NULL;

    TRY(helplines_all(portal_db(r), language_code(r->language), r->arena, &v.helplines, e));
    TRY(desk_keyring(r, &k, e));
    if (k)
        TRY(redirect_note(k, "child", portal_visitor(r) ? S("member") : S("anyone"), r->now_at, e));
    page_report_child(response_page(out), &v);
    return OK;
}

enum status report_step(const struct request *r, struct response *out, struct err *e)
{
    struct str step = form_value(&r->form, "steg");
    struct indicators all;

    if (str_is(step, "barn"))
        return show_child(r, out, e);
    TRY(indicators_load(portal_db(r), r->arena, &all, e));
    struct answers a = answers_of(r, &all);
    if (str_is(step, "start"))
        return show_start(r, out, &a, S(""), e);
    if (!a.has_place)
        return show_start(r, out, &a, portal_text(r, TEXT_OBSERVATION_ERROR_PLACE), e);
    if (str_is(step, "nar"))
        return show_when(r, out, &a);
    if (str_is(step, "granska"))
        return show_review(r, out, &a, &all, S(""));
    if (str_is(step, "skicka"))
        return check_and_send(r, out, &a, &all, e);
    if (str_is(step, "tecken"))
        return show_signs(r, out, &a, &all);
    return response_error(out, 400);
}
