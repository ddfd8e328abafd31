/* Seminars: the table of that name. */
#include "seminar/seminar.h"

#include "base/arena.h"
#include "calendar/calendar.h"
#include "calendar/stockholm.h"
#include "seminar/seat.h"
#include "seminar/seminar_letter.h"
#include "store/db.h"

#include <sodium.h>

enum { UID_BYTES = 16 };

static const char *const states[] = {"draft", "open", "cancelled"};

static enum status insert(const struct seminar_office *o, const struct seminar *s, int64_t now_at,
                          int64_t *id, struct err *e);
static enum status change(const struct seminar_office *o, const struct seminar *s, int64_t now_at,
                          struct err *e);
static enum status set_state(const struct seminar_office *o, int64_t id, enum seminar_state from,
                             enum seminar_state to, int64_t now_at, struct err *e);

enum seminar_fault seminar_check(const struct seminar *s, struct date today)
{
    if (str_trim(s->title).n == 0)
        return SEMINAR_NO_TITLE;
    if (s->title.n > SEMINAR_TITLE_MAX_BYTES)
        return SEMINAR_LONG_TITLE;
    if (s->held_on.year == 0)
        return SEMINAR_NO_DAY;
    if (date_days(s->held_on) < date_days(today))
        return SEMINAR_PAST_DAY;
    if (s->from_minute < 0 || s->to_minute > 1440 || s->to_minute <= s->from_minute)
        return SEMINAR_WRONG_TIMES;
    if (str_trim(s->place).n == 0 || s->place.n > SEMINAR_LINE_MAX_BYTES)
        return SEMINAR_NO_PLACE;
    if (s->about.n > SEMINAR_TEXT_MAX_BYTES || s->speakers.n > SEMINAR_TEXT_MAX_BYTES ||
        s->access.n > SEMINAR_LINE_MAX_BYTES)
        return SEMINAR_LONG_TEXT;
    if (s->seats < 1 || s->seats > SEMINAR_SEATS_MAX)
        return SEMINAR_WRONG_SEATS;
    if (s->last_day.year == 0 || date_days(s->last_day) > date_days(s->held_on))
        return SEMINAR_LATE_LAST_DAY;
    return SEMINAR_RIGHT;
}

static enum status check(const struct seminar *s, int64_t now_at, struct err *e)
{
    enum seminar_fault fault = seminar_check(s, stockholm_day(now_at, NULL));

    return fault == SEMINAR_RIGHT ? OK
                                  : err_set(e, BAD_INPUT, "a seminar cannot be saved: fault %d", (int)fault);
}

enum status seminar_make(const struct seminar_office *o, const struct seminar *s, const struct who *who,
                         int64_t *id, struct err *e)
{
    TRY(check(s, who->now_at, e));
    TRY(db_change(o->db, e));
    enum status ended = insert(o, s, who->now_at, id, e);
    const struct audit_line line = {.who = *who, .action = "seminar.make", .subject = *id};
    return db_change_end(o->db, ended, &line, e);
}

/* The fields a coordinator fills in, as $1 … $10. */
static void bind_fields(struct query *q, const struct seminar *s)
{
    bind_str(q, 1, str_trim(s->title));
    bind_str(q, 2, s->about);
    bind_str(q, 3, s->speakers);
    bind_str(q, 4, str_trim(s->place));
    bind_str(q, 5, s->access);
    bind_date(q, 6, s->held_on);
    bind_int(q, 7, s->from_minute);
    bind_int(q, 8, s->to_minute);
    bind_int(q, 9, s->seats);
    bind_date(q, 10, s->last_day);
}

