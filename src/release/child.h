/* Another program, given bytes and asked for bytes. */
#ifndef LYKTA_RELEASE_CHILD_H
#define LYKTA_RELEASE_CHILD_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

#include <stddef.h>

/* What is run: the program's name, looked for in PATH, and its arguments, ending with NULL. */
struct child {
    const char *const *arguments;
    struct str input;  /* its standard input */
    size_t most_bytes; /* of its standard output */
    int most_seconds;
    const char *how_to_get; /* what to do when it is not there, for the message */
};

/* Runs `c` to its end and appends what it wrote to `out`. It sees no files of ours but standard error, which
 * is thrown away. SYSTEM when it is not there, fails, writes too much or takes too long: it is then ended. */
enum status child_run(const struct child *c, struct text *out, struct err *e) MUST_USE;

#endif
