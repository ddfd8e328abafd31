/* A new password as a form asks for it. */
#ifndef LYKTA_ACCOUNT_PASSWORD_FIELD_H
#define LYKTA_ACCOUNT_PASSWORD_FIELD_H

#include "base/str.h"

#include <stdbool.h>

struct field;
struct field_set;

/* Is `password` long enough, and no longer than is read? Says what is wrong at `x` (NIST SP 800-63B, 3.1.1:
 * length matters, kinds of signs do not; known passwords are not looked for, since a second factor is always
 * asked for). */
bool password_field_check(struct field_set *f, struct field *x, struct str password);

#endif
