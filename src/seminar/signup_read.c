/* Guests, read. */
#include "base/arena.h"
#include "seminar/signup.h"
#include "store/db.h"

#define COLUMNS                                                                                              \
    "select id, seminar, invitation, organisation, actor, organisation_name, name, address, language, "      \
    "needs, wants_letters, state, is_seated, place, nonce, sequence, arrived_at, lettered_at, expires_at, "  \
    "confirmed_at, came_at, is_evaluated from seminar_signup "

static enum signup_state state_of(struct str s)
{
    if (str_is(s, "unconfirmed"))
        return SIGNUP_UNCONFIRMED;
    if (str_is(s, "confirmed"))
        return SIGNUP_CONFIRMED;
    return str_is(s, "cancelled") ? SIGNUP_CANCELLED : SIGNUP_EXPIRED;
}

static struct signup row(const struct query *q, struct arena *a)
{
    return (struct signup){.id = query_int(q, 0),
                           .seminar = query_int(q, 1),
                           .invitation = query_int(q, 2),
                           .organisation = query_int(q, 3),
                           .actor = query_str(q, 4, a),
                           .organisation_name = query_str(q, 5, a),
                           .name = query_str(q, 6, a),
                           .address = query_str(q, 7, a),
                           .language = str_is(query_str(q, 8, a), "en") ? LANGUAGE_EN : LANGUAGE_SV,
                           .needs = query_str(q, 9, a),
                           .wants_letters = query_int(q, 10) != 0,
                           .state = state_of(query_str(q, 11, a)),
                           .is_seated = query_int(q, 12) != 0,
                           .place = query_int(q, 13),
                           .nonce = query_str(q, 14, a),
                           .sequence = query_int(q, 15),
                           .arrived_at = query_int(q, 16),
                           .lettered_at = query_int(q, 17),
                           .expires_at = query_int(q, 18),
                           .confirmed_at = query_int(q, 19),
                           .came_at = query_int(q, 20),
                           .is_evaluated = query_int(q, 21) != 0};
}

enum status signup_find(struct db *db, int64_t id, struct arena *a, struct signup *out, struct err *e)
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
    return is_there ? OK : err_set(e, REFUSED, "there is no such guest");
}

enum status signup_list(struct db *db, int64_t seminar, struct arena *a, struct signups *out, struct err *e)
{
    static const char sql[] = COLUMNS "where seminar = $1 order by place";
    struct query q = db_query(db, sql);
    struct signups found = {0};
    size_t room = 0;

    bind_int(&q, 1, seminar);
    while (query_next(&q)) {
        found.signup = arena_grow(a, found.signup, found.n + 1, &room, sizeof *found.signup);
        found.signup[found.n++] = row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}
