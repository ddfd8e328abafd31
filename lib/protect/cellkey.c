/* Cell keys. */
#include "protect/cellkey.h"

#include "base/arena.h"

#include <sodium.h>

uint32_t cellkey_record(const unsigned char *secret, struct str pseudonym)
{
    crypto_auth_hmacsha256_state state;
    unsigned char mac[crypto_auth_hmacsha256_BYTES];

    crypto_auth_hmacsha256_init(&state, secret, CELLKEY_SECRET_BYTES);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)pseudonym.p, pseudonym.n);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)"rk", 2);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_memzero(&state, sizeof state);
    return (uint32_t)mac[0] << 24 | (uint32_t)mac[1] << 16 | (uint32_t)mac[2] << 8 | mac[3];
}

/* The counts that can be shown as `shown`: those that some move takes there. */
static void interval_of(const struct ptable *p, int64_t shown, int64_t *lo, int64_t *hi)
{
    int64_t most = p->most;

    *lo = shown;
    *hi = shown;
    for (int64_t n = shown > most ? shown - most : 0; n <= shown + most; n++) {
        const double *row = p->p[n < p->rows ? n : p->rows];
        bool can_be = n == 0 ? shown == 0 : row[most + shown - n] > 0;

        *lo = can_be && n < *lo ? n : *lo;
        *hi = can_be && n > *hi ? n : *hi;
    }
}

struct published cellkey_move(const struct table *t, const int64_t *key, const struct ptable *p,
                              struct arena *a)
{
    size_t published = t->shape.published;
    int64_t *n = arena_new(a, published, int64_t);
    int64_t *lo = arena_new(a, published, int64_t);
    int64_t *hi = arena_new(a, published, int64_t);
    int64_t *sum = arena_new(a, published, int64_t);

    table_sum(&t->shape, t->count, n);
    table_sum(&t->shape, key, sum);
    for (size_t cell = 0; cell < published; cell++) {
        n[cell] += ptable_move(p, n[cell], (uint32_t)sum[cell]);
        if (t->shape.parts[cell] > 0)
            interval_of(p, n[cell], &lo[cell], &hi[cell]);
    }
    return (struct published){.shape = t->shape, .n = n, .lo = lo, .hi = hi};
}
