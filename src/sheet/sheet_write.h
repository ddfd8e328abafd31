/* Tables for spreadsheets: the same rows as CSV and as XLSX. What is a text stays a text: no cell becomes a
 * formula, whatever it begins with. */
#ifndef LYKTA_SHEET_SHEET_WRITE_H
#define LYKTA_SHEET_SHEET_WRITE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* `cell` holds n * columns texts, row by row. */
struct sheet_table {
    const char *name; /* of the sheet, at most 31 letters */
    size_t columns;
    const struct str *header;
    const bool
        *is_number; /* of each column, in XLSX: cells that are numbers are written as such; NULL: none */
    size_t n;
    const struct str *cell;
    const char *notes_name; /* in XLSX, of a second sheet with a text a row; read when there are notes */
    size_t notes;
    const struct str *note;
};

/* UTF-8 with a byte-order mark and semicolons, as Swedish spreadsheets open it; a text that begins with = + -
 * @ or a control character gets an apostrophe before it (RFC 4180; OWASP, "CSV injection"). */
struct str sheet_write_csv(const struct sheet_table *table, struct arena *a);

/* The bytes of an XLSX file, in `a`: cells are texts but for those of is_number, the header is bold and stays
 * when one scrolls. SYSTEM when the library cannot make it. */
enum status sheet_write_xlsx(const struct sheet_table *table, struct arena *a, struct str *out,
                             struct err *e) MUST_USE;

#endif
