/* Seats and the waiting list. */
#include "seminar/seat.h"

#include "base/arena.h"
#include "seminar/seminar.h"
#include "seminar/seminar_letter.h"
#include "seminar/signup.h"
#include "store/db.h"

static enum status count(struct query *q, int64_t *out, struct err *e)
{
    *out = query_next(q) ? query_int(q, 0) : 0;
    return query_end(q, e);
}

enum status seat_is_free(const struct seminar_office *o, const struct seminar *s, bool *out, struct err *e)
{
    static const char sql[] = "select count(*) from seminar_signup where seminar = $1 and is_seated = 1";
    struct query q = db_query(o->db, sql);
    int64_t seated = 0;

    bind_int(&q, 1, s->id);
    TRY(count(&q, &seated, e));
    *out = seated < s->seats;
    return OK;
}

enum status seat_next_place(const struct seminar_office *o, int64_t seminar, int64_t *out, struct err *e)
{
    static const char sql[] = "select coalesce(max(place), 0) + 1 from seminar_signup where seminar = $1";
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, seminar);
    return count(&q, out, e);
}

enum status seat_turn(const struct seminar_office *o, int64_t seminar, int64_t place, int64_t *out,
                      struct err *e)
{
    static const char sql[] = "select count(*) from seminar_signup where seminar = $1 and place <= $2 "
                              "and is_seated = 0 and state in ('confirmed', 'unconfirmed')";
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, seminar);
    bind_int(&q, 2, place);
    return count(&q, out, e);
}

/* The first who waits; 0: nobody. */
static enum status first_in_turn(const struct seminar_office *o, int64_t seminar, int64_t *id, struct err *e)
{
    static const char sql[] =
        "select id from seminar_signup where seminar = $1 and is_seated = 0 and state = 'confirmed' "
        "order by place limit 1";
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, seminar);
    return count(&q, id, e);
}

static enum status give(const struct seminar_office *o, const struct seminar *s, int64_t id, int64_t now_at,
                        struct err *e)
{
    static const char sql[] = "update seminar_signup set is_seated = 1 where id = $1";
    struct arena *a = arena_open();
    struct signup guest = {0};
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, id);
    enum status ended = query_run(&q, e);
    if (ended == OK)
        ended = signup_find(o->db, id, a, &guest, e);
    if (ended == OK)
        ended = seminar_letter_to_guest(o, s, &guest, SEMINAR_LETTER_SEAT, now_at, e);
    arena_close(a);
    return ended;
}

enum status seat_fill(const struct seminar_office *o, const struct seminar *s, int64_t now_at, struct err *e)
{
    bool is_free = false;
    int64_t id = 0;

    do {
        TRY(seat_is_free(o, s, &is_free, e));
        TRY(first_in_turn(o, s->id, &id, e));
        if (is_free && id > 0)
            TRY(give(o, s, id, now_at, e));
    } while (is_free && id > 0);
    return OK;
}
