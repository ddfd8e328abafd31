/* What comes from outside the program: the clock and randomness. Passed in, so that a test sets the day. */
#ifndef LYKTA_PORTAL_OUTSIDE_H
#define LYKTA_PORTAL_OUTSIDE_H

#include <stddef.h>
#include <stdint.h>

struct outside {
    int64_t (*now_at)(const struct outside *self); /* seconds UTC */
    void (*random)(const struct outside *self, void *bytes, size_t n);
};

/* The machine's clock, and libsodium's random bytes. */
extern const struct outside outside_machine;

#endif
