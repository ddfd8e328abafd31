/* Invented cities that take part in a secure sum, step by step. */
#ifndef LYKTA_TESTS_CITIES_H
#define LYKTA_TESTS_CITIES_H

#include "secure/asking.h"
#include "secure/city.h"
#include "secure/county.h"

#include "../unit.h"

#define ALL UINT64_MAX

/* Cities are bits of a set, by place. */
struct cities {
    struct arena *a;
    struct key_pair county;
    struct key_pair *key;
    struct sum_round round;
    int64_t *figure; /* a row of the round's cells for each city */
    struct sum_part *part;
    struct letter *join, *figures, *reveal; /* by place; name is NULL where there is none */
    struct roster county_roster;
    struct roster *roster;                                /* each city's */
    struct letter opening, county_letter, *roster_letter; /* the round and the rosters, as they are sent */
    struct letter asking;
};

/* A new round of n cities; their figures are small counts that differ. */
void cities_open(struct cities *c, size_t n, size_t cells, struct arena *a);

/* The same of a round with noise. */
void cities_open_noisy(struct cities *c, size_t n, size_t cells, struct noise noise, struct arena *a);

/* The cities of `set` join, and get their rosters. */
void cities_join(struct cities *c, uint64_t set);

/* Those of `set` give their figures, and all are asked. */
void cities_give(struct cities *c, uint64_t set);

/* Those of `set` give the shares that are asked for. */
void cities_reveal(struct cities *c, uint64_t set);

/* Adds what has been gathered. */
enum status cities_add(const struct cities *c, struct sum_cell *out, struct err *e);

/* Are the sums those of the cities of `set`? */
void assert_sums(const struct cities *c, const struct sum_cell *sum, uint64_t set);

/* The letters of `all`[n] that there are, in a row. */
struct letter *cities_letters(const struct cities *c, const struct letter *all, size_t *n);

/* One step of city `i` alone. */
enum status step_give(struct cities *c, size_t i, struct text *out, const int64_t *figure, struct err *e);
enum status step_reveal(struct cities *c, size_t i, struct text *out, const struct letter *asking,
                        struct err *e);

/* A letter from what was written. */
struct letter letter_of(const struct text *t);

/* The letter as `by` would sign it with another body. */
struct letter letter_with_body(const struct letter *l, size_t from, struct str body,
                               const struct key_pair *by, struct arena *a);

#endif
