/* The tables of a release, from the frozen cube: every figure is a published cell of it or a sum of such
 * cells. */
#ifndef LYKTA_RELEASE_RELEASE_TABLES_H
#define LYKTA_RELEASE_RELEASE_TABLES_H

#include "release/release.h"

struct cube;

/* Sets out->seen, out->table and out->tables from `cube`, whose first dimensions are the lists of
 * out->mapping. */
void release_tables_make(const struct cube *cube, struct arena *a, struct release *out);

/* Every published cell in canonical order: a column for each dimension, people, lo, hi, shown_sv, shown_en.
 */
struct str release_cube_csv(const struct cube *cube, struct arena *a);

/* A table as CSV: code, sv, en, people, lo, hi, shown_sv, shown_en. */
struct str release_table_csv(const struct release_table *t, struct arena *a);

/* A table as JSON-stat 2.0 with the period as its time; intervals and what is shown are in extension.lykta.
 */
struct str release_table_json_stat(const struct release *r, const struct release_table *t, struct arena *a);

#endif
