/* Another program, given bytes and asked for bytes. */
#ifndef LYKTA_CHILD_CHILD_H
#define LYKTA_CHILD_CHILD_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What is run: the program's name, looked for in PATH unless it is a path, and its arguments, ending with
 * NULL. */
struct child {
    const char *const *arguments;
    struct str input;  /* its standard input */
    size_t most_bytes; /* of its standard output */
    int most_seconds;
    const char *how_to_get; /* what to do when it is not there, for the message */
    bool is_judge;          /* that it fails is an answer about its input, and not a fault of the machine */
};

/* Where the program `name` of ours stands: beside the running one, where it is built, else in the folder
 * `installed`; in `a`. SYSTEM when it is in neither. */
enum status child_find(const char *name, const char *installed, struct arena *a, const char **path,
                       struct err *e) MUST_USE;

/* The folder that the running program stands in, ending with /, in `a`; NULL where the system does not say.
 */
const char *child_folder(struct arena *a);

/* Runs `c` to its end and appends what it wrote to `out`. It sees no files of ours but standard error, which
 * is thrown away. SYSTEM when it is not there, fails, writes too much or takes too long: it is then ended. Of
 * a judge all but the first is REFUSED. In a served city another process starts it (start.h). */
enum status child_run(const struct child *c, struct text *out, struct err *e) MUST_USE;

#endif
