/* What a check has found: what was looked at, how it is, and what to do when it is not as it should be. */
#ifndef LYKTA_CHECK_FINDING_H
#define LYKTA_CHECK_FINDING_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct finding {
    const char *what; /* "disk" */
    struct str is;    /* how it is, and where */
    struct str act;   /* what to do; empty: nothing */
};

/* In the order they were found. */
struct findings {
    struct arena *arena; /* holds their texts */
    size_t n, room;
    struct finding *finding;
};

struct findings findings_open(struct arena *a);

/* Something that is as it should be. */
void find_good(struct findings *f, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Something to see to; `act` says how. */
void find_fault(struct findings *f, const char *what, struct str act, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* How many there are to see to. */
size_t findings_faults(const struct findings *f);

#endif
