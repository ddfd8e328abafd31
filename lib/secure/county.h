/* What whoever adds does in a secure sum: gathers the joins, tells whose figures have come, and adds.
 *
 * It learns the sum over the cities whose figures have come, how many of them have anybody in each cell, and
 * nothing else: docs/methods/secure-sum.md. Letters are given in any order. */
#ifndef LYKTA_SECURE_COUNTY_H
#define LYKTA_SECURE_COUNTY_H

#include "secure/roster.h"

/* The cities that have joined, by place, and what each has sealed to all. */
struct joins {
    size_t n;
    struct roster_row *row;
    const unsigned char **sealed;
};

/* Takes the joins of `letter`[n]; they are pointed into. BAD_INPUT when one is forged, replayed or of another
 * kind, or a city has joined twice; REFUSED when fewer have joined than round_needed. */
enum status county_joins(struct joins *out, const struct sum_round *r, const struct letter *letter, size_t n,
                         struct arena *a, struct err *e) MUST_USE;

/* The roster for the city at place `to`, or for the county itself. */
void county_roster(struct text *out, const struct sum_round *r, const struct joins *joins, size_t to,
                   const struct key_pair *county, struct arena *a);

/* Which cities of `roster` have sent figures among `letter`[n]: a byte of 0 or 1 for each row. Whatever is
 * wrong with one is BAD_INPUT; REFUSED when there are fewer than round_needed. */
enum status county_came(unsigned char *has_come, const struct sum_round *r, const struct roster *roster,
                        const struct letter *letter, size_t n, struct err *e) MUST_USE;

/* Is one city's letter by itself what county_came, or county_add, will take? For who carries letters, and
 * tells a city at once what is wrong. BAD_INPUT says it. */
enum status county_check_figures(const struct sum_round *r, const struct roster *roster,
                                 const struct letter *l, struct err *e) MUST_USE;
enum status county_check_reveal(const struct sum_round *r, const struct roster *roster,
                                const struct letter *asking, const struct letter *l, struct err *e) MUST_USE;

struct sum_cell {
    int64_t total;  /* over all cities whose figures have come; with noise it may be below 0 */
    int64_t cities; /* that have anybody in the cell; 0 in a round with noise, which does not tell */
};

/* What the county has at the end. */
struct gathered {
    const struct sum_round *round;
    const struct roster *roster; /* its own */
    struct letter asking;
    const struct letter *figures;
    size_t figures_n;
    const struct letter *reveal;
    size_t reveals_n;
};

struct sums {
    size_t came; /* cities that were added */
    struct sum_cell *cell;
};

/* The sums, in `a`. BAD_INPUT for whatever is wrong with a
 * letter: figures that are missing, came late or twice, shares for another asking. REFUSED when fewer cities
 * than round_shares_needed have given shares, when the shares do not give the scalars that cities have joined
 * with, or the sums are none that counts can have: somebody has sent something else than asked for. */
enum status county_add(struct sums *out, const struct gathered *x, struct arena *a, struct err *e) MUST_USE;

#endif
