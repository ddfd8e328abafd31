/* A programme with its lead and a study that was granted, and results to hand in for it. */
#ifndef LYKTA_TESTS_HANDED_H
#define LYKTA_TESTS_HANDED_H

#include "results/results.h"
#include "store/audit.h"

#include <stdint.h>

enum { HANDED_NOON = 1785924000 /* 5 August 2026 */, HANDED_DAY = 86400, HANDED_LEAD = 1, HANDED_STUDY = 1 };

extern const struct who handed_who;

int handed_begin(void **state);
int handed_end(void **state);

struct city *handed_city(void **state);
struct arena *handed_arena(void **state);

/* The study's link. */
struct str handed_token(void);

/* Whole results in Swedish. */
struct results handed_results(void);

enum status handed_in(void **state, const struct results *x, struct err *e);

struct study handed_study(void **state);
struct results handed_found(void **state);

/* The one number of `sql`. */
int64_t handed_count(void **state, const char *sql);
void handed_run(void **state, const char *sql);

#endif
