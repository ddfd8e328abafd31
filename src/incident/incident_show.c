/* All incidents, and the page that leads through one. */
#include "incident/handlers.h"

#include "base/arena.h"
#include "base/number.h"
#include "incident/incident_view.h"
#include "incident/incident_words.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum status incident_of(const struct request *r, struct response *out, struct incident *x, bool *is_there,
                        struct err *e)
{
    enum status s = incident_find(portal_db(r), request_id(r), r->arena, x, e);

    *is_there = s == OK;
    return s == REFUSED ? response_error(out, 404) : s;
}

enum status incident_go_back(const struct request *r, struct response *out, int64_t id)
{
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/incident/%" PRId64, id)));
}

static enum incident_clock clock_of(const struct incident *x, int64_t now_at)
{
    if (x->closed_at > 0)
        return INCIDENT_CLOCK_CLOSED;
    if (x->reported_at > 0)
        return INCIDENT_CLOCK_REPORTED;
    if (x->risk == INCIDENT_NO_RISK)
        return INCIDENT_CLOCK_NOT_NEEDED;
    return now_at < incident_report_until(x) ? INCIDENT_CLOCK_RUNS : INCIDENT_CLOCK_LATE;
}

/* How long until the report must be there, or since when it is late. */
static struct str left(const struct request *r, const struct incident *x)
{
    int64_t seconds = incident_report_until(x) - r->now_at;

    return incident_span(seconds < 0 ? -seconds : seconds, r->language, r->arena);
}

static struct incident_row row_of(const struct request *r, const struct incident *x)
{
    enum incident_clock clock = clock_of(x, r->now_at);
    bool is_running = clock == INCIDENT_CLOCK_RUNS || clock == INCIDENT_CLOCK_LATE;

    return (struct incident_row){.href = portal_href(r, arena_printf(r->arena, "/incident/%" PRId64, x->id)),
                                 .name = incident_name(x->id, r->language, r->arena),
                                 .noticed = incident_moment(x->noticed_at, r->language, r->arena),
                                 .clock = is_running ? left(r, x) : S(""),
                                 .is_late = clock == INCIDENT_CLOCK_LATE,
                                 .is_closed = clock == INCIDENT_CLOCK_CLOSED};
}

enum status incidents_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct incidents all;
    struct doors doors;

    TRY(incidents_list(portal_db(r), r->arena, &all, e));
    TRY(doors_read(portal_db(r), &doors, e));
    struct incident_row *row = arena_new(r->arena, all.n + 1, struct incident_row);
    for (size_t i = 0; i < all.n; i++)
        row[i] = row_of(r, &all.incident[i]);
    struct incidents_view v = {
        .layout = portal_form_layout(&site, portal_text(r, TEXT_INCIDENT_TITLE), r->path, 0, r->arena),
        .doors = incident_doors_words(doors.state),
        .new_href = portal_may(r, PERMISSION_INCIDENT_NOTE) ? portal_href(r, "/incident/ny") : S(""),
        .rows = all.n,
        .row = row};
    page_incident_list(response_page(out), &v);
    return OK;
}

static struct str part(const struct request *r, const struct incident *x, const char *path)
{
    return portal_href(r, arena_printf(r->arena, "/incident/%" PRId64 "/%s", x->id, path));
}

/* What may be done now, by who reads. */
static void add_links(const struct request *r, const struct incident *x, struct incident_view *v)
{
    if (!portal_may(r, PERMISSION_INCIDENT_NOTE))
        return;
    v->report_pdf = part(r, x, "fil/anmalan.pdf");
    v->report_text = part(r, x, "fil/anmalan.txt");
    v->letter_pdf = part(r, x, "fil/brev.pdf");
    v->letter_text = part(r, x, "fil/brev.txt");
    v->numbers_csv = incident_has_kind(x, S("rapport")) ? part(r, x, "fil/handlingar.csv") : S("");
    if (x->closed_at > 0)
        return;
    v->change_href = part(r, x, "uppgifter");
    v->judge_href = part(r, x, "bedomning");
    v->report_href = part(r, x, "anmalan");
    v->tell_href = part(r, x, "berorda");
    v->close_href = part(r, x, "avslut");
    v->note_action = part(r, x, "logg");
}

/* The name of who stands in the log as "person 7", or that as it stands. */
static enum status add_who(const struct request *r, struct str who, struct str *out, struct err *e)
{
    struct person person;
    struct str before;
    struct str number;
    int64_t id = 0;

