/* The tables of tests/data/disclosure, as the tests use them. */
#ifndef LYKTA_TESTS_UNIT_PROTECT_FAMILIES_H
#define LYKTA_TESTS_UNIT_PROTECT_FAMILIES_H

#include "base/arena.h"
#include "protect/attack.h"
#include "protect/cube.h"
#include "protect/ledger.h"
#include "protect/table.h"

/* The whole of tests/data/disclosure/<name>; ends the process when it cannot be read. */
struct str families_read(const char *name, struct arena *a);

/* 5 by 4. */
struct table families_e1(struct arena *a);

/* District (in five areas) by form (in three groups) by profile: 960 inner cells, 2,340 with sums. */
struct table families_a(struct arena *a);

/* District, form, gender, age and period: 7,200 inner cells, 31,200 with sums. */
struct table families_b(struct arena *a);

/* One dimension "x" with the `n` counts, so that the grand total is the only margin. */
struct table families_line(const int64_t *count, size_t n, struct arena *a);

/* The cube of `t` under a secret key that begins with `key`. */
struct cube families_cube(const struct table *t, unsigned char key, struct arena *a);

/* What a reader of all `n` tables can work out; `map` may be NULL. */
struct attack_report families_attack(const struct ledger_table *tables, size_t n,
                                     const struct ledger_map *map, struct arena *a);

#endif
