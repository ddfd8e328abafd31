/* A plan from a file: kept as it was read, shown, and taken in when somebody says yes. Rows are checked when
 * they are shown and again when they are taken in, since plan and network may have changed meanwhile. */
#ifndef LYKTA_PLAN_PLAN_IMPORT_H
#define LYKTA_PLAN_PLAN_IMPORT_H

#include "base/err.h"
#include "base/str.h"
#include "plan/plan_list.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct plan_offers;

enum { PLAN_IMPORT_BYTES = 1024 * 1024, PLAN_IMPORT_NAME_BYTES = 200 };

struct plan_import {
    int64_t id;
    struct str name; /* of the file, for people to read */
    struct plan_rows rows;
};

/* Keeps the file and gives it an id. BAD_INPUT when it cannot be read as a plan, has no rows, or is larger
 * than PLAN_IMPORT_BYTES. */
enum status plan_import_keep(struct db *db, struct str name, struct str bytes, const struct who *who,
                             int64_t *id, struct err *e) MUST_USE;

/* What waits, checked against plan, network and what can be linked to (`offers`) as they are now; in `a`.
 * REFUSED when there is none. */
enum status plan_import_find(struct db *db, const struct plan_offers *offers, int64_t id, struct arena *a,
                             struct plan_import *out, struct err *e) MUST_USE;

/* Adds the rows without faults to the plan, and forgets the file. REFUSED when it is gone, or when these are
 * not `expected` rows any more: who said yes saw something else. */
enum status plan_import_take(struct db *db, const struct plan_offers *offers, int64_t id, size_t expected,
                             const struct who *who, struct err *e) MUST_USE;

/* Forgets the file. */
enum status plan_import_drop(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

#endif
