/* For commands that read names or keys: what keeps them out of the swap and of core files. */
#ifndef LYKTA_COMMAND_GUARD_H
#define LYKTA_COMMAND_GUARD_H

#include "base/err.h"

struct arena;

/* Starts the cryptographic library, forbids core files and other processes' reading of this one, and locks
 * the stack in memory. SYSTEM when there is no source of randomness. */
enum status guard_begin(struct err *e) MUST_USE;

/* REFUSED when `a`, a secret arena, could not be locked and the system has a swap that it may be written to:
 * says how to raise the limit. Called after the names have been read, before anything is written. */
enum status guard_check(const struct arena *a, struct err *e) MUST_USE;

/* Overwrites what earlier calls left on the stack. */
void guard_wipe_stack(void);

#endif
