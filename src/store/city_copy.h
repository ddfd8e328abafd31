/* A city's database, moved from one engine to the other. */
#ifndef LYKTA_STORE_CITY_COPY_H
#define LYKTA_STORE_CITY_COPY_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "store/db_transfer.h"

struct city;
struct progress;

/* Copies everything in the city's database to the new database `address` (db_address.h; empty: lykta.db in
 * the city's folder), reads it again, notes it in the audit log there, and lets lykta.conf name it: from the
 * next opening on it is the city's. What it was copied from stays as it is, and nobody writes to it
 * meanwhile. `city` is open for writing and served by nobody (city_lock). BAD_INPUT when there is a database
 * already, or the copy is not the same. */
enum status city_copy(struct city *city, struct str address, const struct who *who,
                      const struct progress *progress, struct db_content *out, struct err *e) MUST_USE;

#endif
