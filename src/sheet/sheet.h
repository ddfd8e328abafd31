/* Tables that people keep in spreadsheets, read from CSV and XLSX files. */
#ifndef LYKTA_SHEET_SHEET_H
#define LYKTA_SHEET_SHEET_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    SHEET_LIMIT_BYTES = 16 * 1024 * 1024,    /* of a file */
    SHEET_INFLATED_BYTES = 64 * 1024 * 1024, /* of a part of an XLSX file, unpacked */
    SHEET_MAX_ROWS = 50000,
    SHEET_MAX_COLUMNS = 100,
    SHEET_CELL_MAX_BYTES = 32 * 1024
};

/* A row below the header. `line` is its number in the file: a spreadsheet's row, or a CSV file's line. */
struct sheet_row {
    int64_t line;
    bool is_torn;     /* has more or fewer cells than the header: the cells may stand in wrong columns */
    struct str *cell; /* as many as the sheet has columns; UTF-8, trimmed */
};

enum sheet_letters {
    SHEET_UTF8,
    SHEET_WINDOWS_1252 /* it was not UTF-8 and was read as older Swedish programs write; worth a look at å, ä,
                        * ö
                        */
};

struct sheet {
    size_t columns;
    const struct str *header;
    size_t n;
    struct sheet_row *row;
    enum sheet_letters letters;
};

/* Reads the file `name` with the contents `bytes`: the first sheet of an XLSX file (ECMA-376), or CSV. The
 * contents decide, not the name. Rows without any text are left out. In `a`. BAD_INPUT when it is neither,
 * has no header, or is beyond a limit above. */
enum status sheet_read(const char *name, struct str bytes, struct arena *a, struct sheet *out,
                       struct err *e) MUST_USE;

/* Is `bytes` the beginning of an XLSX file? */
bool sheet_is_xlsx(struct str bytes);

/* The same for each form. */
enum status sheet_read_csv(const char *name, struct str bytes, struct arena *a, struct sheet *out,
                           struct err *e) MUST_USE;
enum status sheet_read_xlsx(const char *name, struct str bytes, struct arena *a, struct sheet *out,
                            struct err *e) MUST_USE;

#endif
