/* Several tables about the same people, read together.
 *
 * Two tables that are safe one by one may not be so side by side: one by districts and one by other areas, a
 * total and its parts, a correction and what it corrects. The finest cells that any of the tables can tell
 * apart (their common refinement) become the counts, and every published figure a sum of them, for the
 * auditor (attack.h).
 *
 * Dimensions and groupings with the same name are the same and must have the same categories. Divisions that
 * only a map tells apart need that map: a row for each smallest unit, with what it belongs to in each
 * division. What can be worked out from tables together: Handbook on Statistical Disclosure Control, 2nd
 * ed., 4.2.       */
#ifndef LYKTA_PROTECT_LEDGER_H
#define LYKTA_PROTECT_LEDGER_H

#include "base/err.h"
#include "base/str.h"
#include "protect/attack.h"
#include "protect/published.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { LEDGER_MAX_TABLES = 64, LEDGER_MAX_COUNTS = 500000, LEDGER_MAX_TERMS = 40000000 };

struct ledger_table {
    const char *name; /* for messages: the file's or the release's */
    struct published published;
    bool is_own; /* no publication: what the attacker counts himself (published_at_least) */
};

/* Units and the divisions they are in: `label` is [units * divisions]. */
struct ledger_map {
    size_t divisions;
    const struct str *division;
    size_t units;
    const struct str *label;
};

struct ledger {
    size_t tables;
    const struct ledger_table *table;
    size_t *first; /* [tables + 1] the sums of table t are first[t] .. first[t + 1] - 1, in canonical order */
    size_t refined; /* sums of single counts after them: the cells of the common refinement */
    struct attack_knowledge knowledge;
};

/* Reads a map from CSV: a column for each division, a row for each unit. In `a`; BAD_INPUT with line and
 * column for a unit that is there twice. */
enum status ledger_map_read(const char *name, struct str whole, struct arena *a, struct ledger_map *out,
                            struct err *e) MUST_USE;

/* Joins `n` tables; `map` may be NULL. Protected is every figure that is not shown exactly, or shows 1 to 4,
 * and every cell of the refinement that no figure shows. BAD_INPUT when tables do not fit together, with the
 * names; REFUSED when there are more cells than the limits. In `a`; `tables` and `map` must outlive it. */
enum status ledger_join(const struct ledger_table *tables, size_t n, const struct ledger_map *map,
                        struct arena *a, struct ledger *out, struct err *e) MUST_USE;

/* What an exposed sum is, and which tables expose it: "district D03, form labour: between 2 and 3, from a.csv
 * and b.csv". */
enum status ledger_tell(const struct ledger *l, const struct attack_bound *bound, struct arena *a,
                        struct str *out, struct err *e) MUST_USE;

#endif
