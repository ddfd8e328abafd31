/* Which of the processes that serve one city does what the city does by itself: a claim in its database, with
 * who holds it and until when, by the database's own clock. For a city whose database is in a server: its
 * processes may be on several machines, which see no lock of each other's. (Gray & Cheriton 1989, Leases,
 * SOSP '89, 202-210.)
 *
 * A holder that is killed, or cut off from the database, loses the claim when its time is over. One that
 * merely was slow may not know yet: what it still wants to change is refused by the database (db_fence). */
#ifndef LYKTA_STORE_CLAIM_H
#define LYKTA_STORE_CLAIM_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

enum { CLAIM_SECONDS = 30, CLAIM_RENEWED_MS = 5000 };

/* A name for this process and those it makes, unlike any other's: the machine's, and a random number.
 * Letters, digits, '.' and '-' alone; in `a`. */
const char *claim_holder(struct arena *a);

/* Takes the claim for `holder`, or holds it for CLAIM_SECONDS from now on; *is_ours is false when somebody
 * else has it, whose time is not over. */
enum status claim_take(struct db *db, const char *holder, bool *is_ours, struct err *e) MUST_USE;

/* Gives it back before its time is over. Harmless when it is somebody else's. */
enum status claim_give_back(struct db *db, const char *holder, struct err *e) MUST_USE;

#endif
