/* Publishing: now or at a time, and whether readers are told of a change. */
#include "article/article_show.h"
#include "article/article_view.h"
#include "article/handlers.h"
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

enum { YEARS_AHEAD = 2, MORNING = 9 * 60 };
enum { WHEN_NOW, WHEN_LATER };
enum { CHANGE_UPDATE, CHANGE_MENDED };

static void add_option(const struct request *r, struct publish_view *v, struct field *x, struct str value,
                       enum text_key label, enum text_key hint, bool is_first)
{
    struct field_option *o = field_option(v->fields, x, value, portal_text(r, label), is_first);

    o->hint = portal_text(r, hint);
}

static struct publish_view *form_of(const struct request *r, const struct article *x)
{
    struct publish_view *v = arena_new(r->arena, 1, struct publish_view);
    struct date tomorrow = date_from_days(date_days(stockholm_day(r->now_at, NULL)) + 1);
    bool is_sent = str_is(r->method, "POST");
    long long id = (long long)x->id;

    v->x = x;
    v->version = x->version;
    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->when = field_add(v->fields, FIELD_RADIOS, "when", TEXT_ARTICLE_PUBLISH_WHEN);
    field_option(v->fields, v->when, S("now"), portal_text(r, TEXT_ARTICLE_PUBLISH_NOW), true);
    add_option(r, v, v->when, S("later"), TEXT_ARTICLE_PUBLISH_LATER, TEXT_ARTICLE_PUBLISH_LATER_HINT, false);
    v->day = field_add(v->fields, FIELD_DATE, "day", TEXT_ARTICLE_PUBLISH_DAY);
    field_start_date(v->fields, v->day, tomorrow);
    v->time = field_add(v->fields, FIELD_TIME, "time", TEXT_ARTICLE_PUBLISH_TIME);
    field_hint(v->fields, v->time, TEXT_ARTICLE_PUBLISH_TIME_HINT);
    field_start_time(v->fields, v->time, MORNING);
    v->time->width = "n8";
    if (x->published_on.year != 0) {
        v->change = field_add(v->fields, FIELD_RADIOS, "change", TEXT_ARTICLE_PUBLISH_CHANGE);
        add_option(r, v, v->change, S("update"), TEXT_ARTICLE_PUBLISH_UPDATE,
                   TEXT_ARTICLE_PUBLISH_UPDATE_HINT, false);
        add_option(r, v, v->change, S("mended"), TEXT_ARTICLE_PUBLISH_MENDED,
                   TEXT_ARTICLE_PUBLISH_MENDED_HINT, false);
    }
    v->action = article_href(r, "/arbete/artiklar/%lld/publicera", id);
    v->back = article_href(r, "/arbete/artiklar/%lld", id);
    v->preview_href = article_href(r, "/arbete/artiklar/%lld/visa/%lld", id, (long long)x->version);
    return v;
}

static enum status show(const struct request *r, struct response *out, struct publish_view *v)
{
    bool is_wrong = v->fields->errors > 0 || v->is_newer;

    v->layout = article_layout(r, portal_text(r, TEXT_ARTICLE_PUBLISH), v->fields->errors);
    page_article_publish(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

enum status article_publish_form(const struct request *r, struct response *out, struct err *e)
{
    struct article x = {0};
    enum status found = article_of_route(r, &x, e);

    return found == OK ? show(r, out, form_of(r, &x)) : article_missing(found, out);
}

/* Day and time are asked for only when somebody has chosen them. */
static int64_t read_moment(const struct request *r, struct publish_view *v)
{
    struct date today = stockholm_day(r->now_at, NULL);
    struct date latest = {today.year + YEARS_AHEAD, 12, 31};
    struct date day = {0};
    size_t when = WHEN_NOW;
    int minute = 0;

    field_choice(v->fields, v->when, &when);
    if (when == WHEN_NOW)
        return r->now_at;
    bool is_day = field_date(v->fields, v->day, today, latest, &day);
    bool is_time = field_time(v->fields, v->time, &minute);
    int64_t at = is_day && is_time ? stockholm_at(day, minute) : 0;
    if (is_day && is_time && at <= r->now_at)
        field_wrong(v->fields, v->time, TEXT_ARTICLE_PUBLISH_PASSED);
    return at;
}

enum status article_publish_take(const struct request *r, struct response *out, struct err *e)
{
    const struct article_author by = article_author_of(r);
    struct article x = {0};
    size_t change = CHANGE_UPDATE;
    int64_t seen = 0;
    enum status found = article_of_route(r, &x, e);

    if (found != OK)
        return article_missing(found, out);
    struct publish_view *v = form_of(r, &x);
    int64_t at = read_moment(r, v);
    if (v->change)
        field_choice(v->fields, v->change, &change);
    form_i64(&r->form, "version", 1, INT64_MAX, &seen);
    v->is_newer = seen != x.version;
    if (v->fields->errors > 0 || v->is_newer)
        return show(r, out, v);
    TRY(article_show_from(portal_db(r), &by, x.id, seen, at, change == CHANGE_UPDATE, e));
    return article_back_to(r, out, x.id, at > r->now_at ? "planerad" : "publicerad");
}
