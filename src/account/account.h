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

/* A new random password for `person`; all their sessions end. */
enum status account_reset(struct db *db, const struct who *who, const struct outside *outside,
                          const struct person *person, struct arena *a, struct str *password,
                          struct err *e) MUST_USE;

/* An example account per role in an example city, with one password for all, told in `out`. */
enum status account_examples(const struct city *city, const struct who *who, const struct outside *outside,
                             struct arena *a, struct text *out, struct err *e) MUST_USE;

#endif
