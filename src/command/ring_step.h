/* The steps of lykta ring that need no exponent, and what all its steps read by. */
#ifndef LYKTA_COMMAND_RING_STEP_H
#define LYKTA_COMMAND_RING_STEP_H

#include "command/command.h"
#include "link/ring.h"

/* USAGE unless the verb was given `least` to `most` files. */
enum status ring_step_files(const struct call *call, size_t least, size_t most, struct err *e) MUST_USE;

/* The list in the file at `path`, in the call's arena. */
enum status ring_step_list(const struct call *call, const char *path, struct ring_list *out,
                           struct err *e) MUST_USE;

/* Prints the thirty digits of a list's file. */
enum status ring_step_digits(const struct call *call, struct err *e) MUST_USE;

/* Checks that one list is another, raised: REFUSED when the proof does not hold. */
enum status ring_step_verify(const struct call *call, struct err *e) MUST_USE;

/* Writes the histories of lists that all agencies have raised. */
enum status ring_step_count(const struct call *call, struct err *e) MUST_USE;

#endif
