/* Questions that several forms of the network ask, and how their answers are read. */
#ifndef LYKTA_NETWORK_QUESTION_H
#define LYKTA_NETWORK_QUESTION_H

#include "base/str.h"
#include "network/actor.h"
#include "web/field.h"

#include <stdbool.h>

enum { LINE_LETTERS = 100, WISH_LETTERS = 1000 };

/* May be left empty. Gives `x` back. */
struct field *question_optional(struct field *x);

/* What kind of work: nothing is chosen beforehand when `chosen` is ACTORS. */
struct field *question_actor(struct field_set *f, enum actor_kind chosen);

/* Readers, as those of web/field.h: false with the error at the field. */
bool question_actor_read(struct field_set *f, struct field *x, enum actor_kind *out);

/* Says which rule an organisation number breaks; may be left empty. *out is "212000-1132". */
bool question_number_read(struct field_set *f, struct field *x, struct str *out);

bool question_phone_read(struct field_set *f, struct field *x, struct str *out);

#endif
