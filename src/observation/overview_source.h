/* Where a page's rounded figures of situations and signs come from. */
#ifndef LYKTA_OBSERVATION_OVERVIEW_SOURCE_H
#define LYKTA_OBSERVATION_OVERVIEW_SOURCE_H

#include "base/err.h"
#include "observation/overview.h"
#include "store/keys.h"

struct request;

/* The city of `r` with its key, read into *key: key_wipe it as soon as the figures are there. The day is that
 * of UTC, by which situations are counted: a month is not shown while the last of it can still be added to.
 * SYSTEM as key_read. */
enum status overview_source_open(const struct request *r, struct key *key, struct overview_source *out,
                                 struct err *e) MUST_USE;

#endif
