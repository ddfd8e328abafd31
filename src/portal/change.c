/* A form that is sent changes things once. */
#include "portal/change.h"

#include "base/arena.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/request.h"
#include "web/response.h"

#include <string.h>

static struct str once_of(const struct request *r)
{
    return (struct str){(const char *)r->stamp.once, sizeof r->stamp.once};
}

static enum status find_sent(struct db *db, const struct request *r, bool *is_sent, struct str *address,
                             struct err *e)
{
    static const char sql[] = "select address from form_sent where once = $1";
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, once_of(r));
    *is_sent = query_next(&q);
    if (*is_sent)
        *address = query_str(&q, 0, r->arena);
    return query_end(&q, e);
}

static enum status add_sent(struct db *db, const struct request *r, struct str address, struct err *e)
{
    static const char forget[] = "delete from form_sent where at < $1";
    static const char add[] = "insert into form_sent (once, at, address) values ($1, $2, $3)";
    struct query q = db_query(db, forget);

    bind_int(&q, 1, r->now_at - CHANGE_KEPT_SECONDS);
    TRY(query_run(&q, e));
    q = db_query(db, add);
    bind_blob(&q, 1, once_of(r));
    bind_int(&q, 2, r->now_at);
    bind_str(&q, 3, address);
    return query_run(&q, e);
}

static struct str address_of(const struct response *out)
{
    for (size_t i = 0; i < out->n_headers; i++)
        if (strcmp(out->headers[i].name, "Location") == 0)
            return out->headers[i].value;
    return S("");
}

static enum status leave(const struct request *r, enum status s, struct err *e)
{
    struct portal_worker *w = r->worker;

    return db_end(w->write, s, e);
}

enum status change_begin(const struct request *r, struct response *out, bool *is_answered, struct err *e)
{
    struct portal_worker *w = r->worker;
    struct str address = S("");

    TRY(db_begin(w->write, e));
    enum status s = find_sent(w->write, r, is_answered, &address, e);
    if (s == OK && !*is_answered)
        return OK;
    TRY(leave(r, s, e));
    return address.n > 0 ? response_redirect(out, address) : response_error(out, 409);
}

enum status change_end(const struct request *r, enum status s, struct response *out, struct err *e)
{
    struct portal_worker *w = r->worker;
    struct err undone;

    if (s != OK)
        return leave(r, s, e);
    if (out->http_status >= 400) {
        if (leave(r, REFUSED, &undone) != REFUSED)
            give_up("a change that was not wanted could not be undone");
        return OK;
    }
    return leave(r, add_sent(w->write, r, address_of(out), e), e);
}
