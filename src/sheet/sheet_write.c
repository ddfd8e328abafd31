/* Tables for spreadsheets. */
#include "sheet/sheet_write.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xlsxwriter.h>

enum { COLUMN_WIDTH = 24, NOTE_WIDTH = 100, XLSX_CELL_MAX_BYTES = 32767 };

static void put_row(struct text *out, const struct str *cell, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        if (i > 0)
            text_byte(out, ';');
        csv_put(out, cell[i], ';');
    }
    text_lit(out, "\r\n");
}

struct str sheet_write_csv(const struct sheet_table *table, struct arena *a)
{
    struct text out = text_open(a);

    text_lit(&out, "\xEF\xBB\xBF");
    put_row(&out, table->header, table->columns);
    for (size_t i = 0; i < table->n; i++)
        put_row(&out, table->cell + i * table->columns, table->columns);
    return text_str(&out);
}

/* worksheet_write_string writes a shared or inline string, never a formula. */
static lxw_error put_cell(lxw_worksheet *sheet, const struct sheet_table *table, size_t i, struct str text,
                          struct arena *a)
{
    lxw_row_t row = (lxw_row_t)(i / table->columns + 1);
    lxw_col_t column = (lxw_col_t)(i % table->columns);
    double number = 0;

    if (table->is_number && table->is_number[column] && f64_from_str(text, -1e15, 1e15, &number))
        return worksheet_write_number(sheet, row, column, number, NULL);
    return worksheet_write_string(sheet, row, column, arena_cstr(a, text.p, text.n), NULL);
}

static lxw_error put_cells(lxw_worksheet *sheet, const struct sheet_table *table, lxw_format *bold,
                           struct arena *a)
{
    for (size_t column = 0; column < table->columns; column++) {
        lxw_error outcome =
            worksheet_write_string(sheet, 0, (lxw_col_t)column,
                                   arena_cstr(a, table->header[column].p, table->header[column].n), bold);
        if (outcome != LXW_NO_ERROR)
            return outcome;
    }
    for (size_t i = 0; i < table->n * table->columns; i++) {
        struct str text = str_part(table->cell[i], 0, XLSX_CELL_MAX_BYTES);
        lxw_error outcome = text.n == 0 ? LXW_NO_ERROR : put_cell(sheet, table, i, text, a);
        if (outcome != LXW_NO_ERROR)
            return outcome;
    }
    return LXW_NO_ERROR;
}

/* A text a row, with its lines broken where the column ends. */
static lxw_error put_notes(lxw_workbook *book, const struct sheet_table *table, struct arena *a)
{
    lxw_error outcome = LXW_NO_ERROR;

    if (table->notes == 0)
        return outcome;
    lxw_worksheet *sheet = workbook_add_worksheet(book, table->notes_name);
    if (!sheet)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    lxw_format *wrapped = workbook_add_format(book);
    format_set_text_wrap(wrapped);
    format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
    worksheet_set_column(sheet, 0, 0, NOTE_WIDTH, NULL);
    for (size_t i = 0; outcome == LXW_NO_ERROR && i < table->notes; i++) {
        const struct str text = str_part(table->note[i], 0, XLSX_CELL_MAX_BYTES);

        outcome = worksheet_write_string(sheet, (lxw_row_t)i, 0, arena_cstr(a, text.p, text.n), wrapped);
    }
    return outcome;
}

/* The library writes to a name: that of a file in memory, which never reaches the disk. */
static enum status write_book(const char *path, const struct sheet_table *table, struct arena *a,
                              struct err *e)
{
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = book ? workbook_add_worksheet(book, table->name) : NULL;

    if (!sheet)
        return err_set(e, SYSTEM, "an XLSX file cannot be made");
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    worksheet_set_column(sheet, 0, (lxw_col_t)(table->columns - 1), COLUMN_WIDTH, NULL);
    worksheet_freeze_panes(sheet, 1, 0);
    lxw_error written = put_cells(sheet, table, bold, a);
    if (written == LXW_NO_ERROR)
        written = put_notes(book, table, a);
    lxw_error closed = workbook_close(book);
    if (written != LXW_NO_ERROR || closed != LXW_NO_ERROR)
        return err_set(e, SYSTEM, "an XLSX file cannot be made: %s",
                       lxw_strerror(written != LXW_NO_ERROR ? written : closed));
    return OK;
}

enum status sheet_write_xlsx(const struct sheet_table *table, struct arena *a, struct str *out, struct err *e)
{
    int fd = memfd_create("lykta-sheet", MFD_CLOEXEC);

    if (fd < 0)
        return err_set(e, SYSTEM, "an XLSX file cannot be made: %s", strerror(errno));
    const char *path = arena_printf(a, "/proc/self/fd/%d", fd);
    enum status s = write_book(path, table, a, e);
    off_t n = lseek(fd, 0, SEEK_END);
    char *bytes = arena_alloc(a, n > 0 ? (size_t)n : 1, 1);
    if (s == OK && (n <= 0 || pread(fd, bytes, (size_t)n, 0) != n))
        s = err_set(e, SYSTEM, "an XLSX file cannot be read back: %s", strerror(errno));
    close(fd);
    if (s == OK)
        *out = (struct str){bytes, (size_t)n};
    return s;
}
