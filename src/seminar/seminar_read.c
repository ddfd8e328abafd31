/* Seminars, read. */
#include "base/arena.h"
#include "seminar/seminar.h"
#include "store/db.h"

/* clang-format off */
#define COLUMNS                                                                                              \
    "select id, uid, state, title, about, speakers, place, access, held_on, from_minute, to_minute, seats, " \
    "last_day, sequence, version, is_reminding, reminded_at, told_at, thanked_at, code, changed_at, "        \
    "(select count(*) from seminar_signup where seminar = seminar.id and is_seated = 1), "                   \
    "(select count(*) from seminar_signup where seminar = seminar.id and is_seated = 0 and state = 'confirmed') " \
    "from seminar "
/* clang-format on */

static enum seminar_state state_of(struct str s)
{
    return str_is(s, "draft") ? SEMINAR_DRAFT : str_is(s, "open") ? SEMINAR_OPEN : SEMINAR_CANCELLED;
}

static struct seminar row(const struct query *q, struct arena *a)
{
    return (struct seminar){.id = query_int(q, 0),
                            .uid = query_str(q, 1, a),
                            .state = state_of(query_str(q, 2, a)),
                            .title = query_str(q, 3, a),
                            .about = query_str(q, 4, a),
                            .speakers = query_str(q, 5, a),
                            .place = query_str(q, 6, a),
                            .access = query_str(q, 7, a),
                            .held_on = query_date(q, 8),
                            .from_minute = (int)query_int(q, 9),
                            .to_minute = (int)query_int(q, 10),
                            .seats = query_int(q, 11),
                            .last_day = query_date(q, 12),
                            .sequence = query_int(q, 13),
                            .version = query_int(q, 14),
                            .is_reminding = query_int(q, 15) != 0,
                            .reminded_at = query_int(q, 16),
                            .told_at = query_int(q, 17),
                            .thanked_at = query_int(q, 18),
                            .code = query_str(q, 19, a),
                            .changed_at = query_int(q, 20),
                            .seated = query_int(q, 21),
                            .waiting = query_int(q, 22)};
}

enum status seminar_find(struct db *db, int64_t id, struct arena *a, struct seminar *out, struct err *e)
{
    static const char sql[] = COLUMNS "where id = $1";
    struct query q = db_query(db, sql);
    bool is_there = false;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        *out = row(&q, a);
        is_there = true;
    }
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no such seminar");
}

enum status seminar_list(struct db *db, enum seminar_choice choice, struct date today, struct arena *a,
                         struct seminars *out, struct err *e)
{
    static const char coming[] =
        COLUMNS "where state = 'open' and held_on >= $1 order by held_on, from_minute, id";
    static const char all[] = COLUMNS "order by held_on desc, from_minute desc, id desc";
    struct query q = db_query(db, choice == SEMINAR_COMING ? coming : all);
    struct seminars found = {0};
    size_t room = 0;

    if (choice == SEMINAR_COMING)
        bind_date(&q, 1, today);
    while (query_next(&q)) {
        found.seminar = arena_grow(a, found.seminar, found.n + 1, &room, sizeof *found.seminar);
        found.seminar[found.n++] = row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}
