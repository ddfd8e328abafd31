/* A mapping (kartläggning): whose lists were counted, over what time, and what they and their categories are
 * called. The exact counts are not part of it and are not stored: they pass through mapping_run (run.h)
 * alone.           */
#ifndef LYKTA_MAPPING_MAPPING_H
#define LYKTA_MAPPING_MAPPING_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/counts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum {
    MAPPING_MAX_TEXT_BYTES = 600,
    MAPPING_MAX_CODE_BYTES = 32,
    MAPPING_MAX_CATEGORIES = 64, /* of a column */
    MAPPING_FIRST_YEAR = 1990,
    MAPPING_LAST_YEAR = 2100,
    MAPPING_LEAST_RESIDENTS = 5000, /* of an area: few cases in a smaller one point at a household */
    MAPPING_MOST_RESIDENTS = 100000000
};

/* A thing's name in the data and in plain words. */
struct label {
    struct str code;
    struct str sv, en;
};

/* A column of categories: "gender", with "woman" and "man". */
struct mapping_dimension {
    struct label label;
    size_t n;
    struct label category[MAPPING_MAX_CATEGORIES];
    bool is_area[MAPPING_MAX_CATEGORIES]; /* set by mapping_name: how many live there was told */
};

struct mapping {
    int64_t id; /* 0 until mapping_add */
    int first_year, last_year;
    struct str title_sv, title_en;
    struct str people_sv, people_en; /* who is counted: "möjliga offer för människohandel" */
    struct str source_sv, source_en; /* where the lists come from */
    bool is_example;                 /* data from elsewhere, to show the method */
    size_t lists;
    struct label list[COUNTS_MAX_LISTS];
    size_t dimensions;
    struct mapping_dimension dimension[COUNTS_MAX_STRATA];
};

/* Reads "2013" or "2013-2015". USAGE when it is neither. */
enum status mapping_period(struct mapping *m, struct str period, struct err *e) MUST_USE;

/* Names the lists and dimensions of `counts` from the CSV text `names` with the columns code, sv and en: a
 * row for each list ("LA"), each column of categories ("gender") and each of its categories ("gender=woman").
 * A list or column without a row goes by its name in the data. A list whose name is no code (letters, digits,
 * "_" and "-") gets one of its place, as "list2". The categories of a column are those of `names`, in that
 * order, found in the data or not: leaving out an empty category would tell that it is empty. A fourth
 * column, residents, says of a category that is an area how many live there. Texts are in `a`, or views of
 * `names`.
 *
 * BAD_INPUT with name:line:column when a row names nothing in the data, a category of the data has no row, a
 * column's name is no code, a list's is none while another list has the code of its place, or an area has
 * fewer than MAPPING_LEAST_RESIDENTS. `names` may be empty when there are no columns of categories. */
enum status mapping_name(struct mapping *m, const struct counts *counts, const char *file, struct str names,
                         struct arena *a, struct err *e) MUST_USE;

/* May `s` be the name of a list, a column or a category in the data? Letters, digits, "_" and "-". */
bool mapping_is_code(struct str s);

/* Checks that every text is there, is UTF-8 and has a reasonable length: BAD_INPUT names the one that has
 * not. */
enum status mapping_check(const struct mapping *m, struct err *e) MUST_USE;

/* Writes the mapping to the database, inside the caller's db_change, and sets m->id. */
enum status mapping_add(struct db *db, struct mapping *m, struct err *e) MUST_USE;

/* The mapping `id`, in `a`. BAD_INPUT when there is none. */
enum status mapping_find(struct db *db, int64_t id, struct arena *a, struct mapping *out,
                         struct err *e) MUST_USE;

#endif
