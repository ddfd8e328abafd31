/* How many people are to be expected on each combination of lists. */
#include "mapping/cube_expect.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 60 };

/* People by which of two lists they are on. */
enum { NEITHER, FIRST, SECOND, BOTH, WAYS };

static size_t way(uint32_t mask, size_t first, size_t second)
{
    return (mask >> first & 1U) + 2 * (mask >> second & 1U);
}

static void pair_of(const struct counts *shown, size_t first, size_t second, double people[WAYS])
{
    memset(people, 0, WAYS * sizeof *people);
    for (uint32_t mask = 1; mask >> shown->lists == 0; mask++)
        people[way(mask, first, second)] += (double)shown->y[mask];
}

/* How many are on both of two lists, for each two people of whom one is on the one and one on the other. */
static double sharing(const struct counts *shown)
{
    double both = 0.0;
    double could = 0.0;

    for (size_t i = 0; i < shown->lists; i++)
        for (size_t j = i + 1; j < shown->lists; j++) {
            double pair[WAYS];

            pair_of(shown, i, j, pair);
            both += pair[BOTH];
            could += (pair[FIRST] + pair[BOTH]) * (pair[SECOND] + pair[BOTH]);
        }
    return could > 0.0 ? both / could : 0.0;
}

/* Makes the means of one pair of lists those that are wanted; `hidden` is wanted at most where nobody is
 * shown. */
static void fit_pair(const struct counts *shown, size_t first, size_t second, double share, double hidden,
                     double *mean)
{
    double wanted[WAYS];
    double now[WAYS] = {0.0};

    pair_of(shown, first, second, wanted);
    if (wanted[BOTH] <= 0.0)
        wanted[BOTH] = fmin(hidden, share * wanted[FIRST] * wanted[SECOND]);
    for (uint32_t mask = 1; mask >> shown->lists == 0; mask++)
        now[way(mask, first, second)] += mean[mask];
    for (uint32_t mask = 1; mask >> shown->lists == 0; mask++) {
        size_t w = way(mask, first, second);

        mean[mask] *= now[w] > 0.0 ? wanted[w] / now[w] : 0.0;
    }
}

void cube_expect(const struct counts *shown, int64_t base, double *mean)
{
    double hidden = (double)(base - 1) / 2.0;
    double share = sharing(shown);

    for (uint32_t mask = 1; mask >> shown->lists == 0; mask++)
        mean[mask] = 1.0;
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < shown->lists; i++)
            for (size_t j = i + 1; j < shown->lists; j++)
                fit_pair(shown, i, j, share, hidden, mean);
}
