/* Seeded streams of random numbers for simulation: the same seed and name give the same numbers on every
 * machine. Never for keys: those come from libsodium. */
#ifndef LYKTA_BASE_RNG_H
#define LYKTA_BASE_RNG_H

#include <stdint.h>

/* xoshiro256** (Blackman & Vigna 2021, ACM TOMS 47, 36). Plain data: copy it to fork a stream. */
struct rng {
    uint64_t s[4];
};

/* The stream number `stream` of `seed`: one per block of work, so that threads never change a result. */
struct rng rng_open(uint64_t seed, uint64_t stream);

uint64_t rng_u64(struct rng *r);

/* Uniform on [0, 1) with 53 bits, and on (0, 1). */
double rng_unit(struct rng *r);
double rng_open_unit(struct rng *r);

/* Binomial(n, p): inversion where n min(p, 1-p) < 10, else Hoermann's BTRS (1993, J. Statist. Comput. Simul.
 * 46, 101-110). */
int64_t rng_binomial(struct rng *r, int64_t n, double p);

#endif
