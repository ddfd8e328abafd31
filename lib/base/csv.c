/* Comma-separated values (RFC 4180). */
#include "base/csv.h"

#include "base/arena.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A header with it, outside quotes, says that the whole file is divided by it. */
static const char foreign_separator = ';';

static enum status check_utf8(const char *name, struct str whole, struct err *e);
static char guess_separator(struct str whole);
static enum status row_read(struct csv *in, struct err *e);
static enum status field_read(struct csv *in, bool *ends_row, struct err *e);
static enum status quoted_read(struct csv *in, struct str *field, struct err *e);

enum status csv_open(struct csv *in, const char *name, struct str whole, struct arena *a, struct err *e)
{
    static const struct str byte_order_mark = {"\xEF\xBB\xBF", 3};
    bool has_header = false;

    TRY(check_utf8(name, whole, e));
    if (str_starts(whole, byte_order_mark))
        whole = str_part(whole, byte_order_mark.n, whole.n);
    *in = (struct csv){.name = name, .rest = whole, .next_line = 1, .arena = a};
    in->separator = guess_separator(whole);
    TRY(csv_next(in, &has_header, e));
    if (!has_header)
        return err_set(e, BAD_INPUT,
                       "%s:1:1: the file is empty, expected a header row with the columns' names", name);
    for (size_t i = 0; i < in->n; i++)
        in->fields[i] = str_trim(in->fields[i]);
    return OK;
}

enum status csv_next(struct csv *in, bool *has_row, struct err *e)
{
    size_t expected = in->n;

    while (in->rest.n > 0 && (in->rest.p[0] == '\n' || str_starts(in->rest, S("\r\n")))) {
        in->rest = str_part(in->rest, in->rest.p[0] == '\n' ? 1 : 2, in->rest.n);
        in->next_line++;
    }
    *has_row = in->rest.n > 0;
    if (!*has_row)
        return OK;
    in->line = in->next_line;
    TRY(row_read(in, e));
    if (expected != 0 && in->n != expected) {
        size_t found = in->n;

        in->n = expected;
        return csv_fault(e, in, found < expected ? found : expected,
                         "found %zu fields, expected %zu as in the header", found, expected);
    }
    return OK;
}

int csv_column(const struct csv *in, const char *column)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_is(in->fields[i], column))
            return (int)i;
    return -1;
}

enum status csv_fault(struct err *e, const struct csv *in, size_t field, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    err_setv(e, BAD_INPUT, format, args);
    va_end(args);
    return err_in(e, "%s:%" PRId64 ":%zu", in->name, in->line, field + 1);
}

void csv_put(struct text *out, struct str field, char separator)
{
    bool needs_quotes = false;
    bool is_formula = field.n > 0 && strchr("=+-@\t\r", field.p[0]) && field.p[0] != '\0';

    for (size_t i = 0; i < field.n; i++)
        if (field.p[i] == separator || field.p[i] == foreign_separator || field.p[i] == '"' ||
            field.p[i] == '\n' || field.p[i] == '\r')
            needs_quotes = true;
    if (needs_quotes)
        text_byte(out, '"');
    if (is_formula)
        text_byte(out, '\'');
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"')
            text_byte(out, '"');
        text_byte(out, field.p[i]);
    }
    if (needs_quotes)
        text_byte(out, '"');
}

/* The whole file is checked once, here at the border, so that the fault can be told with its line. */
static enum status check_utf8(const char *name, struct str whole, struct err *e)
{
    int64_t line = 1;

    if (str_is_utf8(whole))
        return OK;
    while (whole.n > 0) {
        struct str this_line;
        struct str after;
        bool has_more = str_cut(whole, '\n', &this_line, &after);

        if (!str_is_utf8(this_line))
            break;
        if (!has_more)
            break;
        whole = after;
        line++;
    }
    return err_set(e, BAD_INPUT,
                   "%s:%" PRId64
                   ":1: not UTF-8 text (or a NUL byte in it); save the file as CSV in UTF-8 and try again",
                   name, line);
}

/* The header decides, the first line that is not empty: a semicolon in it outside quotes (as Swedish
 * spreadsheets write) makes the file semicolon-separated. */
static char guess_separator(struct str whole)
{
    bool is_quoted = false;
    size_t i = 0;

    while (i < whole.n && (whole.p[i] == '\r' || whole.p[i] == '\n'))
        i++;
    for (; i < whole.n && (is_quoted || whole.p[i] != '\n'); i++) {
        if (whole.p[i] == '"')
            is_quoted = !is_quoted;
        else if (whole.p[i] == foreign_separator && !is_quoted)
            return foreign_separator;
    }
    return ',';
}

static enum status row_read(struct csv *in, struct err *e)
{
    bool ends_row = false;

    in->n = 0;
    while (!ends_row) {
        if (in->n == CSV_MAX_FIELDS)
            return csv_fault(e, in, in->n, "more than %d fields in a row", CSV_MAX_FIELDS);
        TRY(field_read(in, &ends_row, e));
    }
    in->next_line++;
    return OK;
}

static enum status field_read(struct csv *in, bool *ends_row, struct err *e)
{
    struct str field = {in->rest.p, 0};

    if (in->rest.n > 0 && in->rest.p[0] == '"') {
        TRY(quoted_read(in, &field, e));
    } else {
        while (field.n < in->rest.n && in->rest.p[field.n] != in->separator && in->rest.p[field.n] != '\n')
            field.n++;
        in->rest = str_part(in->rest, field.n, in->rest.n);
        if (field.n > 0 && field.p[field.n - 1] == '\r')
            field.n--;
    }
    *ends_row = in->rest.n == 0 || in->rest.p[0] == '\n';
    in->rest = str_part(in->rest, 1, in->rest.n);
    in->fields[in->n++] = field;
    return OK;
}

/* Leaves `in->rest` at what ends the field: a separator, a line end or nothing. */
static enum status quoted_read(struct csv *in, struct str *field, struct err *e)
{
    struct text unquoted = text_open(in->arena);
    struct str rest = str_part(in->rest, 1, in->rest.n);
    struct str piece;

    for (;;) {
        if (!str_cut(rest, '"', &piece, &rest))
            return csv_fault(e, in, in->n, "a quote is opened and never closed");
        text_add(&unquoted, piece);
        for (size_t i = 0; i < piece.n; i++)
            in->next_line += piece.p[i] == '\n';
        if (rest.n == 0 || rest.p[0] != '"')
            break;
        text_byte(&unquoted, '"');
        rest = str_part(rest, 1, rest.n);
    }
    if (str_starts(rest, S("\r\n")))
        rest = str_part(rest, 1, rest.n);
    if (rest.n > 0 && rest.p[0] != in->separator && rest.p[0] != '\n')
        return csv_fault(e, in, in->n, "text after a closing quote, expected \"%c\" or a new line",
                         in->separator);
    in->rest = rest;
    *field = text_str(&unquoted);
    return OK;
}
