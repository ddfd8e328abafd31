/* What every split must hold: any needed shares, in any order, give the secret back; fewer do not; one
 * altered share gives another secret. */
#include "seal/shamir.h"

#include "../unit/unit.h"

#include "base/rng.h"

#include <string.h>

struct made {
    size_t needed;
    size_t shares;
    unsigned char secret[SHAMIR_BYTES];
    struct shamir_share share[SHAMIR_MOST];
};

static void fill(struct rng *r, unsigned char *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)rng_u64(r);
}

static struct made make(struct rng *r)
{
    struct made m = {.shares = 2 + rng_u64(r) % (SHAMIR_MOST - 1)};
    unsigned char random[(SHAMIR_MOST - 1) * SHAMIR_BYTES];
    struct err e = {0};

    m.needed = 2 + rng_u64(r) % (m.shares - 1);
    fill(r, m.secret, sizeof m.secret);
    fill(r, random, sizeof random);
    assert_int_equal(shamir_split(m.secret, m.needed, m.shares, random, m.share, &e), OK);
    return m;
}

static void shuffle(struct rng *r, struct made *m)
{
    for (size_t i = m->shares - 1; i > 0; i--) {
        size_t j = rng_u64(r) % (i + 1);
        struct shamir_share kept = m->share[i];

        m->share[i] = m->share[j];
        m->share[j] = kept;
    }
}

static void check(uint64_t seed)
{
    struct rng r = rng_open(20261125, seed);
    struct made m = make(&r);
    unsigned char joined[SHAMIR_BYTES];
    struct err e = {0};

    shuffle(&r, &m);
    size_t enough = m.needed + rng_u64(&r) % (m.shares - m.needed + 1);
    if (shamir_join(m.share, enough, joined, &e) != OK || memcmp(joined, m.secret, SHAMIR_BYTES) != 0)
        fail_msg("seed %llu: %zu of %zu shares do not give the secret", (unsigned long long)seed, enough,
                 m.shares);
    if (shamir_join(m.share, m.needed - 1, joined, &e) != OK || memcmp(joined, m.secret, SHAMIR_BYTES) == 0)
        fail_msg("seed %llu: too few shares give the secret", (unsigned long long)seed);
    m.share[0].y[rng_u64(&r) % SHAMIR_BYTES] ^= (unsigned char)(1 + rng_u64(&r) % 255);
    if (shamir_join(m.share, m.needed, joined, &e) != OK || memcmp(joined, m.secret, SHAMIR_BYTES) == 0)
        fail_msg("seed %llu: an altered share gives the secret", (unsigned long long)seed);
}

static void every_split_holds(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 3000; seed++)
        check(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_split_holds)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
