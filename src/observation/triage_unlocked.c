/* What a recipient has unlocked, from request to request: the browser's cookie, and who asks the vault with
 * it. */
#include "observation/triage_pages.h"

#include "base/arena.h"
#include "keyring/unlock.h"
#include "observation/desk.h"
#include "portal/portal.h"
#include "seal/secret.h"
#include "web/request.h"
#include "web/response.h"

int64_t triage_account(const struct request *r)
{
    const struct visitor *v = portal_visitor(r);

    return v ? v->person.id : 0;
}

void opener_close(struct opener *opener)
{
    secret_close((void *)(uintptr_t)opener->unlocked); /* const for who uses it, ours to close */
    opener->unlocked = NULL;
}

bool triage_opener(const struct request *r, struct opener *out)
{
    struct str cookie = request_cookie(r, UNLOCK_COOKIE);

    *out = (struct opener){0};
    if (cookie.n == 0)
        return false;
    struct unlocked *by = secret_open(sizeof *by);

    out->unlocked = by;
    if (unlock_take(desk_unlocks(r), triage_account(r), cookie, r->now_at, &out->recipient, by))
        return true;
    opener_close(out);
    return false;
}

static void set_cookie(struct response *out, const char *value, const char *more)
{
    response_header(out, "Set-Cookie",
                    str_of(arena_printf(out->arena, "%s=%s; Path=/; Secure; HttpOnly; SameSite=Strict%s",
                                        UNLOCK_COOKIE, value, more)));
}

void triage_keep_unlocked(struct response *out, const char *cookie)
{
    set_cookie(out, cookie, "");
}

enum status inbox_lock(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    unlock_end(desk_unlocks(r), triage_account(r));
    set_cookie(out, "", "; Max-Age=0");
    return portal_redirect(r, out, S("/bedomning"));
}
