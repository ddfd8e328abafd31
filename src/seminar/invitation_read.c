/* Invitations, read: with what is known of their addresses. */
#include "base/arena.h"
#include "seminar/invitation.h"
#include "store/db.h"

#define COLUMNS                                                                                              \
    "select v.id, v.seminar, v.organisation, v.actor, v.organisation_name, v.name, v.address, v.language, "  \
    "v.nonce, v.answer, v.invited_at, v.answered_at, v.reminded_at, m.failed_at, m.reason, "                 \
    "m.unsubscribed_at from seminar_invitation v left join mail_address m on m.address = v.address "

static enum invitation_answer answer_of(struct str s)
{
    if (str_is(s, "yes"))
        return INVITATION_YES;
    if (str_is(s, "no"))
        return INVITATION_NO;
    return str_is(s, "other") ? INVITATION_OTHER : INVITATION_NO_ANSWER;
}

static struct invitation row(const struct query *q, struct arena *a)
{
    return (struct invitation){.id = query_int(q, 0),
                               .seminar = query_int(q, 1),
                               .organisation = query_int(q, 2),
                               .actor = query_str(q, 3, a),
                               .organisation_name = query_str(q, 4, a),
                               .name = query_str(q, 5, a),
                               .address = query_str(q, 6, a),
                               .language = str_is(query_str(q, 7, a), "en") ? LANGUAGE_EN : LANGUAGE_SV,
                               .nonce = query_str(q, 8, a),
                               .answer = answer_of(query_str(q, 9, a)),
                               .invited_at = query_int(q, 10),
                               .answered_at = query_int(q, 11),
                               .reminded_at = query_int(q, 12),
                               .failed_at = query_int(q, 13),
                               .reason = query_str(q, 14, a),
                               .unsubscribed_at = query_int(q, 15)};
}

enum status invitation_find(struct db *db, int64_t id, struct arena *a, struct invitation *out, struct err *e)
{
    static const char sql[] = COLUMNS "where v.id = $1";
    struct query q = db_query(db, sql);
    bool is_there = false;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        *out = row(&q, a);
        is_there = true;
    }
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no such invitation");
}

enum status invitation_list(struct db *db, int64_t seminar, struct arena *a, struct invitations *out,
                            struct err *e)
{
    static const char sql[] = COLUMNS "where v.seminar = $1 order by v.id";
    struct query q = db_query(db, sql);
    struct invitations found = {0};
    size_t room = 0;

    bind_int(&q, 1, seminar);
    while (query_next(&q)) {
        found.invitation = arena_grow(a, found.invitation, found.n + 1, &room, sizeof *found.invitation);
        found.invitation[found.n++] = row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}
