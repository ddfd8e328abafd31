/* A new password as a form asks for it. */
#ifndef LYKTA_ACCOUNT_PASSWORD_FIELD_H
#define LYKTA_ACCOUNT_PASSWORD_FIELD_H

#include "base/err.h"
#include "base/str.h"

struct city;
struct field;
struct field_set;
struct person;

/* May `password` be the one of `person` in `city`? Says what is wrong at `x`, which counts in f->errors:
 * fewer letters than PASSWORD_LEAST_LETTERS, more bytes than are read, or easy to guess (seal/guessing.h) for
 * somebody who knows the person's name and address, the city and the municipality. Kinds of signs do not
 * matter (NIST SP 800-63B, 3.1.1). SYSTEM when the municipality's name cannot be read. */
enum status password_field_check(struct field_set *f, struct field *x, struct str password,
                                 const struct city *city, const struct person *person,
                                 struct err *e) MUST_USE;

#endif