static enum status insert(const struct seminar_office *o, const struct seminar *s, int64_t now_at,
                          int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into seminar (title, about, speakers, place, access, held_on, from_minute, to_minute, seats, "
        "last_day, uid, state, made_at, changed_at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, $12) returning id";
    unsigned char random[UID_BYTES];
    char uid[2 * UID_BYTES + 1];
    struct query q = db_query(o->db, sql);

    *id = 0;
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(uid, sizeof uid, random, sizeof random);
    bind_fields(&q, s);
    bind_str(&q, 11, str_of(uid));
    bind_int(&q, 12, now_at);
    if (query_next(&q))
        *id = query_int(&q, 0);
    return query_run(&q, e);
}

enum status seminar_change(const struct seminar_office *o, const struct seminar *s, const struct who *who,
                           struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.change", .subject = s->id};

    TRY(check(s, who->now_at, e));
    TRY(db_change(o->db, e));
    return db_change_end(o->db, change(o, s, who->now_at, e), &line, e);
}

/* Is what stands in calendars another? */
static bool moves(const struct seminar *a, const struct seminar *b)
{
    return !str_equal(a->title, str_trim(b->title)) || !str_equal(a->place, str_trim(b->place)) ||
           !date_equal(a->held_on, b->held_on) || a->from_minute != b->from_minute ||
           a->to_minute != b->to_minute;
}

static enum status update(const struct seminar_office *o, const struct seminar *s, bool is_moved,
                          int64_t now_at, struct err *e)
{
    /* A seminar that has moved to a later day is told of again the day before. */
    static const char sql[] =
        "update seminar set title = $1, about = $2, speakers = $3, place = $4, access = $5, held_on = $6, "
        "from_minute = $7, to_minute = $8, seats = $9, last_day = $10, sequence = sequence + $11, "
        "told_at = case when held_on = $6 then told_at end, version = version + 1, changed_at = $12 "
        "where id = $13 and version = $14 and state <> 'cancelled' returning id";
    struct query q = db_query(o->db, sql);
    bool is_saved = false;

    bind_fields(&q, s);
    bind_int(&q, 11, is_moved);
    bind_int(&q, 12, now_at);
    bind_int(&q, 13, s->id);
    bind_int(&q, 14, s->version);
    while (query_next(&q))
        is_saved = true;
    TRY(query_end(&q, e));
    return is_saved ? OK : err_set(e, REFUSED, "the seminar has been changed by somebody else meanwhile");
}

static enum status change(const struct seminar_office *o, const struct seminar *s, int64_t now_at,
                          struct err *e)
{
    struct arena *a = arena_open();
    struct seminar was = {0};
    struct seminar is = {0};
    enum status ended = seminar_find(o->db, s->id, a, &was, e);
    bool is_moved = ended == OK && moves(&was, s);

    if (ended == OK)
        ended = update(o, s, is_moved, now_at, e);
    if (ended == OK)
        ended = seminar_find(o->db, s->id, a, &is, e);
    if (ended == OK && is_moved && is.state == SEMINAR_OPEN)
        ended = seminar_letter_to_all(o, &is, SEMINAR_LETTER_CHANGED, now_at, e);
    if (ended == OK && is.state == SEMINAR_OPEN)
        ended = seat_fill(o, &is, now_at, e);
    arena_close(a);
    return ended;
}

static enum status set_state(const struct seminar_office *o, int64_t id, enum seminar_state from,
                             enum seminar_state to, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update seminar set state = $3, sequence = sequence + $5, version = version + 1, "
        "changed_at = $4 where id = $1 and state = $2 returning id";
    struct query q = db_query(o->db, sql);
    bool is_set = false;

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(states[from]));
    bind_str(&q, 3, str_of(states[to]));
    bind_int(&q, 4, now_at);
    bind_int(&q, 5, to == SEMINAR_CANCELLED);
    while (query_next(&q))
        is_set = true;
    TRY(query_end(&q, e));
    return is_set ? OK : err_set(e, REFUSED, "the seminar is not %s any more", states[from]);
}

enum status seminar_open(const struct seminar_office *o, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.open", .subject = id};

    TRY(db_change(o->db, e));
    return db_change_end(o->db, set_state(o, id, SEMINAR_DRAFT, SEMINAR_OPEN, who->now_at, e), &line, e);
}

static enum status cancel(const struct seminar_office *o, int64_t id, int64_t now_at, struct err *e)
{
    struct arena *a = arena_open();
    struct seminar s = {0};
    enum status ended = set_state(o, id, SEMINAR_OPEN, SEMINAR_CANCELLED, now_at, e);

    if (ended == OK)
        ended = seminar_find(o->db, id, a, &s, e);
    if (ended == OK)
        ended = seminar_letter_to_all(o, &s, SEMINAR_LETTER_OFF, now_at, e);
    arena_close(a);
    return ended;
}

enum status seminar_cancel(const struct seminar_office *o, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.cancel", .subject = id};

    TRY(db_change(o->db, e));
    return db_change_end(o->db, cancel(o, id, who->now_at, e), &line, e);
}

enum status seminar_remind_set(struct db *db, int64_t id, enum seminar_reminding reminding,
                               const struct who *who, struct err *e)
{
    static const char sql[] = "update seminar set is_reminding = $2 where id = $1";
    const struct audit_line line = {.who = *who, .action = "seminar.remind", .subject = id};

    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, id);
    bind_int(&q, 2, reminding == SEMINAR_REMINDING);
    return db_change_end(db, query_run(&q, e), &line, e);
}

bool seminar_takes(const struct seminar *s, int64_t now_at)
{
    return s->state == SEMINAR_OPEN && now_at < stockholm_at(s->held_on, s->from_minute) &&
           date_days(stockholm_day(now_at, NULL)) <= date_days(s->last_day);
}

struct calendar_event seminar_event(const struct seminar_office *o, const struct seminar *s, int64_t extra,
                                    struct arena *a)
{
    return (struct calendar_event){
        .uid = str_of(arena_printf(a, "%.*s@lykta", STR(s->uid))),
        .sequence = s->sequence + extra,
        .title = s->title,
        .place = s->place,
        .about = s->speakers,
        .address = str_of(arena_printf(a, "%.*s/seminarier/%lld", STR(o->address), (long long)s->id)),
        .day = s->held_on,
        .from_minute = s->from_minute,
        .to_minute = s->to_minute,
        .changed_at = s->changed_at,
        .is_cancelled = s->state == SEMINAR_CANCELLED};
}
