/* Mappings under way: their list, one of them, and what is done with it by a button. */
#include "publishing/handlers.h"

#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "public/public_compared.h"
#include "public/report_map.h"
#include "publishing/round_evidence_view.h"
#include "publishing/round_situations.h"
#include "publishing/round_view.h"
#include "release/release.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static bool may_see_draft(const struct request *r)
{
    return portal_may(r, PERMISSION_MAPPING_START) || portal_may(r, PERMISSION_MAPPING_RUN) ||
           portal_may(r, PERMISSION_RELEASE_APPROVE) || portal_may(r, PERMISSION_AUDIT_READ);
}

static struct str title_of(const struct request *r, const struct round *round)
{
    return r->language == LANGUAGE_EN ? round->title_en : round->title_sv;
}

static const struct round_card *cards_of(const struct request *r, const struct round *rounds, size_t n)
{
    struct round_card *cards = arena_new(r->arena, n + 1, struct round_card);

    for (size_t i = 0; i < n; i++)
        cards[i] = (struct round_card){
            .title = title_of(r, &rounds[i]),
            .period = report_view_period(rounds[i].first_year, rounds[i].last_year, r->arena),
            .href = round_href(r, rounds[i].id, ""),
            .state = round_state_words(rounds[i].state),
            .next = round_next_words(&rounds[i]),
            .is_refused = rounds[i].state == ROUND_REFUSED,
            .is_done = rounds[i].state == ROUND_PUBLISHED};
    return cards;
}

static struct str release_href(const struct request *r, struct str name, const char *rest)
{
    return portal_href(r, arena_printf(r->arena, "/kartlaggningar/utgava/%.*s/%s", STR(name), rest));
}

/* The latest version of each is corrected; what is in force is withdrawn. */
static const struct published_row *rows_of(const struct request *r, const struct release_entry *entries,
                                           size_t n)
{
    struct published_row *rows = arena_new(r->arena, n + 1, struct published_row);

    for (size_t i = 0; i < n; i++) {
        const struct release_entry *x = &entries[i];

        rows[i] = (struct published_row){
            .title = r->language == LANGUAGE_EN ? x->title_en : x->title_sv,
            .name = x->name,
            .href = portal_href(r, arena_printf(r->arena, "/kartlaggning/%.*s", STR(x->name))),
            .is_in_force = x->is_in_force};
        if (x->is_in_force && portal_may(r, PERMISSION_MAPPING_START))
            rows[i].correct_href = release_href(r, x->name, "ratta");
        if (x->is_in_force && portal_may(r, PERMISSION_RELEASE_APPROVE))
            rows[i].withdraw_href = release_href(r, x->name, "dra-tillbaka");
    }
    return rows;
}

enum status rounds_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct rounds_view v = {
        .layout = portal_form_layout(&around, portal_text(r, TEXT_PUBLISHING_TITLE), r->path, 0, r->arena),
        .may_open = portal_may(r, PERMISSION_MAPPING_START),
        .open_href = portal_href(r, "/kartlaggningar/ny"),
        .ahead_href = portal_href(r, "/kartlaggningar/prova"),
        .areas_href = portal_href(r, "/arbete/omraden")};
    struct round *rounds = NULL;
    struct release_entry *entries = NULL;

    TRY(round_list(portal_db(r), r->arena, &rounds, &v.rounds, e));
    TRY(release_list(portal_db(r), r->arena, &entries, &v.releases, e));
    v.round = cards_of(r, rounds, v.rounds);
    v.release = rows_of(r, entries, v.releases);
    page_publishing_list(response_page(out), &v);
    return OK;
}

static enum status add_steps(const struct request *r, struct round_view *v, struct err *e)
{
    struct round_step *steps = NULL;

