/* Signing in and out. */
#ifndef LYKTA_ACCOUNT_SIGN_IN_H
#define LYKTA_ACCOUNT_SIGN_IN_H

#include "base/err.h"
#include "portal/person.h"
#include "portal/session.h"
#include "web/route.h"

struct request;
struct response;

/* Begins a session for `person`, ends the one the browser had, sets the cookie and writes the log. */
enum status sign_in_begin(const struct request *r, struct response *out, const struct person *person,
                          enum session_stage stage, const char *method, struct err *e) MUST_USE;

/* Where a person goes after signing in: the form's field "till" where that is a page of ours, else the page
 * of the account. */
struct str sign_in_target(const struct request *r);

/* GET and POST /logga-in, POST /logga-ut. */
route_handler sign_in_show, sign_in_take, sign_out_take;

#endif
