/* Everything that one database holds, in another with the same tables: from one engine to the other, and for
 * backups. What arrived is counted and hashed anew, and compared with what was there. */
#ifndef LYKTA_STORE_DB_TRANSFER_H
#define LYKTA_STORE_DB_TRANSFER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct progress;

enum { CONTENT_HASH_BYTES = 32 };

/* What a database holds: the same on both engines, whatever order the rows are kept in. */
struct db_content {
    int64_t tables;
    int64_t rows;
    unsigned char hash[CONTENT_HASH_BYTES];
};

/* Reads every row of `db`. A row's hash is BLAKE2b-256 over the name of its table and its values, each with
 * its kind and length; the sum of all of them, in four 64-bit words, is the database's. It shows what a copy
 * has lost or changed; it is no signature. */
enum status db_content_read(struct db *db, struct db_content *out, struct err *e) MUST_USE;

/* Writes everything `from` holds into `to`, which is new and has the same tables (migrate), in one change,
 * and reads it again: BAD_INPUT when it is not the same. `from` reads one moment (db_hold), or nobody writes.
 * All rows of a table are in memory at once. SYSTEM when `progress` says to stop; `to` is then empty. */
enum status db_transfer(struct db *from, struct db *to, const struct progress *progress,
                        struct db_content *out, struct err *e) MUST_USE;

#endif
