/* The example city's breakfast seminar. */
#ifndef LYKTA_SEMINAR_SEMINAR_EXAMPLE_H
#define LYKTA_SEMINAR_SEMINAR_EXAMPLE_H

#include "base/err.h"
#include "store/audit.h"

struct arena;
struct city;

/* An open seminar three weeks after the day `who` acts, 8.30-10.30, with invented speakers. */
enum status seminar_example(const struct city *city, const struct who *who, struct arena *a,
                            struct err *e) MUST_USE;

#endif
