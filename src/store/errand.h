/* What a served city does by itself: letters carried, reminders sent, what is due deleted. Each errand has a
 * thread and a database connection of its own, so that none waits for another. */
#ifndef LYKTA_STORE_ERRAND_H
#define LYKTA_STORE_ERRAND_H

#include "base/err.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct city;
struct db;
struct errands;

/* `open` prepares on the errand's own thread's behalf, once; `run` is called at once and then again
 * `every_ms` after it has returned. A failure of `run` is logged, once until it changes, and it is tried
 * again: nothing an errand does is given up. `stop` becomes true when the program is to end: long work looks
 * at it. */
struct errand {
    const char *name; /* for the log */
    int64_t every_ms;
    enum status (*open)(const struct city *city, struct db *db, const atomic_bool *stop, void **kept,
                        struct err *e);
    enum status (*run)(void *kept, struct err *e);
    void (*close)(void *kept);
};

/* Opens the `n` errands and starts them. The failure of an `open` is passed on, and nothing is left running
 * then. `city` and `table` outlive *out. */
enum status errands_open(const struct city *city, const struct errand *table, size_t n, struct errands **out,
                         struct err *e) MUST_USE;

/* Tells all to stop and waits for them. NULL is harmless. */
void errands_close(struct errands *all);

#endif
