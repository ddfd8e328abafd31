/* Inviting a person to an account. */
#include "people/invite.h"

#include "base/arena.h"
#include "people/people_letter.h"
#include "people/welcome.h"
#include "portal/portal.h"
#include "web/address.h"
#include "web/request.h"

enum status people_invite(const struct request *r, struct person *person, struct err *e)
{
    const struct portal *portal = portal_of(r);
    const struct who who = portal_who(r);
    struct db *db = portal_db(r);
    struct str token;

    TRY(person_add(db, &who, person, e));
    TRY(welcome_make(db, portal->outside, person->id, WELCOME_INVITATION, r->arena, &token, e));
    return people_letter_welcome(db, portal->city, person, WELCOME_INVITATION, token, r->now_at, r->arena, e);
}

enum status people_invite_member(const struct request *r, struct str name, struct str email,
                                 enum language language, bool *is_invited, struct err *e)
{
    struct person member = {.email = address_normal(email, r->arena),
                            .name = name,
                            .language = language,
                            .roles = ROLE_BIT(ROLE_MEMBER)};
    bool has_account = false;

    TRY(people_has_account(portal_db(r), member.email, &has_account, e));
    *is_invited = !has_account;
    return has_account ? OK : people_invite(r, &member, e);
}

enum status people_has_account(struct db *db, struct str email, bool *out, struct err *e)
{
    struct arena *a = arena_open();
    struct person person;
    enum status s = person_by_email(db, address_normal(email, a), a, &person, e);

    *out = s == OK;
    arena_close(a);
    return s == REFUSED ? OK : s;
}
