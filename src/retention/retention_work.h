/* Carrying out the rules in a city: its database and its key file, and then their files, so that what was
 * deleted stands nowhere in the folder. */
#ifndef LYKTA_RETENTION_RETENTION_WORK_H
#define LYKTA_RETENTION_RETENTION_WORK_H

#include "base/err.h"
#include "store/audit.h"
#include "store/retention.h"

struct arena;
struct city;
struct db;

/* retention_run over every room's rules, with the city's key file if it has one; `db` is the caller's
 * connection to the city. Nothing is left open. */
enum status retention_clear(const struct city *city, struct db *db, const struct who *who, struct arena *a,
                            struct retention_classes *out, struct err *e) MUST_USE;

/* Writes both databases anew without what was deleted, and empties their logs. SYSTEM when somebody reads or
 * writes for so long that it cannot: what was deleted is then still in the files, and it is to be called
 * again. */
enum status retention_scrub(const struct city *city, struct db *db, struct err *e) MUST_USE;

#endif
