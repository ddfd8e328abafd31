/* The tables of a city's database, brought forward block by block.
 *
 * Each room's <room>.sql holds numbered blocks; the numbers run over all rooms. Six words stand for what
 * engines spell differently: {int} {real} {text} {blob} {id} {strict}. Only forward: an applied block never
 * changes.       */
#ifndef LYKTA_STORE_MIGRATE_H
#define LYKTA_STORE_MIGRATE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct db;

struct migration {
    int64_t number; /* from 1, without gaps */
    const char *title;
    const char *sql;
};

/* The blocks of this program, in order; ends with a row whose sql is NULL. */
extern const struct migration migrations[];

/* Applies the blocks that `db` has not seen, each in a transaction and recorded with the BLAKE2b-256 of its
 * text. *applied is how many. BAD_INPUT when an applied block's text is not this program's, or the database
 * has blocks this program does not know: it was made by a newer version. */
enum status migrate(struct db *db, const struct migration *blocks, int64_t now_at, size_t *applied,
                    struct err *e) MUST_USE;

/* Checks the same without changing anything; BAD_INPUT too when blocks are missing: an older database. */
enum status migrate_check(struct db *db, const struct migration *blocks, struct err *e) MUST_USE;

#endif
