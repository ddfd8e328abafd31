/* The log as a file that is checked without Lykta: JSON Lines, signed with the city's key
 * (docs/audit-format.md). */
#ifndef LYKTA_AUDIT_AUDIT_EXPORT_H
#define LYKTA_AUDIT_AUDIT_EXPORT_H

#include "base/err.h"

#include <stdint.h>

struct city;
struct db;

#define AUDIT_EXPORT_FORMAT "lykta-audit-log 1"

/* Writes every row as it is kept, wrong ones too, from one moment of `db`, to the open file `fd`; *bytes is
 * how many. In memory there is a piece of it at a time. */
enum status audit_export(const struct city *city, struct db *db, int64_t now_at, int fd, int64_t *bytes,
                         struct err *e) MUST_USE;

#endif
