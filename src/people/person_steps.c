/* What an administrator does with somebody's account: a new link, a lost device, signing out everywhere. */
#include "people/handlers.h"

#include "account/account_letter.h"
#include "account/second_factor.h"
#include "base/arena.h"
#include "passkey/passkey.h"
#include "people/people_letter.h"
#include "people/welcome.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

typedef enum status step(const struct request *r, const struct person *p, struct err *e);

/* One step for the person of the route, with its line in the log, and back to the person's page. */
static enum status take_step(const struct request *r, struct response *out, const char *action, step *work,
                             struct err *e)
{
    struct db *db = portal_db(r);
    struct person p;
    enum status s = person_find(db, request_id(r), r->arena, &p, e);

    if (s == REFUSED)
        return response_error(out, 404);
    TRY(s);
    const struct audit_line line = {.who = portal_who(r), .action = action, .subject = p.id};
    TRY(db_change(db, e));
    TRY(db_change_end(db, work(r, &p, e), &line, e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/personer/%" PRId64 "?sparat", p.id)));
}

/* Who has never signed in is invited again; anyone else's password still works until the link is used. */
static enum status send(const struct request *r, const struct person *p, struct err *e)
{
    const struct portal *portal = portal_of(r);
    enum welcome_reason reason = p->signed_in_at > 0 ? WELCOME_RESET : WELCOME_INVITATION;
    struct str token;

    TRY(welcome_make(portal_db(r), portal->outside, p->id, reason, r->arena, &token, e));
    return people_letter_welcome(portal_db(r), portal->city, p, reason, token, r->now_at, r->arena, e);
}

enum status person_send_take(const struct request *r, struct response *out, struct err *e)
{
    return take_step(r, out, "people.link", send, e);
}

static enum status forget_device(const struct request *r, const struct person *p, struct err *e)
{
    struct db *db = portal_db(r);

    TRY(second_factor_forget(db, p->id, e));
    TRY(passkeys_remove(db, p->id, e));
    TRY(sessions_end(db, p->id, 0, e));
    return account_tell(r, p, ACCOUNT_DEVICES_FORGOTTEN, e);
}

enum status person_device_take(const struct request *r, struct response *out, struct err *e)
{
    return take_step(r, out, "people.device", forget_device, e);
}

static enum status end_sessions(const struct request *r, const struct person *p, struct err *e)
{
    return sessions_end(portal_db(r), p->id, 0, e);
}

enum status person_end_take(const struct request *r, struct response *out, struct err *e)
{
    return take_step(r, out, "people.sessions_end", end_sessions, e);
}
