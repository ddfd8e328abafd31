/* One linkage by several processes (ranks.h), and what they have compared kept in a folder (link/portion.h).
 */
#ifndef LYKTA_COMMAND_LINK_SHARE_H
#define LYKTA_COMMAND_LINK_SHARE_H

#include "base/err.h"
#include "command/ranks.h"
#include "link/portion.h"

struct link_share {
    struct ranks ranks;
    const char *folder; /* NULL: nothing is kept */
    struct portions portions;
};

/* Joins the other processes, if mpirun started several. It must not move afterwards. */
enum status link_share_begin(struct link_share *x, struct err *e) MUST_USE;

/* Keeps what is compared in `folder` (NULL: nowhere), which is made when it is not there, for its owner
 * alone. Says on standard error how much is there from before. */
enum status link_share_keep(struct link_share *x, const char *folder, struct err *e) MUST_USE;

/* Removes what was kept, and the folder when nothing else is in it: the results are written. */
void link_share_clear(const struct link_share *x);

/* Leaves the others, after a linkage that ended with `s`, and with *e if it failed. Returns what this process
 * ends with: lists that are refused are refused by all, and the first tells it. */
enum status link_share_end(const struct link_share *x, enum status s, const struct err *e);

#endif
