/* What a served city does by itself: letters carried, reminders sent, what is due deleted. Each errand has a
 * thread and a database connection while it works, so that none waits for another's work; those that rest for
 * half a minute or more hand one on to each other, so that a city at rest has few. */
#ifndef LYKTA_STORE_ERRAND_H
#define LYKTA_STORE_ERRAND_H

#include "base/err.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct errand_board;
struct errands;
struct log;

/* What an errand is given each time it is done. */
struct errand_round {
    const struct city *city;
    struct db *db;       /* of this round: the next may have another, where the errand rests long */
    struct arena *arena; /* emptied after the round */
    void *kept;          /* as `open` made it; NULL without one */
};

/* `run` is called at once and then again `every_ms` after it has returned. A failure of it is logged, once
 * until it changes, and it is tried again: nothing an errand does is given up. An errand that keeps something
 * from round to round makes it in `open`, once, on its own thread's behalf; `stop` becomes true when the
 * program is to end: long work looks at it. `open` and `close` are both there or neither.
 *
 * Of several processes that serve one city, one does the errands: the first, and when it has ended another
 * (city_is_first). One that is no longer the first, since it has not reached the database for a while, closes
 * its errands, and what it still would change is refused (city_fence). Only what each must do for
 * itself is done by all. */
struct errand {
    const char *name; /* for the log */
    int64_t every_ms;
    enum status (*run)(const struct errand_round *round, struct err *e);
    enum status (*open)(const struct city *city, struct db *db, const atomic_bool *stop, void **kept,
                        struct err *e);
    void (*close)(void *kept);
    bool in_each_process;
};

/* Holds on to the claim, or waits for it. */
extern const struct errand claim_errand;

/* Where it is told how errands go; either may be NULL. */
struct errand_told {
    const struct log *log; /* failures */
    struct errand_board *board;
};

/* Opens the `n` errands and starts them; `to` may be NULL: nothing is told. The failure of an `open` is
 * passed on, and nothing is left running then; what another process does is opened when that has ended.
 * `city`, `table` and what `to` names outlive *out. */
enum status errands_open(const struct city *city, const struct errand *table, size_t n,
                         const struct errand_told *to, struct errands **out, struct err *e) MUST_USE;

/* Tells all to stop and waits for them. NULL is harmless. */
void errands_close(struct errands *all);

#endif
