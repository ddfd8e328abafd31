/* What has been answered since the server started: counts alone, for monitoring. What is not logged is not
 * counted: the moment a report was told could be read from a count that grows by one. */
#ifndef LYKTA_WEB_TALLY_H
#define LYKTA_WEB_TALLY_H

#include <stdatomic.h>
#include <stdint.h>

struct exchange;

enum tally_class {
    TALLY_PAGE, /* for everyone */
    TALLY_FORM,
    TALLY_PORTAL_PAGE, /* for who has signed in */
    TALLY_PORTAL_FORM,
    TALLY_FILE,  /* style, icon, pictures of the program's own */
    TALLY_OTHER, /* there is no such page */
    TALLY_CLASSES
};

enum { TALLY_STATUSES = 5 /* 1xx to 5xx */, TALLY_STEPS = 11 };

/* Upper bounds in milliseconds; what took longer than the last has a place of its own after them. */
extern const int64_t tally_step_ms[TALLY_STEPS];

/* All zero to begin with. */
struct tally {
    atomic_ullong answers[TALLY_CLASSES][TALLY_STATUSES];
    atomic_ullong took[TALLY_CLASSES][TALLY_STEPS + 1];
    atomic_ullong took_ms[TALLY_CLASSES]; /* in all */
};

/* Counts an answer of `http_status` to `x` that took `ms`. */
void tally_add(struct tally *t, const struct exchange *x, int http_status, int64_t ms);

/* All that is counted. */
uint64_t tally_answers(const struct tally *t);

#endif
