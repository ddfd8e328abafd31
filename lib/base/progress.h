/* How far long work has come, and whether it should stop. */
#ifndef LYKTA_BASE_PROGRESS_H
#define LYKTA_BASE_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* `show` is called with `context` at most once per percent, from any thread but one at a time; NULL shows
 * nothing.
 * `stop` points to the process's signal flag, set by the handler of SIGINT and SIGTERM; NULL never stops. */
struct progress {
    const char *what;
    int64_t steps;
    atomic_llong done;
    atomic_int shown_percent;
    atomic_flag is_showing;
    const volatile atomic_bool *stop;
    void (*show)(void *context, const char *what, int percent);
    void *context;
};

/* Begins a piece of work of `steps` steps named `what` ("bootstrap"), which must outlive it. NULL `p` is
 * harmless everywhere. */
void progress_begin(struct progress *p, const char *what, int64_t steps);
void progress_step(struct progress *p, int64_t steps);
bool progress_should_stop(const struct progress *p);

#endif