    TRY(round_steps(portal_db(r), v->round->id, r->arena, &steps, &v->steps, e));
    struct step_view *rows = arena_new(r->arena, v->steps + 1, struct step_view);
    for (size_t i = 0; i < v->steps; i++)
        rows[i] = (struct step_view){.on = date_of(steps[i].at),
                                     .by = steps[i].person.n ? steps[i].person
                                                             : portal_text(r, TEXT_PUBLISHING_THE_PROGRAM),
                                     .what = round_step_words(steps[i].what),
                                     .reason = steps[i].reason};
    v->step = rows;
    return OK;
}

static enum status add_draft(const struct request *r, const struct portal_view *around, struct round_view *v,
                             struct err *e)
{
    struct release *draft = arena_new(r->arena, 1, struct release);
    const struct series *series = NULL;
    struct round_audit *audits = NULL;
    size_t n = 0;

    if (!may_see_draft(r) || !(ROUND_WITH_DRAFT & ROUND_BIT(v->round->state)))
        return OK;
    TRY(round_draft_read(portal_db(r), v->round->id, r->arena, draft, e));
    TRY(round_audits(portal_db(r), v->round->id, r->arena, &audits, &n, e));
    v->has_draft = true;
    TRY(public_series_of(r, draft, r->arena, &series, e));
    v->report = report_view_of(around, draft, r->path, r->arena);
    v->report.compared = compared_view_of(series, r->language, r->arena);
    TRY(report_maps_add(portal_db(r), &v->report, r->arena, e));
    v->protection = protection_view_of(draft, audits, n, r->language, r->arena);
    v->draft_href = round_href(r, v->round->id, "/utkast");
    return OK;
}

/* Nearly exact: for those alone who work it out or approve it. */
static enum status add_evidence(const struct request *r, struct round_view *v, struct err *e)
{
    struct round_evidence *x = arena_new(r->arena, 1, struct round_evidence);
    struct round_evidence_view *shown = arena_new(r->arena, 1, struct round_evidence_view);
    bool is_there = false;

    if (!v->has_draft ||
        (!portal_may(r, PERMISSION_MAPPING_RUN) && !portal_may(r, PERMISSION_RELEASE_APPROVE)))
        return OK;
    TRY(round_evidence_read(portal_of(r)->city, portal_db(r), v->round->id, r->arena, x, &is_there, e));
    if (!is_there)
        return OK;
    *shown = round_evidence_view_of(x, v->report.release, r->language, r->arena);
    v->evidence = shown;
    return OK;
}

/* What who asks may do now. */
static void add_ways(const struct request *r, struct round_view *v)
{
    const struct round *round = v->round;
    uint32_t state = ROUND_BIT(round->state);
    bool is_analyst = portal_may(r, PERMISSION_MAPPING_RUN);
    bool is_approver = portal_may(r, PERMISSION_RELEASE_APPROVE);

    v->back_href = portal_href(r, "/kartlaggningar");
    if (is_analyst && (state & (ROUND_BIT(ROUND_OPEN) | ROUND_BIT(ROUND_REFUSED) | ROUND_BIT(ROUND_MADE))))
        v->upload_href = round_href(r, round->id, "/underlag");
    if (is_analyst && round->state == ROUND_MADE)
        v->propose_href = round_href(r, round->id, "/foresla");
    if (is_analyst && round->state == ROUND_PROPOSED)
        v->take_back_href = round_href(r, round->id, "/aterta");
    if (is_approver && round->state == ROUND_PROPOSED)
        v->decide_href = round_href(r, round->id, "/beslut");
    if (is_approver && round->state == ROUND_APPROVED)
        v->undo_href = round_href(r, round->id, "/angra");
    if (portal_may(r, PERMISSION_MAPPING_START) &&
        (state & (ROUND_BIT(ROUND_OPEN) | ROUND_BIT(ROUND_REFUSED) | ROUND_BIT(ROUND_MADE))))
        v->close_href = round_href(r, round->id, "/avsluta");
    if (portal_may(r, PERMISSION_MAPPING_START) && (state & ROUND_WITH_DRAFT))
        v->readers_href = round_href(r, round->id, "/lasare");
    if (portal_may(r, PERMISSION_MAPPING_UPLOAD) || is_analyst || portal_may(r, PERMISSION_MAPPING_START))
        v->lists_href = round_href(r, round->id, "/listor");
    if (round->release.n)
        v->release_href = portal_href(r, arena_printf(r->arena, "/kartlaggning/%.*s", STR(round->release)));
}

