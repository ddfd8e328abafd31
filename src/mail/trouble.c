/* Letters that did not arrive, or may not have. */
#include "mail/trouble.h"

#include "base/arena.h"
#include "store/db.h"

/* The subject of the enhanced code, "550 5.1.1 …" -> '1', also of a line that goes on ("554-5.7.26"), and its
 * detail; false when there is none. */
static bool enhanced(struct str reason, char *subject, char *detail)
{
    const char *p = reason.p;

    if (reason.n < 9 || (p[3] != ' ' && p[3] != '-') || p[5] != '.' || p[7] != '.')
        return false;
    *subject = p[6];
    *detail = p[8];
    return true;
}

static enum mail_remedy by_reply_code(struct str reason)
{
    if (str_starts(reason, S("552")))
        return MAIL_REMEDY_FULL;
    if (str_starts(reason, S("550")) || str_starts(reason, S("551")) || str_starts(reason, S("553")))
        return MAIL_REMEDY_ADDRESS;
    return MAIL_REMEDY_REFUSED;
}

enum mail_remedy mail_remedy(enum mail_state state, struct str reason)
{
    char subject = 0;
    char detail = 0;

    if (state == MAIL_UNSURE)
        return MAIL_REMEDY_ASK;
    if (!str_starts(reason, S("5")))
        return MAIL_REMEDY_WAITED;
    if (!enhanced(reason, &subject, &detail))
        return by_reply_code(reason);
    if (subject == '1')
        return MAIL_REMEDY_ADDRESS;
    if (subject == '2')
        return detail == '2' ? MAIL_REMEDY_FULL : MAIL_REMEDY_ADDRESS;
    return MAIL_REMEDY_REFUSED;
}

enum status mail_troubles(struct db *db, struct arena *a, struct mail_troubles *out, struct err *e)
{
    static const char sql[] = "select id, address, name, subject, reason, state, state_at from mail_letter "
                              "where state in ('failed', 'unsure') order by state_at desc, id desc limit $1";
    struct query q = db_query(db, sql);

    *out = (struct mail_troubles){.trouble = arena_new(a, MAIL_TROUBLES_MOST, struct mail_trouble)};
    bind_int(&q, 1, MAIL_TROUBLES_MOST);
    while (query_next(&q))
        out->trouble[out->n++] =
            (struct mail_trouble){.id = query_int(&q, 0),
                                  .address = query_str(&q, 1, a),
                                  .name = query_str(&q, 2, a),
                                  .subject = query_str(&q, 3, a),
                                  .reason = query_str(&q, 4, a),
                                  .state = str_is(query_str(&q, 5, a), "failed") ? MAIL_FAILED : MAIL_UNSURE,
                                  .state_at = query_int(&q, 6)};
    return query_end(&q, e);
}
