/* Seeded streams of random numbers. */
#include "base/rng.h"

#include <math.h>

static int64_t binomial_by_inversion(struct rng *r, int64_t n, double p);
static int64_t binomial_by_rejection(struct rng *r, int64_t n, double p);

/* SplitMix64 (Steele, Lea & Flood 2014): spreads a seed and a stream number over the whole state. */
static uint64_t spread(uint64_t *x)
{
    uint64_t z = *x += 0x9E3779B97F4A7C15U;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

struct rng rng_open(uint64_t seed, uint64_t stream)
{
    struct rng r;
    uint64_t x = seed;
    uint64_t mixed = spread(&x) ^ (stream * 0xD1342543DE82EF95U + 1);

    for (int i = 0; i < 4; i++)
        r.s[i] = spread(&mixed);
    return r;
}

static uint64_t rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

uint64_t rng_u64(struct rng *r)
{
    uint64_t result = rotate(r->s[1] * 5, 7) * 9;
    uint64_t t = r->s[1] << 17;

    r->s[2] ^= r->s[0];
    r->s[3] ^= r->s[1];
    r->s[1] ^= r->s[2];
    r->s[0] ^= r->s[3];
    r->s[2] ^= t;
    r->s[3] = rotate(r->s[3], 45);
    return result;
}

double rng_unit(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) * 0x1p-53;
}

double rng_open_unit(struct rng *r)
{
    return ((double)(rng_u64(r) >> 12) + 0.5) * 0x1p-52;
}

int64_t rng_binomial(struct rng *r, int64_t n, double p)
{
    if (n <= 0 || p <= 0.0)
        return 0;
    if (p >= 1.0)
        return n;
    if (p > 0.5)
        return n - rng_binomial(r, n, 1.0 - p);
    return (double)n * p < 10.0 ? binomial_by_inversion(r, n, p) : binomial_by_rejection(r, n, p);
}

static int64_t binomial_by_inversion(struct rng *r, int64_t n, double p)
{
    double u = rng_unit(r);

    /* (1 - p)^n is at least 1 - np: most draws with a small mean need no more. */
    if (u < 1.0 - (double)n * p)
        return 0;
    double odds = p / (1.0 - p);
    double mass = exp((double)n * log1p(-p));
    int64_t k = 0;
    while (u > mass && k < n) {
        u -= mass;
        mass *= odds * (double)(n - k) / (double)(k + 1);
        k++;
    }
    return k;
}

/* What Stirling's formula leaves out of log k!: table for small k, series beyond. */
static double stirling_rest(double k)
{
    static const double table[] = {
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.0207906721037650,  0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287};

    if (k < 9.5)
        return table[(int)k];
    double k1 = k + 1.0;
    double square = k1 * k1;
    return (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / k1;
}

static int64_t binomial_by_rejection(struct rng *r, int64_t n, double p)
{
    double count = (double)n;
    double spread_np = sqrt(count * p * (1.0 - p));
    double b = 1.15 + 2.53 * spread_np;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double c = count * p + 0.5;
    double v_r = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * spread_np;
    double odds = p / (1.0 - p);
    double mode = floor((count + 1.0) * p);

    for (;;) {
        double u = rng_unit(r) - 0.5;
        double v = rng_open_unit(r);
        double us = 0.5 - fabs(u);
        double k = floor((2.0 * a / us + b) * u + c);

        if (us >= 0.07 && v <= v_r)
            return (int64_t)k;
        if (k < 0.0 || k > count)
            continue;
        v = log(v * alpha / (a / (us * us) + b));
        double bound = (mode + 0.5) * log((mode + 1.0) / (odds * (count - mode + 1.0))) +
                       stirling_rest(mode) + stirling_rest(count - mode);
        bound += (count + 1.0) * log((count - mode + 1.0) / (count - k + 1.0)) +
                 (k + 0.5) * log((count - k + 1.0) * odds / (k + 1.0)) - stirling_rest(k) -
                 stirling_rest(count - k);
        if (v <= bound)
            return (int64_t)k;
    }
}
