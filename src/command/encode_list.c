/* A list that is about to be encoded. */
#include "command/encode_list.h"

#include "base/arena.h"
#include "base/json.h"
#include "link/rows.h"

#include <inttypes.h>
#include <string.h>

enum { STREAM_MAX_BYTES = 256 << 20 };

static struct str from_windows(struct str bytes, struct arena *a);

enum status encode_list_open(struct encode_list *out, const char *path, bool is_windows, struct arena *secret,
                             struct err *e)
{
    *out = (struct encode_list){.path = strcmp(path, "-") == 0 ? "standard input" : path};
    if (strcmp(path, "-") == 0) {
        TRY(file_read(path, STREAM_MAX_BYTES, secret, &out->bytes, e));
    } else {
        TRY(file_map_open(&out->map, path, e));
        out->bytes = out->map.bytes;
    }
    if (is_windows)
        out->bytes = from_windows(out->bytes, secret);
    return OK;
}

void encode_list_close(struct encode_list *list)
{
    file_map_close(&list->map);
    list->bytes = S("");
}

/* Windows-1252 to UTF-8 (the Encoding Standard, index windows-1252): the bytes 0x80-0x9F have signs of their
 * own, all others are Unicode's first 256. */
static struct str from_windows(struct str bytes, struct arena *a)
{
    static const uint16_t signs[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                       0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    char *out = arena_alloc(a, bytes.n + 1, 3);
    size_t n = 0;

    for (size_t i = 0; i < bytes.n; i++) {
        unsigned c = (unsigned char)bytes.p[i];

        if (c >= 0x80 && c < 0xA0)
            c = signs[c - 0x80];
        if (c < 0x80) {
            out[n++] = (char)c;
        } else if (c < 0x800) {
            out[n++] = (char)(0xC0 | c >> 6);
            out[n++] = (char)(0x80 | (c & 0x3F));
        } else {
            out[n++] = (char)(0xE0 | c >> 12);
            out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
            out[n++] = (char)(0x80 | (c & 0x3F));
        }
    }
    return (struct str){out, n};
}

static void tell_lines(struct text *out, const struct field_account *f)
{
    for (size_t i = 0; i < f->rows; i++)
        text_format(out, "%s%" PRId64, i ? ", " : "lines ", f->row[i]);
    if (f->rows == INTAKE_ROWS_TOLD && f->odd + f->doubled > INTAKE_ROWS_TOLD)
        text_lit(out, ", ..");
}

static void tell_field(struct text *out, const struct intake *in, size_t i)
{
    const struct schema_field *f = &in->schema->field[i];
    const struct field_account *account = &in->account[i];
    struct str column = in->named[i];

    if (in->column[i] < 0) {
        text_format(out, "%-13s %-20.*s not in this file\n", field_kind_name(f->kind), STR(column));
        return;
    }
    text_format(out, "%-13s %-20.*s %8" PRId64 " %8" PRId64 " %8" PRId64 " %8" PRId64 "  ",
                field_kind_name(f->kind), STR(column), account->missing, account->odd, account->weak,
                account->doubled);
    tell_lines(out, account);
    text_byte(out, '\n');
}

void encode_preview(struct text *out, const struct rows *rows)
{
    const struct intake *in = &rows->intake;

    text_format(out, "%s: %zu people\n", in->in.name, rows->n);
    text_format(out, "%-13s %-20s %8s %8s %8s %8s\n", "field", "column", "missing", "odd", "weak", "two");
    for (size_t i = 0; i < in->schema->fields; i++)
        tell_field(out, in, i);
    text_format(out, "%" PRId64 " without any name, %" PRId64 " without a year of birth\n", in->nameless,
                in->undated);
    if (rows->doubles > 0)
        text_format(out, "%" PRId64 " say the same of a person as another row\n", rows->doubles);
    text_lit(out, "odd: not understood, taken as missing; weak: a year alone, an age, 1 January; two: a name "
                  "that looks like two people's\n");
}

static void put_field(struct json *j, const struct intake *in, size_t i)
{
    const struct field_account *f = &in->account[i];

    json_object_begin(j, NULL);
    json_str(j, "kind", str_of(field_kind_name(in->schema->field[i].kind)));
    json_str(j, "column", in->named[i]);
    json_bool(j, "is_in_file", in->column[i] >= 0);
    json_i64(j, "missing", f->missing);
    json_i64(j, "odd", f->odd);
    json_i64(j, "weak", f->weak);
    json_i64(j, "two_people", f->doubled);
    json_array_flat(j, "lines");
    for (size_t k = 0; k < f->rows; k++)
        json_i64(j, NULL, f->row[k]);
    json_array_end(j);
    json_object_end(j);
}

void encode_preview_json(struct text *out, const struct rows *rows)
{
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    json_str(&j, "status", S("read"));
    json_i64(&j, "people", (int64_t)rows->n);
    json_i64(&j, "nameless", rows->intake.nameless);
    json_i64(&j, "undated", rows->intake.undated);
    if (rows->doubles >= 0)
        json_i64(&j, "doubles", rows->doubles);
    else
        json_nothing(&j, "doubles");
    json_array_begin(&j, "fields");
    for (size_t i = 0; i < rows->intake.schema->fields; i++)
        put_field(&j, &rows->intake, i);
    json_array_end(&j);
    json_object_end(&j);
}
