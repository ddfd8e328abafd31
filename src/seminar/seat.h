/* Seats and the waiting list: who comes first has a seat, the rest wait in the order they came. Every
 * function stands inside the change under way, so that two who ask at once never get the same seat. */
#ifndef LYKTA_SEMINAR_SEAT_H
#define LYKTA_SEMINAR_SEAT_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct seminar;
struct seminar_office;

/* Is there a seat free? */
enum status seat_is_free(const struct seminar_office *o, const struct seminar *s, bool *out,
                         struct err *e) MUST_USE;

/* The place behind everyone who has come so far. */
enum status seat_next_place(const struct seminar_office *o, int64_t seminar, int64_t *out,
                            struct err *e) MUST_USE;

/* How many wait before `place`, the one at it counted: 1 is next in turn. */
enum status seat_turn(const struct seminar_office *o, int64_t seminar, int64_t place, int64_t *out,
                      struct err *e) MUST_USE;

/* Gives the free seats to those who wait and have confirmed, in their order, and writes to each. */
enum status seat_fill(const struct seminar_office *o, const struct seminar *s, int64_t now_at,
                      struct err *e) MUST_USE;

#endif
