/* Files one after the other, as a stream of bytes: what is inside a sealed backup.
 *
 *   a file      "f", 2 bytes length of the name, 8 bytes size (both big-endian), the name, the bytes
 *   a folder    "d", the same with size 0 and no bytes: it may have nothing in it
 *   the end     "e", 2 bytes 0, 8 bytes number of files and folders
 *
 * Names are paths inside a city: UTF-8, parts with "/" between, none of them empty, "." or "..", none with a
 * control character or a backslash. A name that could lead out of a folder is no name, neither when it is
 * written nor when it is read. */
#ifndef LYKTA_BACKUP_ARCHIVE_H
#define LYKTA_BACKUP_ARCHIVE_H

#include "base/err.h"
#include "base/str.h"
#include "base/stream.h"

#include <stdbool.h>
#include <stdint.h>

enum { ARCHIVE_NAME_BYTES = 512 };

bool archive_name_is_valid(struct str name);

enum archive_kind { ARCHIVE_FILE, ARCHIVE_FOLDER, ARCHIVE_END };

struct archive_entry {
    enum archive_kind kind;
    char name[ARCHIVE_NAME_BYTES + 1];
    uint64_t size; /* at the end: how many entries were before it */
};

/* Writes the head of a file, whose `size` bytes follow; a folder; and the end after `n` entries. BAD_INPUT
 * when the name is none. */
enum status archive_put(const struct sink *to, struct str name, uint64_t size, struct err *e) MUST_USE;
enum status archive_put_folder(const struct sink *to, struct str name, struct err *e) MUST_USE;
enum status archive_put_end(const struct sink *to, uint64_t n, struct err *e) MUST_USE;

/* Reads the next head. BAD_INPUT when it is cut short, or its name is none. */
enum status archive_next(const struct source *from, struct archive_entry *out, struct err *e) MUST_USE;

/* Moves exactly `size` bytes from `from` to `to`; BAD_INPUT when there are fewer. */
enum status archive_move(const struct source *from, uint64_t size, const struct sink *to,
                         struct err *e) MUST_USE;

#endif
