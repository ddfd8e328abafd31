/* Seminars for everyone: the list, one of them, and both as feeds. */
#include "base/arena.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/atom.h"
#include "seminar/seminar.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_view.h"
#include "web/request.h"
#include "web/response.h"

static int64_t free_seats(const struct seminar *s)
{
    int64_t left = s->seats - s->seated;

    return left > 0 && s->waiting == 0 ? left : 0;
}

static enum status read_coming(const struct request *r, struct seminars *out, struct err *e)
{
    return seminar_list(portal_db(r), SEMINAR_COMING, stockholm_day(r->now_at, NULL), r->arena, out, e);
}

enum status seminars_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar_list_view v = {
        .layout = seminar_layout(r, portal_text(r, TEXT_SEMINAR_LIST_TITLE), SEMINAR_PAGE_PLAIN, 0),
        .calendar_href = S("/seminarier/kalender.ics"),
        .atom_href = S("/seminarier/nytt.atom")};
    struct seminars found = {0};

    TRY(read_coming(r, &found, e));
    struct seminar_card *cards = arena_new(r->arena, found.n + 1, struct seminar_card);
    for (size_t i = 0; i < found.n; i++) {
        const struct seminar *s = &found.seminar[i];

        cards[i] = (struct seminar_card){.href = seminar_href(r, "/seminarier/%lld", (long long)s->id),
                                         .title = s->title,
                                         .when = seminar_when(s, r->language, r->arena),
                                         .place = s->place,
                                         .free = free_seats(s),
                                         .takes = seminar_takes(s, r->now_at)};
    }
    v.n = found.n;
    v.card = cards;
    page_seminar_list(response_page(out), &v);
    return OK;
}

static enum status answer_calendar(const struct request *r, struct response *out,
                                   const struct seminars *found, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct calendar_event *events = arena_new(r->arena, found->n + 1, struct calendar_event);
    struct str ics;
    int64_t stamp = 0; /* the same bytes until something changes */

    for (size_t i = 0; i < found->n; i++) {
        events[i] = seminar_event(&o, &found->seminar[i], 0, r->arena);
        stamp = events[i].changed_at > stamp ? events[i].changed_at : stamp;
    }
    TRY(calendar_write(CALENDAR_PUBLISH, events, found->n, NULL, stamp, r->arena, &ics, e));
    response_bytes(out, "text/calendar; charset=utf-8", ics);
    return OK;
}

enum status seminars_calendar(const struct request *r, struct response *out, struct err *e)
{
    struct seminars found = {0};

    TRY(read_coming(r, &found, e));
    return answer_calendar(r, out, &found, e);
}

enum status seminars_atom(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct seminars found = {0};

    TRY(read_coming(r, &found, e));
    response_bytes(out, "application/atom+xml; charset=utf-8",
                   atom_write(&o, portal_text(r, TEXT_SEMINAR_LIST_TITLE), &found, r->arena));
    return OK;
}

enum status seminar_page_calendar(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    enum status found = seminar_of_route(r, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    return answer_calendar(r, out, &(struct seminars){1, &s}, e);
}

/* Its lines that hold something. */
static const struct str *lines_of(struct str text, struct arena *a, size_t *n)
{
    struct str *lines = NULL;
    struct str line;
    size_t room = 0;
    bool has_more = text.n > 0;

    for (*n = 0; has_more;) {
        has_more = str_cut(text, '\n', &line, &text);
        if (str_trim(line).n == 0)
            continue;
        lines = arena_grow(a, lines, *n + 1, &room, sizeof *lines);
        lines[(*n)++] = str_trim(line);
    }
    return lines;
}

enum status seminar_page_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    struct seminar_show_view v = {.s = &s};
    enum status found = seminar_of_route(r, &s, e);
    long long id = (long long)s.id;

    if (found != OK)
        return seminar_missing(found, out);
    v.layout = seminar_layout(r, s.title, SEMINAR_PAGE_PLAIN, 0);
    v.when = seminar_when(&s, r->language, r->arena);
    v.speaker = lines_of(s.speakers, r->arena, &v.speakers);
    v.free = free_seats(&s);
    v.takes = seminar_takes(&s, r->now_at);
    v.is_past = r->now_at >= stockholm_at(s.held_on, s.to_minute);
    v.sign_up_href = seminar_href(r, "/seminarier/%lld/anmal", id);
    v.calendar_href = seminar_href(r, "/seminarier/%lld/kalender.ics", id);
    if (s.code.n > 0 && date_equal(s.held_on, stockholm_day(r->now_at, NULL)))
        v.check_in_href = seminar_href(r, "/seminarier/%lld/incheckning", id);
    page_seminar_show(response_page(out), &v);
    return OK;
}