    *out = who;
    if (!str_cut(who, ' ', &before, &number) || !i64_from_str(number, 1, INT64_MAX, &id))
        return OK;
    enum status s = person_find(portal_db(r), id, r->arena, &person, e);
    if (s == OK)
        *out = person.name;
    return s == REFUSED ? OK : s;
}

static enum status add_steps(const struct request *r, const struct incident *x, struct incident_view *v,
                             struct err *e)
{
    struct incident_steps all;

    TRY(incident_steps_read(portal_db(r), x->id, r->arena, &all, e));
    struct incident_step_row *row = arena_new(r->arena, all.n + 1, struct incident_step_row);
    for (size_t i = 0; i < all.n; i++) {
        row[i] = (struct incident_step_row){.when = incident_moment(all.step[i].at, r->language, r->arena),
                                            .what = incident_step_words(all.step[i].kind),
                                            .words = all.step[i].words};
        TRY(add_who(r, all.step[i].who, &row[i].who, e));
    }
    v->steps = all.n;
    v->step = row;
    return OK;
}

static enum status add_doors(const struct request *r, const struct incident *x, struct incident_view *v,
                             struct err *e)
{
    struct doors doors;

    TRY(doors_read(portal_db(r), &doors, e));
    v->doors = incident_doors_words(doors.state);
    v->are_doors_shut = doors.state != DOORS_OPEN;
    if (portal_may(r, PERMISSION_DOORS_CHANGE) && (x->closed_at == 0 || v->are_doors_shut))
        v->doors_href = part(r, x, "dorrar");
    return OK;
}

static void add_words(const struct request *r, const struct incident *x, const struct activities *activities,
                      struct incident_view *v)
{
    v->clock = clock_of(x, r->now_at);
    v->until = incident_moment(incident_report_until(x), r->language, r->arena);
    v->left = left(r, x);
    v->noticed = incident_moment(x->noticed_at, r->language, r->arena);
    v->reported = incident_moment(x->reported_at, r->language, r->arena);
    v->told = incident_moment(x->told_at, r->language, r->arena);
    v->closed = incident_moment(x->closed_at, r->language, r->arena);
    v->persons = incident_amount(x->persons, r->language, r->arena);
    v->records = incident_amount(x->records, r->language, r->arena);
    v->natures = incident_natures(x->natures, r->language, r->arena);
    v->kinds = incident_kinds(x, activities, r->language, r->arena);
    v->risk = incident_risk_words(x->risk);
    v->telling = incident_telling_words(x->telling);
    v->is_reported_late = x->reported_at > incident_report_until(x);
    v->missing = incident_missing(x);
}

static void ask_note(const struct request *r, struct incident_view *v)
{
    v->fields =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->note = field_add(v->fields, FIELD_AREA, "words", TEXT_INCIDENT_NOTE);
    field_hint(v->fields, v->note, TEXT_INCIDENT_NOTE_HINT);
}

static enum status draw(const struct request *r, struct response *out, const struct incident *x,
                        struct incident_view *v, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct activities activities;

    TRY(activities_read(r->arena, &activities, e));
    v->is = x;
    v->back = portal_href(r, "/incident");
    v->layout = portal_form_layout(&site, incident_name(x->id, r->language, r->arena), r->path,
                                   v->fields->errors, r->arena);
    add_words(r, x, &activities, v);
    add_links(r, x, v);
    TRY(add_doors(r, x, v, e));
    TRY(add_steps(r, x, v, e));
    page_incident(response_page(out), v);
    return OK;
}

enum status incident_show(const struct request *r, struct response *out, struct err *e)
{
    struct incident_view v = {0};
    struct incident x;
    bool is_there = false;

    TRY(incident_of(r, out, &x, &is_there, e));
    if (!is_there)
        return OK;
    ask_note(r, &v);
    return draw(r, out, &x, &v, e);
}

enum status incident_note_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct incident_view v = {0};
    struct str words = S("");
    struct incident x;
    bool is_there = false;

    TRY(incident_of(r, out, &x, &is_there, e));
    if (!is_there)
        return OK;
    ask_note(r, &v);
    if (!field_str(v.fields, v.note, INCIDENT_WORDS_LETTERS, &words)) {
        TRY(draw(r, out, &x, &v, e));
        return response_correct(out);
    }
    TRY(incident_note(portal_db(r), &who, x.id, words, e));
    return incident_go_back(r, out, x.id);
}
