/* What the program does with rounds by itself: works out those that wait, publishes those that are approved
 * and due, writes to those a round waits for. One at a time, on a thread and a connection of its own, so that
 * no page waits for it. */
#ifndef LYKTA_PUBLISHING_ROUND_RUN_H
#define LYKTA_PUBLISHING_ROUND_RUN_H

#include "base/err.h"
#include "estimate/estimate.h"
#include "mapping/evidence.h"
#include "store/errand.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct city;
struct db;

struct round_runner {
    const struct city *city;
    struct db *db;
    int64_t (*now_at)(void);
    const atomic_bool *stop; /* NULL: never */
    struct estimate_options estimate;
    struct evidence_wanted wanted; /* of what figures rest on; the slow method never of an example's */
};

/* Lets wait again what ran when the program ended. */
enum status round_recover(const struct round_runner *w, struct err *e) MUST_USE;

/* Works out the round that has waited longest: estimates, protects, and attacks the draft alone and beside
 * every release. *has_run is false when none waits. What cannot be published is an answer, kept in the round.
 * SYSTEM when asked to stop: the round then waits again. */
enum status round_run_next(const struct round_runner *w, bool *has_run, struct err *e) MUST_USE;

/* Publishes the first that is approved and due. *has_published is false when none is. */
enum status round_publish_next(const struct round_runner *w, bool *has_published, struct err *e) MUST_USE;

/* All of it, every second. */
extern const struct errand publishing_errand;

#endif
