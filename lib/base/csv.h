/* Comma-separated values (RFC 4180), read from bytes and written to text.
 * Read: comma or semicolon (told by the header line), LF or CRLF, a byte-order mark tolerated, quotes as in
 * the RFC. Every fault is told as "name:line:column: what is wrong, what was expected"; the column counts
 * fields from 1.     */
#ifndef LYKTA_BASE_CSV_H
#define LYKTA_BASE_CSV_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { CSV_MAX_FIELDS = 256 };

/* A reader over `whole`, which must outlive it. Plain data: no close. */
struct csv {
    const char *name; /* for messages: the file's name, or "standard input" */
    struct str rest;  /* what has not been read */
    char separator;
    int64_t line; /* of the row in `fields`, from 1 */
    int64_t next_line;
    size_t n; /* fields in the row; after csv_open, in the header */
    struct str fields[CSV_MAX_FIELDS];
    struct arena *arena;
};

/* Starts reading `whole` and reads its header row into `in->fields`. Quoted fields with doubled quotes are
 * copied into `a`; all others are views of `whole`. BAD_INPUT when the bytes are not UTF-8, hold a NUL, or
 * there is no header.               */
enum status csv_open(struct csv *in, const char *name, struct str whole, struct arena *a,
                     struct err *e) MUST_USE;

/* The next row into `in->fields`; *has_row is false at the end. Empty lines are skipped.
 * BAD_INPUT when the row has more or fewer fields than the header, or a quote is not closed. */
enum status csv_next(struct csv *in, bool *has_row, struct err *e) MUST_USE;

/* The index of the field of the header named `column`, or -1: call it before the first csv_next. */
int csv_column(const struct csv *in, const char *column);

/* BAD_INPUT with "name:line:column: " before the formatted sentence; `field` counts from 0. */
enum status csv_fault(struct err *e, const struct csv *in, size_t field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* One field, quoted where the RFC asks for it, and where it holds a semicolon, which a reader could take for
 * the file's separator. The caller writes the separators and line ends. A text that a spreadsheet would read
 * as a formula (= + - @ TAB CR at its start) gets an apostrophe before it.            */
void csv_put(struct text *out, struct str field, char separator);

#endif
