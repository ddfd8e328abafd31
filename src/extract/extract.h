/* All that a city keeps of one person, found by an e-mail address: for who asks what is known of them
 * (GDPR 15). What no address leads to is not in it: names without one (in the plan, in articles, under
 * agreements, as speakers), and what is sealed, which no server can read. */
#ifndef LYKTA_EXTRACT_EXTRACT_H
#define LYKTA_EXTRACT_EXTRACT_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct text;

/* One kind of thing that is kept: its name in the extract, what is told of each, and where it is. */
struct extract_part {
    const char *name;
    const char *columns; /* in order, with blanks between; "x@" is a moment, "x#" a number, else a text */
    const char *sql;     /* $1 is the address */
};

/* Ends with a part without name. */
extern const struct extract_part extract_parts[];

enum extract_kind { EXTRACT_NOTHING, EXTRACT_TEXT, EXTRACT_NUMBER, EXTRACT_MOMENT };

struct extract_cell {
    struct str column; /* without its mark */
    enum extract_kind kind;
    struct str text;
    int64_t number; /* a moment: seconds since 1970 */
};

/* What one part leads to. */
struct extract_rows {
    size_t n, columns;
    struct extract_cell *cell; /* [n * columns], row by row */
};

enum status extract_read(struct db *db, const struct extract_part *part, struct str email, struct arena *a,
                         struct extract_rows *out, struct err *e) MUST_USE;

/* {"email": .., "at": .., an array for each part, empty ones too, "rows": how much it was}. */
enum status extract_json(struct db *db, struct str email, int64_t now_at, struct arena *a, struct text *out,
                         struct err *e) MUST_USE;

#endif
