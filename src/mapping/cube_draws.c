/* Tables that a rounded table may have been rounded from. */
#include "mapping/cube_draws.h"

#include "base/arena.h"
#include "base/rng.h"
#include "estimate/counts_parts.h"
#include "mapping/cube_expect.h"
#include "mapping/two_list_draws.h"

#include <math.h>

enum { SWEEPS = 200 };

/* `moved` is by how many people a combination of lists is from what is shown: less than the base either way,
 * so one of `ways` = 2 base - 1 numbers, whose weights are added up in up_to[combination][ways]. */
struct sampler {
    const struct counts *shown;
    int64_t base;
    size_t ways;
    double *up_to;
    int64_t *moved;
    int64_t all;                       /* by how many all together */
    int64_t of_list[COUNTS_MAX_LISTS]; /* and those on each list */
    struct rng r;
};

/* The log of the weight of `people` where `shown` are shown; minus infinity where it is none. */
static double weigh(double people, double shown, double base, double mean)
{
    double chance = 1.0 - fabs(people - shown) / base;

    if (people < 0.0 || (people > 0.0 && mean <= 0.0))
        return -(double)INFINITY;
    return log(chance) + (people > 0.0 ? people * log(mean) : 0.0) - lgamma(people + 1.0);
}

static void add_up(const struct sampler *s, uint32_t mask, double mean)
{
    double *up_to = s->up_to + mask * s->ways;
    double shown = (double)s->shown->y[mask];
    double greatest = -(double)INFINITY;
    double sum = 0.0;

    for (size_t i = 0; i < s->ways; i++) {
        double people = shown + (double)i - (double)(s->base - 1);

        up_to[i] = weigh(people, shown, (double)s->base, mean);
        greatest = fmax(greatest, up_to[i]);
    }
    for (size_t i = 0; i < s->ways; i++)
        up_to[i] = sum += exp(up_to[i] - greatest);
}

static void open_sampler(struct sampler *s, const struct counts *shown, int64_t base, const struct rng *r,
                         struct arena *a)
{
    size_t combinations = (size_t)1 << shown->lists;
    double *mean = arena_new(a, combinations, double);

    *s = (struct sampler){.shown = shown, .base = base, .ways = (size_t)(2 * base - 1), .r = *r};
    s->up_to = arena_new(a, combinations * s->ways, double);
    s->moved = arena_new(a, combinations, int64_t);
    cube_expect(shown, base, mean);
    for (uint32_t mask = 1; mask < combinations; mask++)
        add_up(s, mask, mean[mask]);
}

/* Leaves between *least and *most what keeps a sum that is moved by `others` without the combination. */
static void narrow(const struct sampler *s, int64_t others, int64_t *least, int64_t *most)
{
    if (*least < 1 - s->base - others)
        *least = 1 - s->base - others;
    if (*most > s->base - 1 - others)
        *most = s->base - 1 - others;
}

static void move(struct sampler *s, uint32_t mask, int64_t to)
{
    int64_t by = to - s->moved[mask];

    s->all += by;
    for (size_t i = 0; i < s->shown->lists; i++)
        s->of_list[i] += mask >> i & 1U ? by : 0;
    s->moved[mask] = to;
}

/* Draws one combination anew, the others being as they are. Where it is now is always among the possible. */
static void draw(struct sampler *s, uint32_t mask)
{
    const double *up_to = s->up_to + mask * s->ways + (s->base - 1);
    int64_t now = s->moved[mask];
    int64_t least = 1 - s->base;
    int64_t most = s->base - 1;

    narrow(s, s->all - now, &least, &most);
    for (size_t i = 0; i < s->shown->lists; i++)
        if (mask >> i & 1U)
            narrow(s, s->of_list[i] - now, &least, &most);
    double below = least > 1 - s->base ? up_to[least - 1] : 0.0;
    double at = below + rng_unit(&s->r) * (up_to[most] - below);
    if (!(at < up_to[most]))
        return;
    while (up_to[least] <= at)
        least++;
    move(s, mask, least);
}

static void draw_by_sampler(const struct counts *shown, int64_t base, const struct rng *r, size_t n,
                            struct arena *a, struct counts *out)
{
    uint32_t combinations = UINT32_C(1) << shown->lists;
    uint32_t *people = arena_new(a, combinations, uint32_t);
    struct sampler s;

    open_sampler(&s, shown, base, r, a);
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < SWEEPS; i++)
            for (uint32_t mask = 1; mask < combinations; mask++)
                draw(&s, mask);
        for (uint32_t mask = 1; mask < combinations; mask++)
            people[mask] = (uint32_t)((int64_t)shown->y[mask] + s.moved[mask]);
        counts_of_people(&out[k], shown, people, a);
    }
}

/* The number of a table's own stream: by the hash of Fowler, Noll & Vo, a word at a time. */
static uint64_t number_of(const struct counts *shown)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (uint32_t mask = 1; mask >> shown->lists == 0; mask++)
        hash = (hash ^ shown->y[mask]) * UINT64_C(1099511628211);
    return hash;
}

void cube_draws(const struct counts *shown, const struct cube_rounding *how, uint64_t seed, size_t n,
                struct arena *a, struct counts *out)
{
    struct rng r = rng_open(seed, number_of(shown));

    if (shown->lists == 2)
        two_list_draws(shown, how, &r, n, a, out);
    else
        draw_by_sampler(shown, how->base, &r, n, a, out);
}
