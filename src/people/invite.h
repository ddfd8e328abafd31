/* Inviting a person to an account: the account, a link to choose a password by, and the letter with it. */
#ifndef LYKTA_PEOPLE_INVITE_H
#define LYKTA_PEOPLE_INVITE_H

#include "base/err.h"
#include "portal/person.h"

#include <stdbool.h>

struct request;

/* Inside the change of the request: adds `person` with its roles, sets its id, and queues the letter.
 * BAD_INPUT when the address has an account already. */
enum status people_invite(const struct request *r, struct person *person, struct err *e) MUST_USE;

/* The same for somebody of an organisation, as member; an address that has an account already keeps it as it
 * is, and gets no letter (*is_invited is false). */
enum status people_invite_member(const struct request *r, struct str name, struct str email,
                                 enum language language, bool *is_invited, struct err *e) MUST_USE;

/* Has the address an account, open or closed? */
enum status people_has_account(struct db *db, struct str email, bool *out, struct err *e) MUST_USE;

#endif
