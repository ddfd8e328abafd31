/* What the files of a gathering share. */
#ifndef LYKTA_GATHERING_GATHERING_KEYS_H
#define LYKTA_GATHERING_GATHERING_KEYS_H

#include "gathering/gathering.h"

struct linkage;

#define GATHERING_BIT(state) (UINT32_C(1) << (state))

/* The gathering of `round`, when its state is among the bits of `states`: else REFUSED. */
enum status gathering_in(struct db *db, int64_t round, uint32_t states, struct arena *a,
                         struct gathering *out, struct err *e) MUST_USE;

/* A change under way: what it is done with, and the gathering as it is found. */
struct gathering_taking {
    struct db *db;
    int64_t round;
    struct str bytes; /* what was handed in, or said */
    int64_t person;
    int64_t list;      /* that it is about, where it is not the person's own */
    struct str detail; /* for the audit line, in `arena`; empty: none */
    void *own;         /* what else the work needs, or tells */
    const struct who *who;
    struct arena *arena; /* this and the next are set by gathering_change */
    struct gathering g;
};

/* Does `work` in one change with its audit line: REFUSED when the gathering's state is not among `states`. */
enum status gathering_change(struct gathering_taking *x, const char *action, uint32_t states,
                             enum status (*work)(struct gathering_taking *x, struct err *e),
                             struct err *e) MUST_USE;

/* The lists of `g` by their names alone, as a linkage has them; in `a`. */
struct linkage *gathering_lists_named(const struct gathering *g, struct arena *a);

/* REFUSED in a ring, and for who keeps a list: what is done by who links. */
enum status gathering_check_linker(const struct gathering_taking *x, struct err *e) MUST_USE;

#endif
