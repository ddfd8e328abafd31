/* Agencies whose lists go round: three list keepers with exponents of their own, and what each hands in. */
#ifndef LYKTA_TESTS_GATHERING_ROUND_H
#define LYKTA_TESTS_GATHERING_ROUND_H

#include "gathering/gathering_ring.h"
#include "link/ring.h"

enum { ROUND_AGENCIES = 3, ROUND_KEEPER = 3 /* the first keeper's number; handed_in.h */, ROUND_PEOPLE = 25 };

struct agencies {
    struct db *db;
    struct arena *arena;
    struct ring_secret secret[ROUND_AGENCIES];
};

/* A third list keeper beside the persons of handed_in.h, and the exponents; nothing is opened yet. */
void agencies_come(struct agencies *x, struct db *db, struct arena *a);

/* The names of the agencies' lists. */
extern const char *const agency_names[ROUND_AGENCIES];

/* The list of agency `i` as its agency has started it: `n` people, of whom the first ten are on everybody's
 * list. */
struct str started_list(const struct agencies *x, size_t i, size_t n);

/* The list of agency `of` as it lies in the portal, and raised by agency `by`. */
struct str waiting_list(const struct agencies *x, size_t of);
struct str raised_list(const struct agencies *x, size_t of, size_t by);

struct gathering found_ring(const struct agencies *x);

/* Agency `i` joins with ROUND_PEOPLE people; agency `by` raises the list of `of` and passes it on. */
enum gathering_ring_fault join(const struct agencies *x, size_t i, struct str file);
enum gathering_ring_fault pass_on(const struct agencies *x, size_t by, struct str file);

/* Opens the ring with two kinds of match keys; until the lists go round; until all have raised all. */
void open_ring(const struct agencies *x);
void let_go_round(const struct agencies *x);
void go_all_the_way(const struct agencies *x);

#endif
