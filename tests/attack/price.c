/* What hardening costs: how well two lists are still linked. */
#include "attacks.h"

#include "base/arena.h"
#include "link/similarity.h"

#include <stdlib.h>

enum { PEOPLE = 500, SHARED = 150 };

/* What a birth that is missing counts for: between that of two people and that of one. */
static const double missing = 0.55;

struct pair {
    double like;
    size_t a, b;
};

static int more_alike(const void *x, const void *y)
{
    const struct pair *a = x;
    const struct pair *b = y;

    if (a->like != b->like)
        return a->like < b->like ? 1 : -1;
    return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

static double likeness(const struct encodings *x, size_t i, const struct encodings *y, size_t k, size_t g,
                       int noise)
{
    const uint64_t *p = filter_of(x, g, i);
    const uint64_t *q = filter_of(y, g, k);
    unsigned common = 0;
    unsigned sum = 0;

    if (!(x->present[i] >> g & 1) || !(y->present[k] >> g & 1))
        return missing;
    for (size_t w = 0; w < x->group[g].bits / 64; w++) {
        common += (unsigned)__builtin_popcountll(p[w] & q[w]);
        sum += (unsigned)__builtin_popcountll(p[w]) + (unsigned)__builtin_popcountll(q[w]);
    }
    return similarity(common, sum, x->group[g].bits, noise);
}

double price_of(const char *profile, int noise, uint64_t seed, struct arena *a)
{
    struct encodings x = list_encode(profile, noise, seed, 0, 0, PEOPLE, a);
    struct encodings y = list_encode(profile, noise, seed, 1, PEOPLE - SHARED, PEOPLE, a);
    struct pair *pair = arena_new(a, PEOPLE * PEOPLE, struct pair);
    bool taken_a[PEOPLE] = {false};
    bool taken_b[PEOPLE] = {false};
    size_t said = 0;
    size_t right = 0;
    double best = 0.0;

    for (size_t i = 0; i < PEOPLE; i++)
        for (size_t k = 0; k < PEOPLE; k++) {
            double like = likeness(&x, i, &y, k, GROUP_NAMES, noise);

            if (x.groups > 1)
                like += likeness(&x, i, &y, k, GROUP_BIRTH, noise);
            pair[i * PEOPLE + k] = (struct pair){like, i, k};
        }
    qsort(pair, PEOPLE * PEOPLE, sizeof *pair, more_alike);
    for (size_t n = 0; n < PEOPLE * PEOPLE && said < PEOPLE; n++) {
        const struct pair *p = &pair[n];

        if (taken_a[p->a] || taken_b[p->b])
            continue;
        taken_a[p->a] = taken_b[p->b] = true;
        said++;
        right += p->a == p->b + PEOPLE - SHARED;
        double f = 2.0 * (double)right / (double)(said + SHARED);
        best = f > best ? f : best;
    }
    return best;
}
