/* One estimate by several processes (ranks.h): each makes its part of the bootstrap's replicates. */
#ifndef LYKTA_COMMAND_ESTIMATE_SHARE_H
#define LYKTA_COMMAND_ESTIMATE_SHARE_H

#include "base/err.h"
#include "command/ranks.h"
#include "estimate/bootstrap.h"

#include <stdbool.h>

struct call;
struct estimate_options;

struct estimate_share {
    struct ranks ranks;
    struct bootstrap_share share;
};

/* Joins the other processes, if mpirun started several, and has *options share its replicates with them. It
 * must not move afterwards. USAGE where the call has nothing to share, or reads what one process alone gets.
 */
enum status estimate_share_begin(struct estimate_share *x, const struct call *call,
                                 struct estimate_options *options, struct err *e) MUST_USE;

/* True for the process that prints for all. */
bool estimate_share_prints(const struct estimate_options *options);

/* Leaves, after an estimate that ended with `s`, and with *e if it failed; the status of this process. */
enum status estimate_share_end(const struct estimate_share *x, enum status s, const struct err *e) MUST_USE;

#endif
