/* Is on the disk what was written? The bytes of a backup are hashed on their way out, and the file is read
 * back after it has been made safe: the server cannot open what it has sealed, and can prove that much. */
#ifndef LYKTA_BACKUP_WRITTEN_H
#define LYKTA_BACKUP_WRITTEN_H

#include "base/err.h"
#include "base/stream.h"

#include <sodium.h>
#include <stdint.h>

enum { WRITTEN_HASH_BYTES = 32 };

/* A sink before another. Plain data: no close. */
struct written {
    const struct sink *to;
    crypto_generichash_state hash;
    uint64_t bytes;
};

/* What goes into written_sink is counted, hashed (BLAKE2b-256) and passed on to `to`, which outlives it. */
void written_open(struct written *w, const struct sink *to);
struct sink written_sink(struct written *w);

/* Reads the file at `path` from the disk, and not from what the system still has of it in memory. SYSTEM when
 * it is not what went through `w`. Ends `w`. */
enum status written_check(struct written *w, const char *path, struct err *e) MUST_USE;

#endif
