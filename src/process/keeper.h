/* The process that keeps the worker: makes it, and makes it anew whenever it ends by itself. The worker does
 * what a served city does without being asked: letters, reminders, deletions, backups, reports. It ends when
 * the city is no longer served, and then in order: what it has begun it brings to an end. */
#ifndef LYKTA_PROCESS_KEEPER_H
#define LYKTA_PROCESS_KEEPER_H

#include "base/err.h"
#include "process/process.h"

#include <stdbool.h>
#include <stdint.h>

struct keeper;
struct log;

/* How the worker is. */
struct keeper_state {
    bool is_up;
    int64_t starts; /* how often it was made: 1 when nothing has happened to it */
};

/* Makes the keeper, which waits. `worker` tells when it is ready, by keeper_ready, and then works until
 * keeper_is_over. */
enum status keeper_open(const struct process *worker, struct keeper **out, struct err *e) MUST_USE;

/* Has the worker made, and waits until it is ready; what it says instead is passed on, and it is not made
 * anew then. `log`, which may be NULL, says in which form its later ends are told. */
enum status keeper_begin(struct keeper *k, const struct log *log, struct err *e) MUST_USE;

/* Any thread may ask. */
struct keeper_state keeper_state(const struct keeper *k);

/* Is the keeper itself there? Without it no worker is made again. */
bool keeper_is_there(const struct keeper *k);

/* Ends the worker, in order when that takes no longer than half a minute, and the keeper. NULL is harmless.
 */
void keeper_close(struct keeper *k);

/* For the worker: it is ready (OK), or cannot begin, and ends, for the reason in `e`. */
void keeper_ready(enum status s, const struct err *e);

/* For the worker: waits until it is to end. */
void keeper_is_over(void);

#endif
