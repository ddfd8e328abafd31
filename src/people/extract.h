/* All that a city keeps of one person, found by an e-mail address: for who asks what is known of them
 * (GDPR 15). What no address leads to is not in it: names without one (in the plan, in articles, under
 * agreements, as speakers), and what is sealed, which no server can read. */
#ifndef LYKTA_PEOPLE_EXTRACT_H
#define LYKTA_PEOPLE_EXTRACT_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct arena;
struct db;
struct json;

/* One kind of thing that is kept: its name in the extract, what is told of each, and where it is. */
struct extract_part {
    const char *name;
    const char *columns; /* in order, with blanks between; "x@" is a moment, "x#" a number, else a text */
    const char *sql;     /* $1 is the address */
};

/* Ends with a part without name. */
extern const struct extract_part extract_parts[];

/* Writes an array for each part, empty ones too, into the object that is open; *rows is how much it was. */
enum status extract_write(struct db *db, struct str email, struct arena *a, struct json *out, size_t *rows,
                          struct err *e) MUST_USE;

#endif
