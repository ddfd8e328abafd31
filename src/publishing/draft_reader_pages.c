/* Who may read a draft without an account: for the coordinator; and the draft as such a reader sees it. */
#include "publishing/handlers.h"

#include "base/arena.h"
#include "base/number.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "public/public_compared.h"
#include "public/report_map.h"
#include "publishing/draft_reader.h"
#include "publishing/draft_reader_view.h"
#include "publishing/round_view.h"
#include "release/release.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum { LAST_MINUTE = 24 * 60 - 1 };

static const enum language languages[] = {LANGUAGE_SV, LANGUAGE_EN};

static struct draft_readers_view *ask(const struct request *r, const struct form *sent)
{
    struct draft_readers_view *v = arena_new(r->arena, 1, struct draft_readers_view);
    struct field_set *f = field_set_open(sent, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->name = field_add(f, FIELD_TEXT, "name", TEXT_PUBLISHING_READERS_NAME);
    v->email = field_add(f, FIELD_EMAIL, "email", TEXT_PUBLISHING_READERS_EMAIL);
    v->language = field_add(f, FIELD_RADIOS, "language", TEXT_PUBLISHING_READERS_LANGUAGE);
    field_option(f, v->language, S("sv"), S("Svenska"), true);
    field_option(f, v->language, S("en"), S("English"), false);
    v->days = field_add(f, FIELD_NUMBER, "days", TEXT_PUBLISHING_READERS_DAYS);
    field_hint(f, v->days, TEXT_PUBLISHING_READERS_DAYS_HINT);
    v->days->width = "n2";
    field_start_i64(f, v->days, DRAFT_READER_DAYS);
    return v;
}

static struct str end_href(const struct request *r, const struct draft_reader *x)
{
    const char *rest = arena_printf(r->arena, "/lasare/%" PRId64 "/avsluta", x->id);

    return x->ended_at || x->ends_at <= r->now_at ? S("") : round_href(r, x->round, rest);
}

static enum status add_rows(const struct request *r, int64_t round, struct draft_readers_view *v,
                            struct err *e)
{
    struct draft_reader *found = NULL;

    TRY(draft_reader_list(portal_db(r), round, r->arena, &found, &v->readers, e));
    struct draft_reader_row *rows = arena_new(r->arena, v->readers + 1, struct draft_reader_row);
    for (size_t i = 0; i < v->readers; i++)
        rows[i] = (struct draft_reader_row){
            .name = found[i].name,
            .email = found[i].email,
            .last_day = stockholm_day(found[i].ended_at ? found[i].ended_at : found[i].ends_at, NULL),
            .readings = found[i].readings,
            .read_on = stockholm_day(found[i].read_at, NULL),
            .end_href = end_href(r, &found[i])};
    v->reader = rows;
    return OK;
}

static bool has_draft(const struct round *round)
{
    return (ROUND_WITH_DRAFT & ROUND_BIT(round->state)) != 0;
}

static enum status draw(const struct request *r, const struct round *round, struct draft_readers_view *v,
                        struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);

    TRY(add_rows(r, round->id, v, e));
    v->layout = portal_form_layout(&around, portal_text(r, TEXT_PUBLISHING_READERS_TITLE), r->path,
                                   v->fields->errors, r->arena);
    v->title = r->language == LANGUAGE_EN ? round->title_en : round->title_sv;
    v->action = round_href(r, round->id, "/lasare");
    v->back = round_href(r, round->id, "");
    if (!has_draft(round))
        v->fields = NULL;
    page_publishing_draft_readers(response_page(out), v);
    return OK;
}

enum status draft_readers_show(const struct request *r, struct response *out, struct err *e)
{
    struct round round;
    bool is_there = false;

    TRY(round_of(r, &round, &is_there, out, e));
    return is_there ? draw(r, &round, ask(r, NULL), out, e) : OK;
}

static void read(const struct request *r, struct draft_readers_view *v, struct draft_reader *reader)
{
    struct date today = stockholm_day(r->now_at, NULL);
    size_t language = 0;
    int64_t days = 0;

    field_str(v->fields, v->name, ROUND_TEXT_LETTERS, &reader->name);
    field_email(v->fields, v->email, &reader->email);
    if (field_choice(v->fields, v->language, &language))
        reader->language = languages[language];
    if (field_i64(v->fields, v->days, 1, DRAFT_READER_MOST_DAYS, &days))
        reader->ends_at = stockholm_at(date_from_days(date_days(today) + (int)days), LAST_MINUTE);
}

static enum status back_to_readers(const struct request *r, struct response *out)
{
    return portal_redirect(
        r, out, str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/lasare", request_id(r))));
}

enum status draft_readers_take(const struct request *r, struct response *out, struct err *e)
{
    const struct portal *portal = portal_of(r);
    struct draft_readers_view *v = ask(r, &r->form);
    struct draft_reader reader = {.round = request_id(r)};
    const struct who who = portal_who(r);
    struct round round;
    bool is_there = false;

    TRY(round_of(r, &round, &is_there, out, e));
    if (!is_there)
        return OK;
    read(r, v, &reader);
    if (v->fields->errors > 0) {
        TRY(draw(r, &round, v, out, e));
        return response_correct(out);
    }
    TRY(draft_reader_add(portal->city, portal_db(r), portal->outside, &reader, publishing_person(r), &who,
                         e));
    return back_to_readers(r, out);
}

enum status draft_reader_stop(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    int64_t id = 0;

    if (!i64_from_str(request_param(r, "reader"), 1, INT64_MAX, &id))
        return response_error(out, 404);
    TRY(draft_reader_end(portal_db(r), request_id(r), id, &who, e));
    return back_to_readers(r, out);
}

/* One answer for all links that lead nowhere. */
static enum status tell_gone(const struct request *r, struct response *out)
{
    struct portal_view around = portal_view_of(r);
    struct layout layout =
        portal_layout(&around, portal_text(r, TEXT_PUBLISHING_DRAFT_GONE), S("/utkast"), r->arena);

    page_publishing_draft_gone(response_page(out), &layout);
    return response_told(out, 404);
}

static enum status show(const struct request *r, const struct draft_reader *reader, struct response *out,
                        struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct release *draft = arena_new(r->arena, 1, struct release);
    struct round_view *v = arena_new(r->arena, 1, struct round_view);
    const struct series *series = NULL;

    TRY(round_draft_read(portal_db(r), reader->round, r->arena, draft, e));
    v->layout = portal_layout(&around, portal_text(r, TEXT_PUBLISHING_DRAFT_WORD), r->path, r->arena);
    TRY(public_series_of(r, draft, r->arena, &series, e));
    v->report = report_view_of(&around, draft, r->path, r->arena);
    v->report.compared = compared_view_of(series, r->language, r->arena);
    TRY(report_maps_add(portal_db(r), &v->report, r->arena, e));
    v->report.published_on = (struct date){0};
    v->reader = reader->name;
    v->reader_until = stockholm_day(reader->ends_at, NULL);
    page_publishing_draft(response_page(out), v);
    return OK;
}

/* The reading is noted first: what is not noted is not shown. */
enum status shared_draft_show(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct draft_reader reader;

    response_header(out, "X-Robots-Tag", S("noindex, nofollow, noarchive"));
    TRY(draft_reader_find(portal_db(r), request_param(r, "token"), r->now_at, r->arena, &reader, e));
    if (reader.id == 0)
        return tell_gone(r, out);
    TRY(draft_reader_note(portal_worker_of(r)->write, &reader, &who, e));
    return show(r, &reader, out, e);
}
