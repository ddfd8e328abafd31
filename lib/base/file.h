/* Files whole or not at all. */
#ifndef LYKTA_BASE_FILE_H
#define LYKTA_BASE_FILE_H

#include "base/err.h"
#include "base/str.h"
#include "base/stream.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* The whole of the file at `path` ("-": standard input) into `a`. BAD_INPUT with the reason when it cannot be
 * read, is not a plain file or stream, or holds more than `limit_bytes` (told before it is read, where the
 * size is known).                    */
enum status file_read(const char *path, size_t limit_bytes, struct arena *a, struct str *out,
                      struct err *e) MUST_USE;

/* Writes `bytes` to `path` ("-": standard output): a temporary name in the same folder, fsync, rename, fsync
 * of the folder. `mode` as for open (0644, or 0600 for what is secret). SYSTEM with the reason when it
 * cannot; nothing is left behind then.   */
enum status file_write(const char *path, struct str bytes, unsigned mode, struct err *e) MUST_USE;

/* The same in pieces: a file that is being written, under its temporary name. */
struct file_out;

/* Begins to write `path` ("-": standard output); `mode` as for file_write. It lives in `a`. */
enum status file_begin(struct file_out **out, const char *path, unsigned mode, struct arena *a,
                       struct err *e) MUST_USE;

/* Where its bytes go. */
struct sink file_sink(struct file_out *f);

/* The name that the file `path` has while this process writes it, in `a`: for who must find it after the
 * process was killed. */
const char *file_temporary(const char *path, struct arena *a);

/* Ends it: the file is in its place and safe on disk. SYSTEM when it is not there, or is there whole and may
 * not outlive a power cut. */
enum status file_commit(struct file_out *f, struct err *e) MUST_USE;

/* Leaves nothing behind. Harmless after file_commit and for NULL. */
void file_abandon(struct file_out *f);

/* A file as one view of its bytes, which are read from the disk as they are looked at, and are never in the
 * swap or in a core file. An empty or unmapped one is harmless to close. */
struct file_map {
    struct str bytes;
};

/* BAD_INPUT when `path` is not a plain file that can be read. */
enum status file_map_open(struct file_map *out, const char *path, struct err *e) MUST_USE;
void file_map_close(struct file_map *m);

/* Makes the disk keep that the name `path` is in its folder, or no longer is: for a name that no function
 * here has given. SYSTEM when it may not outlive a power cut. */
enum status file_keep_name(const char *path, struct err *e) MUST_USE;

/* Makes the folder `path` and makes it durable; SYSTEM when it cannot, and nothing is left behind then;
 * BAD_INPUT when something is there already. */
enum status folder_make(const char *path, unsigned mode, struct err *e) MUST_USE;

/* Renames the finished folder `from` to `to` and makes the change durable; BAD_INPUT when `to` exists. What
 * cannot be made durable is `from` again. */
enum status folder_commit(const char *from, const char *to, struct err *e) MUST_USE;

/* Removes `path` and all that is in it; what is not there is not a fault. For temporary folders of our own.
 */
void folder_remove(const char *path);

#endif
