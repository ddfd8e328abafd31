/* Capture histories and their table: how many people are on which combination of lists.
 * A history is a bitmask: bit i is set when the person is on list i. The history 0, on no list, is never
 * seen. */
#ifndef LYKTA_ESTIMATE_COUNTS_H
#define LYKTA_ESTIMATE_COUNTS_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    COUNTS_MAX_LISTS = 16,
    COUNTS_MAX_STRATA = 8,          /* columns of categories: gender, age group, area */
    COUNTS_MAX_CATEGORIES = 10000,  /* in one such column */
    COUNTS_MAX_IMPUTATIONS = 1000,  /* linkages in one file */
    COUNTS_MAX_PEOPLE = 1000000000, /* in a record, and in all */
    COUNTS_MAX_BYTES = 64 << 20     /* of a file that is worth reading: what the caller gives to file_read */
};

/* A column of categories, in the order in which they first appear in the file. */
struct counts_stratum {
    struct str name;
    size_t categories;
    struct str *category; /* [categories] */
};

/* One row of the file. `category[s]` is an index into stratum[s].category. */
struct counts_record {
    uint32_t history;
    uint32_t people;
    uint16_t category[COUNTS_MAX_STRATA];
};

/* `y[2^lists]` sums the records by history, whatever their categories; y[0] is 0. Records keep the file's
 * order and are not merged. Texts and arrays are in the arena the table was made in. */
struct counts {
    size_t lists;
    struct str list[COUNTS_MAX_LISTS];
    uint32_t *y;
    int64_t n; /* people seen: the sum of y */
    size_t strata;
    struct counts_stratum stratum[COUNTS_MAX_STRATA];
    size_t records;
    struct counts_record *record;
};

/* Reads a CSV table: a column of 0 and 1 per list, then columns of categories (any), and last `count`. A
 * column in which no cell is 0 or 1 holds categories; a column in which some are and some are not is a fault.
 * Rows with the same history add up. `name` is the file's name, for messages.
 *
 * BAD_INPUT, as "name:line:column: what is wrong, what was expected", when the count column is missing or not
 * last, a name of a column is empty or used twice, a list's cell is not 0 or 1, a category is empty, a count
 * is not a whole number in 0..COUNTS_MAX_PEOPLE, a history is all zero (who is on no list cannot have been
 * counted), there are more lists, strata or categories than the limits, or no rows; and for what csv_open and
 * csv_next refuse. A file with several linkages (a first column `imputation`) is refused too: only
 * counts_read_linkages reads it. */
enum status counts_read(struct counts *out, const char *name, struct str bytes, struct arena *a,
                        struct err *e) MUST_USE;

/* The same people linked in several ways that are equally likely (docs/formats/histories.md): a table each,
 * with the same lists and strata. */
struct counts_linkages {
    size_t n; /* 1 for a file without the column `imputation` */
    struct counts *linkage;
};

/* Reads a file as counts_read does, and one whose first column is `imputation`: whole numbers from 1, in
 * rising order without a gap, at most COUNTS_MAX_IMPUTATIONS. COUNTS_MAX_PEOPLE holds for each linkage. */
enum status counts_read_linkages(struct counts_linkages *out, const char *name, struct str bytes,
                                 struct arena *a, struct err *e) MUST_USE;

/* The part of `whole` whose records have `category` in `stratum`, as a table of its own with the same lists
 * and strata. Shares names with `whole`; records and y are new, in `a`. */
void counts_where(struct counts *out, const struct counts *whole, size_t stratum, size_t category,
                  struct arena *a);

/* `whole` without the lists in `dropped` (a mask); a record that is on no remaining list is left out, so n
 * may fall. Shares names with `whole`; the rest is new, in `a`. */
void counts_without(struct counts *out, const struct counts *whole, uint32_t dropped, struct arena *a);

#endif
