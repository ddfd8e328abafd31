/* The tables of a database, as the catalogue of its engine has them: for copying what they hold. */
#ifndef LYKTA_STORE_DB_TABLE_H
#define LYKTA_STORE_DB_TABLE_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;
struct db;

enum column_kind { COLUMN_INT, COLUMN_REAL, COLUMN_TEXT, COLUMN_BLOB };

struct column {
    struct str name;
    enum column_kind kind;
};

struct table {
    struct str name;
    struct column *column; /* in the order of their names, which is the same on both engines */
    size_t columns;
};

struct tables {
    struct table *table; /* none before those it refers to */
    size_t n;
};

/* All tables of `db`; in `a`. SYSTEM when some refer to each other in a circle. */
enum status db_tables(struct db *db, struct arena *a, struct tables *out, struct err *e) MUST_USE;

#endif
