/* What the files of a gathering share. */
#ifndef LYKTA_GATHERING_GATHERING_KEYS_H
#define LYKTA_GATHERING_GATHERING_KEYS_H

#include "gathering/gathering.h"

#define GATHERING_BIT(state) (UINT32_C(1) << (state))

/* The gathering of `round`, when its state is among the bits of `states`: else REFUSED. */
enum status gathering_in(struct db *db, int64_t round, uint32_t states, struct arena *a,
                         struct gathering *out, struct err *e) MUST_USE;

#endif
