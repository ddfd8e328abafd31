/* Who came, by kind of actor: for those who may not see names. */
#ifndef LYKTA_SEMINAR_SEMINAR_STATISTICS_H
#define LYKTA_SEMINAR_SEMINAR_STATISTICS_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* A count as it may be shown: nobody, fewer than five, or about so many, rounded to the nearest five. A
 * rounded figure is never below five, so that no difference of two of them tells of a single person. */
struct seminar_figure {
    enum { SEMINAR_NONE, SEMINAR_FEW, SEMINAR_ABOUT } kind;
    int64_t about;
};

struct seminar_figure seminar_figure(int64_t count);

/* One kind of actor, over all seminars held, deleted lists among them. */
struct seminar_share {
    struct str actor;
    struct seminar_figure invited, signed_up, came;
};

/* In the order of the actors' codes, in `a`; `all` is the sum, rounded for itself. */
enum status seminar_statistics(struct db *db, struct arena *a, struct seminar_share **out, size_t *n,
                               struct seminar_share *all, struct err *e) MUST_USE;

#endif
