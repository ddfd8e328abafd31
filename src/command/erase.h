/* Files that are not to be read again: overwritten where they lie, and removed. */
#ifndef LYKTA_COMMAND_ERASE_H
#define LYKTA_COMMAND_ERASE_H

#include "base/err.h"

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

enum { ERASE_HASH_BYTES = 32 };

/* What a file is before it is erased. */
struct erasable {
    const char *path; /* the caller's */
    int64_t bytes;
    unsigned char sha256[ERASE_HASH_BYTES];
    dev_t device;
    ino_t number;
    struct timespec changed;
};

/* Reads the file at `path` to its end. BAD_INPUT when it is no plain file that can be read and written, is a
 * symbolic link, or has another name (a hard link), which would be left. */
enum status erase_look(struct erasable *out, const char *path, struct err *e) MUST_USE;

/* Overwrites it with zeros, has the disk keep them, and removes its name. A disk that writes elsewhere
 * (flash, file systems that copy), a backup or a snapshot may keep the old bytes all the same. BAD_INPUT when
 * it is not the file that was looked at any more: it is left then; SYSTEM when it cannot be overwritten or
 * removed. */
enum status erase_file(const struct erasable *x, struct err *e) MUST_USE;

#endif
