/* The register of public records: what came in, with a running number, without its content (OSL 5 kap. 2 §).
 */
#ifndef LYKTA_OBSERVATION_REGISTER_H
#define LYKTA_OBSERVATION_REGISTER_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "base/text.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

struct register_entry {
    int64_t year;
    int64_t number;
    int64_t observation; /* 0: disposed of */
    struct date received_on;
    struct str sender;   /* "member", "anyone", "paper" */
    struct str decision; /* "", "asked", "closed", "referred", "counted" */
    struct date decided_on;
    struct date disposed_on;
};

struct register_entries {
    size_t n;
    struct register_entry *entry;
};

/* The year's entries by number. */
enum status register_read(struct db *db, int64_t year, struct arena *a, struct register_entries *out,
                          struct err *e) MUST_USE;

/* The entries that had come in by the end of `day` and whose reports are still kept, oldest first: what an
 * incident on that day can have touched. */
enum status register_kept(struct db *db, struct date day, struct arena *a, struct register_entries *out,
                          struct err *e) MUST_USE;

/* The entries as CSV with a header, for the municipality's own case system; semicolons, as Swedish
 * spreadsheets read them. */
void register_csv(const struct register_entries *entries, struct text *out);

/* The first number that is missing in the year, 0 when the register has no gap: `lykta verify`. */
enum status register_gap(struct db *db, int64_t year, int64_t *gap, struct err *e) MUST_USE;

#endif
