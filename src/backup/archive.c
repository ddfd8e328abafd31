/* Files one after the other. */
#include "backup/archive.h"

#include <string.h>

enum { KIND_BYTES = 1, LENGTH_BYTES = 2, SIZE_BYTES = 8, PIECE_BYTES = 64 * 1024 };
enum { SIZE_AT = KIND_BYTES + LENGTH_BYTES, HEAD_BYTES = SIZE_AT + SIZE_BYTES };

static const unsigned char kinds[] = {[ARCHIVE_FILE] = 'f', [ARCHIVE_FOLDER] = 'd', [ARCHIVE_END] = 'e'};

/* Names people give, in any script. A backslash is a slash elsewhere, and no file's name holds what moves a
 * terminal's cursor. */
static bool is_plain(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= ' ' && byte != 0x7f && byte != '\\' && byte != '/';
}

static bool part_is_valid(struct str part)
{
    if (part.n == 0 || str_is(part, ".") || str_is(part, ".."))
        return false;
    for (size_t i = 0; i < part.n; i++)
        if (!is_plain(part.p[i]))
            return false;
    return true;
}

bool archive_name_is_valid(struct str name)
{
    struct str rest = name;
    struct str part;

    if (name.n == 0 || name.n > ARCHIVE_NAME_BYTES || !str_is_utf8(name))
        return false;
    while (str_cut(rest, '/', &part, &rest))
        if (!part_is_valid(part))
            return false;
    return part_is_valid(part);
}

static void write_number(unsigned char *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        out[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
}

static uint64_t read_number(const unsigned char *in, size_t bytes)
{
    uint64_t value = 0;

    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | in[i];
    return value;
}

static enum status put_head(const struct sink *to, enum archive_kind kind, struct str name, uint64_t size,
                            struct err *e)
{
    unsigned char head[HEAD_BYTES] = {kinds[kind]};

    write_number(head + KIND_BYTES, name.n, LENGTH_BYTES);
    write_number(head + SIZE_AT, size, SIZE_BYTES);
    TRY(sink_put(to, (struct str){(const char *)head, sizeof head}, e));
    return sink_put(to, name, e);
}

static enum status put_named(const struct sink *to, enum archive_kind kind, struct str name, uint64_t size,
                             struct err *e)
{
    if (!archive_name_is_valid(name))
        return err_set(e, BAD_INPUT,
                       "%.*s: has a name that a backup cannot hold: UTF-8 of at most %d bytes, without "
                       "control characters and backslashes",
                       STR(name), (int)ARCHIVE_NAME_BYTES);
    return put_head(to, kind, name, size, e);
}

enum status archive_put(const struct sink *to, struct str name, uint64_t size, struct err *e)
{
    return put_named(to, ARCHIVE_FILE, name, size, e);
}

enum status archive_put_folder(const struct sink *to, struct str name, struct err *e)
{
    return put_named(to, ARCHIVE_FOLDER, name, 0, e);
}

enum status archive_put_end(const struct sink *to, uint64_t n, struct err *e)
{
    return put_head(to, ARCHIVE_END, S(""), n, e);
}

static bool kind_of(unsigned char byte, enum archive_kind *out)
{
    for (enum archive_kind kind = ARCHIVE_FILE; kind <= ARCHIVE_END; kind++)
        if (kinds[kind] == byte) {
            *out = kind;
            return true;
        }
    return false;
}

/* A name where there has to be one, no bytes where there are none. */
static bool is_sound(const struct archive_entry *entry, size_t n)
{
    if (entry->kind == ARCHIVE_END)
        return n == 0;
    return archive_name_is_valid((struct str){entry->name, n}) &&
           (entry->kind == ARCHIVE_FILE || entry->size == 0);
}

enum status archive_next(const struct source *from, struct archive_entry *out, struct err *e)
{
    unsigned char head[HEAD_BYTES];

    TRY(source_take(from, head, sizeof head, e));
    size_t n = (size_t)read_number(head + KIND_BYTES, LENGTH_BYTES);
    out->size = read_number(head + SIZE_AT, SIZE_BYTES);
    if (!kind_of(head[0], &out->kind) || n > ARCHIVE_NAME_BYTES)
        return err_set(e, BAD_INPUT, "%s: holds something that is neither a file nor a folder", from->name);
    TRY(source_take(from, out->name, n, e));
    out->name[n] = '\0';
    return is_sound(out, n)
               ? OK
               : err_set(e, BAD_INPUT, "%s: a name in it would lead out of the city's folder", from->name);
}

enum status archive_move(const struct source *from, uint64_t size, const struct sink *to, struct err *e)
{
    char piece[PIECE_BYTES];

    while (size > 0) {
        size_t n = size < sizeof piece ? (size_t)size : sizeof piece;

        TRY(source_take(from, piece, n, e));
        TRY(sink_put(to, (struct str){piece, n}, e));
        size -= n;
    }
    return OK;
}
