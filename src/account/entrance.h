/* What the steps of signing in share. */
#ifndef LYKTA_ACCOUNT_ENTRANCE_H
#define LYKTA_ACCOUNT_ENTRANCE_H

#include "base/err.h"
#include "base/str.h"
#include "portal/person.h"
#include "portal/session.h"

#include <stdbool.h>
#include <stdint.h>

struct field;
struct field_set;
struct request;
struct response;

/* Where a person goes after signing in: the form's field "till" where that is a page of ours; else empty, and
 * the page of the account is meant. */
struct str entrance_target(const struct request *r);

/* The address of another step at `path`, which keeps the target. */
struct str entrance_step(const struct request *r, const char *path);

/* To the target. Returns OK, for the handler's return. */
enum status entrance_go_on(const struct request *r, struct response *out);

/* May `guessed` be tried now (account/attempts.h)? Else how long to wait is told at the field. */
bool entrance_may_try(const struct request *r, struct field_set *f, struct field *x, struct str guessed);
void entrance_was_right(const struct request *r, struct str guessed);

/* The log tells which account was tried and with `what`, and nothing of who tried. */
enum status entrance_note_failure(const struct request *r, int64_t person, const char *what,
                                  struct err *e) MUST_USE;

/* Is it still the person who signed in? The form's field "password" is tried: a fault is told at `x`, and
 * guesses are counted like those at sign-in. */
enum status entrance_check_password(const struct request *r, struct field_set *f, struct field *x,
                                    struct err *e) MUST_USE;

/* What people call the municipality's own sign-in ("Lunds kommun"); empty: the city has named none. */
struct str entrance_provider(const struct request *r);

/* Are the city's doors shut (portal/doors.h)? The page of signing in says so. */
enum status entrance_shut(const struct request *r, bool *is_shut, struct err *e) MUST_USE;

/* Begins a session for `person`, ends the one the browser had, sets the cookie and writes the log. Who is not
 * let in while the doors are shut gets none, and is led back to the page of signing in by whatever they ask
 * for next.
 * It writes also in a GET: from the municipality's provider people come back by one. */
enum status entrance_open(const struct request *r, struct response *out, const struct person *person,
                          enum session_stage stage, const char *method, struct err *e) MUST_USE;

#endif
