/* Accounts as the command line and an example city make them. */
#ifndef LYKTA_ACCOUNT_ACCOUNT_H
#define LYKTA_ACCOUNT_ACCOUNT_H

#include "base/err.h"
#include "base/str.h"
#include "portal/person.h"
#include "store/audit.h"

struct arena;
struct city;
struct db;
struct outside;
struct text;

/* Adds `person` with a new random password, in `a`: shown once, kept only as its hash. */
enum status account_add(struct db *db, const struct who *who, const struct outside *outside,
                        struct person *person, struct arena *a, struct str *password, struct err *e) MUST_USE;

/* What a person has lost. */
enum account_loss { LOST_PASSWORD, LOST_PASSWORD_AND_DEVICE };

/* A new random password for `person`; all their sessions end. With the device lost, the next sign-in sets up
 * a new one, and the recovery codes are worth nothing more. */
enum status account_reset(struct db *db, const struct who *who, const struct outside *outside,
                          const struct person *person, enum account_loss loss, struct arena *a,
                          struct str *password, struct err *e) MUST_USE;

/* The accounts of an example city, one per role, with one password for all. */
struct account_examples {
    const char *host;    /* of their addresses: "lund.example" */
    struct str password; /* password_make */
};

/* Adds them. Their codes are shown where they are asked for. REFUSED in a city that is no example. */
enum status account_examples_add(const struct city *city, const struct who *who,
                                 const struct outside *outside, const struct account_examples *x,
                                 struct arena *a, struct err *e) MUST_USE;

/* Tells who they are, and their password. */
void account_examples_tell(const struct account_examples *x, struct text *out);

#endif
