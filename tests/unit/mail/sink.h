/* The mail server of a test: sink.py as a child, and the letters it has taken. */
#ifndef LYKTA_TESTS_SINK_H
#define LYKTA_TESTS_SINK_H

#include "base/str.h"

#include <stddef.h>

#include <sys/types.h>

struct arena;

struct mail_sink {
    const char *folder;
    int port;
    pid_t pid;
    int input; /* closed: it ends */
};

/* Starts it on `folder` (made when it is not there) with the further arguments `more`, NULL-ended; NULL:
 * none. `port` 0 takes any. */
struct mail_sink sink_open(const char *folder, int port, const char *const *more, struct arena *a);
void sink_close(struct mail_sink *s);

/* How many letters it has taken, and letter `i` from 1 with its head. */
size_t sink_letters(const struct mail_sink *s);
struct str sink_letter(const struct mail_sink *s, size_t i, struct arena *a);

#endif
