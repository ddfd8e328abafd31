/* A process of a served city. The one that was started, which answers the pages, makes the others before it
 * has read anything; they end with it, and with nobody else: signals that are meant for all (Ctrl-C,
 * systemd's SIGTERM) are for it to act on. docs/security.md has the table of them. */
#ifndef LYKTA_PROCESS_PROCESS_H
#define LYKTA_PROCESS_PROCESS_H

#include "base/err.h"

#include <sys/types.h>

/* What a process is: its name in lists of processes, and what it does with its one descriptor, which is
 * PROCESS_SOCKET; it has no other but standard error. What `run` returns is its exit status. */
struct process {
    const char *name; /* 15 letters at most */
    int (*run)(void *context);
    void *context;
};

enum { PROCESS_SOCKET = 3 };

/* Makes it: *child runs `p` with `own` as its descriptor, and is killed when the thread that called ends.
 * `own` stays the caller's to close. Call it before there are threads. SYSTEM when there is no room for one.
 */
enum status process_start(const struct process *p, int own, pid_t *child, struct err *e) MUST_USE;

/* A pair of sockets that carries whole messages: end[0] and end[1]. */
enum status process_pair(int end[2], struct err *e) MUST_USE;

/* Waits for `child`, `most_ms` at most: then it is killed. Its wait status. */
int process_end(pid_t child, int most_ms);

#endif
