/* Making and changing a seminar. */
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_work.h"
#include "seminar/work_view.h"
#include "web/request.h"
#include "web/response.h"

enum { TITLE_LETTERS = 100, LINE_LETTERS = 200, TEXT_LETTERS = 8000, YEARS_AHEAD = 3 };

static void add_fields(struct work_form_view *v)
{
    struct field_set *f = v->fields;

    v->title = field_add(f, FIELD_TEXT, "title", TEXT_SEMINAR_WORK_FIELD_TITLE);
    v->held_on = field_add(f, FIELD_DATE, "held_on", TEXT_SEMINAR_WORK_FIELD_HELD_ON);
    v->from = field_add(f, FIELD_TIME, "from", TEXT_SEMINAR_WORK_FIELD_FROM);
    v->to = field_add(f, FIELD_TIME, "to", TEXT_SEMINAR_WORK_FIELD_TO);
    v->place = field_add(f, FIELD_TEXT, "place", TEXT_SEMINAR_WORK_FIELD_PLACE);
    v->seats = field_add(f, FIELD_NUMBER, "seats", TEXT_SEMINAR_WORK_FIELD_SEATS);
    v->last_day = field_add(f, FIELD_DATE, "last_day", TEXT_SEMINAR_WORK_FIELD_LAST_DAY);
    v->speakers = field_add(f, FIELD_AREA, "speakers", TEXT_SEMINAR_WORK_FIELD_SPEAKERS);
    v->about = field_add(f, FIELD_AREA, "about", TEXT_SEMINAR_WORK_FIELD_ABOUT);
    v->access = field_add(f, FIELD_TEXT, "access", TEXT_SEMINAR_WORK_FIELD_ACCESS);
    v->from->width = v->to->width = v->seats->width = "n8";
    v->speakers->is_optional = v->about->is_optional = v->access->is_optional = true;
    field_hint(f, v->from, TEXT_SEMINAR_WORK_FIELD_TIME_HINT);
    field_hint(f, v->to, TEXT_SEMINAR_WORK_FIELD_TIME_HINT);
    field_hint(f, v->speakers, TEXT_SEMINAR_WORK_FIELD_SPEAKERS_HINT);
    field_hint(f, v->about, TEXT_SEMINAR_WORK_FIELD_ABOUT_HINT);
    field_hint(f, v->access, TEXT_SEMINAR_WORK_FIELD_ACCESS_HINT);
}

/* What stands there before anybody types. */
static void start(struct work_form_view *v, const struct seminar *s)
{
    struct field_set *f = v->fields;

    field_start(f, v->title, s->title);
    field_start_date(f, v->held_on, s->held_on);
    field_start_time(f, v->from, s->from_minute);
    field_start_time(f, v->to, s->to_minute);
    field_start(f, v->place, s->place);
    field_start_i64(f, v->seats, s->seats);
    field_start_date(f, v->last_day, s->last_day);
    field_start(f, v->speakers, s->speakers);
    field_start(f, v->about, s->about);
    field_start(f, v->access, s->access);
    v->version = s->version;
    v->tells = s->state == SEMINAR_OPEN;
}

static struct work_form_view *form_of(const struct request *r, const struct seminar *s)
{
    struct work_form_view *v = arena_new(r->arena, 1, struct work_form_view);
    bool is_sent = str_is(r->method, "POST");

    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    add_fields(v);
    if (s)
        start(v, s);
    v->action = s ? seminar_href(r, "/arbete/seminarier/%lld/andra", (long long)s->id)
                  : seminar_href(r, "/arbete/seminarier/ny");
    v->back = s ? seminar_href(r, "/arbete/seminarier/%lld", (long long)s->id)
                : seminar_href(r, "/arbete/seminarier");
    return v;
}

static enum status show(const struct request *r, struct response *out, struct work_form_view *v,
                        enum text_key title)
{
    bool is_wrong = v->fields->errors > 0 || v->fields->is_overtaken;

    v->layout = seminar_layout(r, portal_text(r, title), SEMINAR_PAGE_FORM, v->fields->errors);
    page_work_form(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

/* What single fields cannot tell. */
static void check_together(struct work_form_view *v, const struct seminar *s)
{
    if (s->to_minute <= s->from_minute)
        field_wrong(v->fields, v->to, TEXT_SEMINAR_WORK_FIELD_WRONG_TIMES);
    if (date_days(s->last_day) > date_days(s->held_on))
        field_wrong(v->fields, v->last_day, TEXT_SEMINAR_WORK_FIELD_LATE_LAST_DAY);
}

static bool read_form(const struct request *r, struct work_form_view *v, struct seminar *s)
{
    struct field_set *f = v->fields;
    struct date today = stockholm_day(r->now_at, NULL);
    struct date latest = {today.year + YEARS_AHEAD, 12, 31};

    field_str(f, v->title, TITLE_LETTERS, &s->title);
    field_date(f, v->held_on, today, latest, &s->held_on);
    field_time(f, v->from, &s->from_minute);
    field_time(f, v->to, &s->to_minute);
    field_str(f, v->place, LINE_LETTERS, &s->place);
    field_i64(f, v->seats, 1, SEMINAR_SEATS_MAX, &s->seats);
    field_date(f, v->last_day, today, latest, &s->last_day);
    field_str(f, v->speakers, TEXT_LETTERS, &s->speakers);
    field_str(f, v->about, TEXT_LETTERS, &s->about);
    field_str(f, v->access, LINE_LETTERS, &s->access);
    if (f->errors == 0)
        check_together(v, s);
    return f->errors == 0;
}

enum status work_new_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    return show(r, out, form_of(r, NULL), TEXT_SEMINAR_WORK_NEW);
}

enum status work_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct work_form_view *v = form_of(r, NULL);
    struct seminar s = {0};
    int64_t id = 0;

    if (!read_form(r, v, &s))
        return show(r, out, v, TEXT_SEMINAR_WORK_NEW);
    TRY(seminar_make(&o, &s, &who, &id, e));
    return response_redirect(out, seminar_href(r, "/arbete/seminarier/%lld?sparat=1", (long long)id));
}

enum status work_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    return found == OK ? show(r, out, form_of(r, &s), TEXT_SEMINAR_WORK_CHANGE) : seminar_missing(found, out);
}

/* Who saves second is shown what the first one saved beside their own, and saves again knowing it. */
enum status work_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    struct seminar s = {0};
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    struct work_form_view *v = form_of(r, &s);
    if (!read_form(r, v, &s))
        return show(r, out, v, TEXT_SEMINAR_WORK_CHANGE);
    if (!form_i64(&r->form, "version", 1, INT64_MAX, &s.version))
        s.version = 0;
    enum status saved = seminar_change(&o, &s, &who, e);
    if (saved == REFUSED) {
        field_set_overtaken(v->fields);
        return show(r, out, v, TEXT_SEMINAR_WORK_CHANGE);
    }
    TRY(saved);
    return response_redirect(out, seminar_href(r, "/arbete/seminarier/%lld?sparat=1", (long long)s.id));
}
