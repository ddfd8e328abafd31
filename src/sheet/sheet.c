/* Tables that people keep in spreadsheets. */
#include "sheet/sheet.h"

#include "base/arena.h"
#include "base/csv.h"

#include <string.h>

#include <unicode/ucnv.h>

bool sheet_is_xlsx(struct str bytes)
{
    return str_starts(bytes, S("PK\003\004"));
}

enum status sheet_read(const char *name, struct str bytes, struct arena *a, struct sheet *out, struct err *e)
{
    if (bytes.n > SHEET_LIMIT_BYTES)
        return err_set(e, BAD_INPUT, "%s: larger than %d MB", name, (int)SHEET_LIMIT_BYTES / 1024 / 1024);
    if (str_starts(bytes, (struct str){"\xD0\xCF\x11\xE0", 4}))
        return err_set(e, BAD_INPUT,
                       "%s: an older or locked Excel file; open it, and save it as .xlsx or .csv without "
                       "password",
                       name);
    return sheet_is_xlsx(bytes) ? sheet_read_xlsx(name, bytes, a, out, e)
                                : sheet_read_csv(name, bytes, a, out, e);
}

/* Every byte is a letter in Windows-1252 (ICU gives the five unassigned ones as controls). */
static struct str from_windows_1252(struct str bytes, struct arena *a)
{
    size_t room = bytes.n * 3 + 1;
    char *out = arena_alloc(a, room, 1);
    UErrorCode outcome = U_ZERO_ERROR;
    int32_t n =
        ucnv_convert("UTF-8", "windows-1252", out, (int32_t)room, bytes.p, (int32_t)bytes.n, &outcome);

    if (U_FAILURE(outcome))
        die("ICU cannot convert from windows-1252: %s", u_errorName(outcome));
    return (struct str){out, (size_t)n};
}

static bool has_text(const struct csv *in)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_trim(in->fields[i]).n > 0)
            return true;
    return false;
}

/* A row that the header does not fit is kept, with what it has, so that it can be shown. A quote that is
 * never closed swallows the rest of the file: that ends the reading with its line. */
static enum status next_row(struct csv *in, bool *has_row, bool *is_torn, struct err *e)
{
    const char *unread = in->rest.p;
    enum status s = csv_next(in, has_row, e);

    *is_torn = s == BAD_INPUT && in->rest.p != unread && strstr(e->what, "as in the header");
    return *is_torn ? OK : s;
}

enum status sheet_read_csv(const char *name, struct str bytes, struct arena *a, struct sheet *out,
                           struct err *e)
{
    struct sheet sheet = {.letters = str_is_utf8(bytes) ? SHEET_UTF8 : SHEET_WINDOWS_1252};
    struct csv in;
    bool has_row = true;
    bool is_torn = false;
    size_t room = 0;

    TRY(csv_open(&in, name, sheet.letters == SHEET_UTF8 ? bytes : from_windows_1252(bytes, a), a, e));
    if (in.n > SHEET_MAX_COLUMNS)
        return err_set(e, BAD_INPUT, "%s:1: more than %d columns", name, (int)SHEET_MAX_COLUMNS);
    sheet.columns = in.n;
    struct str *header = arena_new(a, in.n, struct str);
    memcpy(header, in.fields, in.n * sizeof *header);
    sheet.header = header;
    for (;;) {
        TRY(next_row(&in, &has_row, &is_torn, e));
        if (!has_row)
            break;
        if (!is_torn && !has_text(&in))
            continue;
        if (sheet.n == SHEET_MAX_ROWS)
            return err_set(e, BAD_INPUT, "%s: more than %d rows", name, (int)SHEET_MAX_ROWS);
        sheet.row = arena_grow(a, sheet.row, sheet.n + 1, &room, sizeof *sheet.row);
        struct sheet_row *row = &sheet.row[sheet.n++];
        *row = (struct sheet_row){in.line, is_torn, arena_new(a, sheet.columns, struct str)};
        for (size_t i = 0; i < sheet.columns; i++)
            row->cell[i] = str_part(str_trim(in.fields[i]), 0, SHEET_CELL_MAX_BYTES);
    }
    *out = sheet;
    return OK;
}
