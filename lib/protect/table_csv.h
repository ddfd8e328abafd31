/* A table of counts from CSV: a column for each dimension, and a last column named count, n or freq.
 *
 * A row is one inner cell; cells without a row hold 0. The categories of a dimension are those that occur in
 * its column, in byte order, so that the order of rows means nothing. A category that the classification has
 * and the file lacks must be given a row with count 0: left out of what is published, it would show that it
 * is empty.                                                                                              */
#ifndef LYKTA_PROTECT_TABLE_CSV_H
#define LYKTA_PROTECT_TABLE_CSV_H

#include "base/err.h"
#include "base/str.h"
#include "protect/table.h"

struct arena;

struct table_csv_options {
    /* Names of the columns that are lists of a capture history, "police,shelter"; "none" for none. A person
     * is on at least one, so the cells that are 0 on all lists are structural zeros and a row there is a
     * fault. Empty: the columns are lists if there are at least two and every one holds 0 and 1 alone. */
    struct str lists;
    /* Columns that group another, "district=area,form=kind": every district is in one area. */
    struct str groups;
    /* The last column is then not a count but, under this name, the pseudonym of one person a row. */
    struct str person;
};

/* Rows of one person each: the inner cell and the pseudonym, which points into what was read. */
struct table_csv_people {
    size_t n;
    const size_t *inner;
    const struct str *person;
};

/* Reads `whole`; `name` stands for it in messages. The table is in `a`. BAD_INPUT with line and column for a
 * missing or doubled column, a ragged row, an empty name, a count that is negative, fractional or too large,
 * a cell given twice, an all-zero history, a category in two groups; USAGE for an option that names no
 * column. */
enum status table_csv_read(const char *name, struct str whole, const struct table_csv_options *options,
                           struct arena *a, struct table *out, struct err *e) MUST_USE;

/* The same for rows of persons, whose column options->person names; *people is in `a`. BAD_INPUT too for a
 * person without a pseudonym, or in the file twice. */
enum status table_csv_read_people(const char *name, struct str whole, const struct table_csv_options *options,
                                  struct arena *a, struct table *out, struct table_csv_people *people,
                                  struct err *e) MUST_USE;

#endif
