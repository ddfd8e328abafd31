/* A list that is about to be encoded, as `lykta encode` takes it from the command line. */
#ifndef LYKTA_COMMAND_ENCODE_LIST_H
#define LYKTA_COMMAND_ENCODE_LIST_H

#include "base/file.h"
#include "command/command.h"

struct rows;

/* A list's bytes: of a file that is looked at on the disk, or of standard input, in secret memory. */
struct encode_list {
    const char *path;
    struct file_map map;
    struct str bytes;
};

/* Opens `path` ("-": standard input), as UTF-8 or, with `is_windows` set, as Windows-1252. `secret` is a
 * secret arena. The caller closes it. */
enum status encode_list_open(struct encode_list *out, const char *path, bool is_windows, struct arena *secret,
                             struct err *e) MUST_USE;
void encode_list_close(struct encode_list *list);

/* What the list is like: for each field how many are missing, odd or weak, with the numbers of the first odd
 * lines, and nothing of what stands there. */
void encode_preview(struct text *out, const struct rows *rows);
void encode_preview_json(struct text *out, const struct rows *rows);

/* Encodes as clkhash does, by a schema of its version 3: the people in the order of the list. */
enum status encode_as_clkhash(const struct call *call, struct str schema, const struct encode_list *list,
                              struct arena *secret, struct err *e) MUST_USE;

#endif