static struct round_view view_of(const struct request *r, const struct round *round,
                                 const struct portal_view *around)
{
    bool is_english = r->language == LANGUAGE_EN;

    return (struct round_view){.layout = portal_form_layout(around, title_of(r, round), r->path, 0, r->arena),
                               .round = round,
                               .title = title_of(r, round),
                               .people = is_english ? round->people_en : round->people_sv,
                               .source = is_english ? round->source_en : round->source_sv,
                               .told = is_english ? round->told_en : round->told_sv,
                               .period = report_view_period(round->first_year, round->last_year, r->arena),
                               .state = round_state_words(round->state),
                               .next = round_next_words(round),
                               .is_at_work = round->state == ROUND_WAITING || round->state == ROUND_RUNNING,
                               .publish_on = date_of(round->publish_at)};
}

/* A page that waits for the program asks again by itself, without a script. */
enum status round_show(const struct request *r, struct response *out, struct err *e)
{
    struct round *round = arena_new(r->arena, 1, struct round);
    struct portal_view around = portal_view_of(r);
    bool is_there = false;

    TRY(round_of(r, round, &is_there, out, e));
    if (!is_there)
        return OK;
    struct round_view *v = arena_new(r->arena, 1, struct round_view);
    *v = view_of(r, round, &around);
    TRY(add_steps(r, v, e));
    TRY(add_draft(r, &around, v, e));
    TRY(add_evidence(r, v, e));
    TRY(round_situations(r, round, &v->situation, &v->situations, e));
    add_ways(r, v);
    if (v->is_at_work || (round->state == ROUND_APPROVED && round->publish_at <= r->now_at))
        response_header(out, "Refresh", S("3"));
    page_publishing_round(response_page(out), v);
    return OK;
}

/* The report as readers will see it. */
enum status draft_show(const struct request *r, struct response *out, struct err *e)
{
    struct round *round = arena_new(r->arena, 1, struct round);
    struct portal_view around = portal_view_of(r);
    bool is_there = false;

    TRY(round_of(r, round, &is_there, out, e));
    if (!is_there)
        return OK;
    struct round_view *v = arena_new(r->arena, 1, struct round_view);
    *v = view_of(r, round, &around);
    TRY(add_draft(r, &around, v, e));
    if (!v->has_draft)
        return response_error(out, 404);
    v->report.published_on = (struct date){0};
    v->back_href = round_href(r, round->id, "");
    page_publishing_draft(response_page(out), v);
    return OK;
}

static enum status carry_out(const struct request *r, enum round_move move, struct response *out,
                             struct err *e)
{
    const struct round_order order = {.move = move, .person = publishing_person(r), .reason = S("")};
    const struct who who = portal_who(r);

    TRY(round_move(portal_db(r), request_id(r), &order, &who, e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64, request_id(r))));
}

enum status round_propose(const struct request *r, struct response *out, struct err *e)
{
    return carry_out(r, MOVE_PROPOSE, out, e);
}

enum status round_take_back(const struct request *r, struct response *out, struct err *e)
{
    return carry_out(r, MOVE_TAKE_BACK, out, e);
}

enum status round_undo(const struct request *r, struct response *out, struct err *e)
{
    return carry_out(r, MOVE_UNDO, out, e);
}

enum status round_close(const struct request *r, struct response *out, struct err *e)
{
    return carry_out(r, MOVE_CLOSE, out, e);
}
