/* The forms of an incident: shown, read, saved. */
#include "incident/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "incident/incident_view.h"
#include "incident/incident_words.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>
#include <string.h>

enum { OLDEST_DAYS = 3650 };

struct incident_form incident_form_open(const struct request *r)
{
    const struct form *sent = str_is(r->method, "POST") ? &r->form : NULL;

    return (struct incident_form){.f = field_set_open(sent, catalogue_of(r->language), r->arena)};
}

struct field *incident_form_add(struct incident_form *form, enum field_kind kind, const char *name,
                                enum text_key label, enum text_key hint)
{
    struct field *x = field_add(form->f, kind, name, label);

    field_hint(form->f, x, hint);
    form->x[form->n++] = x;
    return x;
}

void incident_form_add_moment(struct incident_form *form, const char *day, const char *time,
                              enum text_key day_label, enum text_key time_label, int64_t saved_at)
{
    int minute = 0;
    struct date saved = stockholm_day(saved_at, &minute);
    struct field *on = field_add(form->f, FIELD_DATE, day, day_label);
    struct field *at = field_add(form->f, FIELD_TIME, time, time_label);

    at->width = "n8";
    field_hint(form->f, at, TEXT_INCIDENT_TIME_HINT);
    form->x[form->n++] = on;
    form->x[form->n++] = at;
    if (saved_at == 0)
        return;
    field_start_date(form->f, on, saved);
    field_start_time(form->f, at, minute);
}

bool incident_form_moment(const struct request *r, struct incident_form *form, size_t i, int64_t earliest_at,
                          int64_t *at)
{
    struct date today = stockholm_day(r->now_at, NULL);
    struct date earliest =
        earliest_at > 0 ? stockholm_day(earliest_at, NULL) : date_from_days(date_days(today) - OLDEST_DAYS);
    struct date day;
    int minute = 0;
    bool is_day = field_date(form->f, form->x[i], earliest, today, &day);
    bool is_time = field_time(form->f, form->x[i + 1], &minute);

    if (!is_day || !is_time || day.year == 0 || minute < 0)
        return false;
    *at = stockholm_at(day, minute);
    if (*at > r->now_at)
        return field_wrong(form->f, form->x[i + 1], TEXT_INCIDENT_WRONG_FUTURE);
    /* To the minute: what was noticed at 14:05:30 was not reported at 14:05 before it was. */
    return *at / 60 >= earliest_at / 60 || field_wrong(form->f, form->x[i + 1], TEXT_INCIDENT_WRONG_EARLY);
}

/* The page that the form belongs to: its address without the last part. */
static struct str back_of(const struct request *r, const char *path)
{
    return portal_href(r, arena_cstr(r->arena, path, (size_t)(strrchr(path, '/') - path)));
}

enum status incident_form_draw(const struct request *r, struct response *out, struct incident_form *form,
                               const struct incident_form_kind *kind, struct str title, const char *path)
{
    struct portal_view site = portal_view_of(r);
    struct incident_form_view v = {.layout =
                                       portal_form_layout(&site, title, r->path, form->f->errors, r->arena),
                                   .fields = form->f,
                                   .about = kind->about,
                                   .button = kind->button,
                                   .version = form->version,
                                   .action = portal_href(r, path),
                                   .back = back_of(r, path)};

    page_incident_form(response_page(out), &v);
    return form->f->errors > 0 || form->f->is_overtaken ? response_correct(out) : OK;
}

static enum status draw_new(const struct request *r, struct response *out, struct incident_form *form)
{
    return incident_form_draw(r, out, form, &incident_facts, portal_text(r, TEXT_INCIDENT_NEW),
                              "/incident/ny");
}

static const struct incident nothing = {.persons = INCIDENT_NOT_KNOWN, .records = INCIDENT_NOT_KNOWN};

enum status incident_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct incident_form form = incident_form_open(r);
    struct incident x = nothing;

    x.noticed_at = r->now_at;
    TRY(incident_facts.ask(r, &form, &x, e));
    return draw_new(r, out, &form);
}

enum status incident_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct incident_form form = incident_form_open(r);
    struct incident x = nothing;

    TRY(incident_facts.ask(r, &form, &x, e));
    incident_facts.take(r, &form, &x);
    if (form.f->errors > 0)
        return draw_new(r, out, &form);
    TRY(incident_open(portal_db(r), &who, &x, e));
    return incident_go_back(r, out, x.id);
}

/* The form of the route; NULL: there is none. */
static const struct incident_form_kind *kind_of(const struct request *r)
{
    struct str wanted = request_param(r, "form");

    if (str_is(wanted, incident_facts.path))
        return &incident_facts;
    for (const struct incident_form_kind *kind = incident_decisions; kind->path; kind++)
        if (str_is(wanted, kind->path))
            return kind;
    return NULL;
}

static enum status draw_of(const struct request *r, struct response *out, struct incident_form *form,
                           const struct incident_form_kind *kind, const struct incident *x)
{
    const char *path = arena_printf(r->arena, "/incident/%" PRId64 "/%s", x->id, kind->path);

    form->version = x->version;

    return incident_form_draw(r, out, form, kind, portal_text(r, kind->title), path);
}

enum status incident_form_show(const struct request *r, struct response *out, struct err *e)
{
    const struct incident_form_kind *kind = kind_of(r);
    struct incident_form form = incident_form_open(r);
    struct incident x;
    bool is_there = false;

    if (!kind)
        return response_error(out, 404);
    TRY(incident_of(r, out, &x, &is_there, e));
    if (!is_there || x.closed_at > 0)
        return is_there ? incident_go_back(r, out, x.id) : OK;
    TRY(kind->ask(r, &form, &x, e));
    return draw_of(r, out, &form, kind, &x);
}

static enum status save(const struct request *r, const struct incident_form_kind *kind,
                        const struct incident *x, struct err *e)
{
    const struct who who = portal_who(r);

    if (kind->step == INCIDENT_STEP_CLOSED)
        return incident_close(portal_db(r), &who, x, x->learned, e);
    return incident_save(portal_db(r), &who, x, kind->action, &(struct incident_step){.kind = kind->step}, e);
}

/* The version that the form was filled in from tells whether somebody has been before. */
static void check_version(const struct request *r, struct incident_form *form, const struct incident *x)
{
    int64_t version = 0;

    if (!form_i64(&r->form, "version", 1, INT64_MAX, &version) || version != x->version)
        field_set_overtaken(form->f);
}

enum status incident_form_take(const struct request *r, struct response *out, struct err *e)
{
    const struct incident_form_kind *kind = kind_of(r);
    struct incident_form form = incident_form_open(r);
    struct incident x;
    bool is_there = false;

    if (!kind)
        return response_error(out, 404);
    TRY(incident_of(r, out, &x, &is_there, e));
    if (!is_there)
        return OK;
    TRY(kind->ask(r, &form, &x, e));
    kind->take(r, &form, &x);
    check_version(r, &form, &x);
    if (form.f->errors > 0 || form.f->is_overtaken)
        return draw_of(r, out, &form, kind, &x);
    TRY(save(r, kind, &x, e));
    return incident_go_back(r, out, x.id);
}
