/* For struct site: a form that is sent changes things once, and its change and its answer are one.
 *
 * The handler runs inside a transaction of the worker's write connection. When it redirects, the form's
 * random number and the address are written in the same transaction and all is kept; when it fails or shows
 * the form again, all is undone. The same form sent again, also at the same moment or after the program ended
 * in between, finds the number and is led to the same address. */
#ifndef LYKTA_PORTAL_CHANGE_H
#define LYKTA_PORTAL_CHANGE_H

#include "base/err.h"

#include <stdbool.h>

struct request;
struct response;

enum { CHANGE_KEPT_SECONDS = 2 * 24 * 3600 }; /* longer than a form's token is good for */

enum status change_begin(const struct request *r, struct response *out, bool *is_answered,
                         struct err *e) MUST_USE;
enum status change_end(const struct request *r, enum status s, struct response *out, struct err *e) MUST_USE;

#endif
