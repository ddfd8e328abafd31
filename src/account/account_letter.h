/* The letter to whose account it is when the way they sign in has changed: what happened, when, and what to
 * do if it was not they. Nothing secret stands in it, and no link that acts (OWASP ASVS 5.0, 6.3.7).
 *
 * Threat answered: somebody with a stolen session, password or an administrator's page changes how an account
 * is signed in to, and its owner goes on without knowing. */
#ifndef LYKTA_ACCOUNT_ACCOUNT_LETTER_H
#define LYKTA_ACCOUNT_ACCOUNT_LETTER_H

#include "base/err.h"

#include <stdint.h>

struct arena;
struct city;
struct db;
struct person;
struct request;

enum account_change {
    ACCOUNT_PASSWORD,          /* another password, by the person or by a link */
    ACCOUNT_PASSWORD_GIVEN,    /* a password made by an administrator */
    ACCOUNT_DEVICE,            /* another device for codes, and recovery codes with it */
    ACCOUNT_RECOVERY_CODES,    /* new recovery codes */
    ACCOUNT_DEVICES_FORGOTTEN, /* by an administrator: device, recovery codes and passkeys */
    ACCOUNT_RESET,             /* the last two of an administrator's together */
    ACCOUNT_PASSKEY_ADDED,
    ACCOUNT_PASSKEY_REMOVED,
    ACCOUNT_PROVIDER_LINKED,
    ACCOUNT_PROVIDER_UNLINKED,
    ACCOUNT_EMAIL /* another address: the letter goes to the former one */
};

struct account_event {
    const struct person *person; /* as before the change: the letter goes to this address, in this language */
    enum account_change what;
    int64_t now_at;
};

/* Queues the letter, inside the change under way in `db`. Whoever has never signed in is setting the account
 * up, and gets none. */
enum status account_letter(const struct city *city, struct db *db, const struct account_event *event,
                           struct arena *a, struct err *e) MUST_USE;

/* The same, of a change that is made by the request `r` now. */
enum status account_tell(const struct request *r, const struct person *person, enum account_change what,
                         struct err *e) MUST_USE;

#endif
