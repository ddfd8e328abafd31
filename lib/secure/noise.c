/* Noise for differential privacy. */
#include "secure/noise.h"

#include <math.h>
#include <sodium.h>
#include <stdbool.h>

/* A number of thousandths in a whole. */
enum { WHOLE = 1000 };

/* True with probability exp(-a / b), for 0 <= a <= b: the first of the events of chance a / (b k), k = 1, 2
 * .. that does not happen is an odd one. b is at most WHOLE * NOISE_MOST_TOUCHED, and k stays small. */
static bool happens_below_one(uint32_t a, uint32_t b)
{
    uint32_t k = 1;

    while (randombytes_uniform(b * k) < a)
        k++;
    return k % 2 == 1;
}

/* The discrete Laplace distribution of scale t / s, s = budget: a remainder below t, how often t goes into
 * it, and a sign; zero has one sign. */
int64_t noise_draw(const struct noise *noise)
{
    const uint32_t t = (uint32_t)(WHOLE * noise->touched);

    for (;;) {
        const uint32_t remainder = randombytes_uniform(t);

        if (!happens_below_one(remainder, t))
            continue;
        int64_t times = 0;
        while (happens_below_one(1, 1))
            times++;
        const int64_t size = (remainder + t * times) / (int64_t)noise->budget;
        const bool is_negative = randombytes_uniform(2) == 1;
        if (!is_negative || size > 0)
            return is_negative ? -size : size;
    }
}

double noise_sd(const struct noise *noise, size_t cities)
{
    if (noise->budget == 0)
        return 0.0;
    const double alpha = exp(-(double)noise->budget / (WHOLE * (double)noise->touched));

    return sqrt((double)cities * 2.0 * alpha) / (1.0 - alpha);
}
