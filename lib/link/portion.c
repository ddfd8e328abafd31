/* Portions that processes divide, and that are kept. */
#include "link/portion.h"

#include "base/arena.h"
#include "base/text.h"
#include "link/compare_own.h"

#include <sodium.h>
#include <string.h>

enum { HASH_BYTES = 32, PAIR_BYTES = 12, FRAME_BYTES = PORTION_MARK_BYTES + HASH_BYTES };

/* The most that is exchanged at once. */
static const size_t piece_bytes = (size_t)1 << 30;

static void hash_of(unsigned char out[HASH_BYTES], const char *bytes, size_t n)
{
    crypto_generichash(out, HASH_BYTES, (const unsigned char *)bytes, n, NULL, 0);
}

static uint32_t number_at(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;

    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void put_number(struct text *out, uint32_t x)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        text_byte(out, (char)(x >> shift & 0xFF));
}

/* A machine that goes down may leave a file that was never whole: it is found again, as if it were not there.
 */
static bool is_whole(struct str kept)
{
    unsigned char hash[HASH_BYTES];

    if (kept.n < FRAME_BYTES || (kept.n - FRAME_BYTES) % PAIR_BYTES != 0)
        return false;
    hash_of(hash, kept.p, kept.n - HASH_BYTES);
    return memcmp(hash, kept.p + kept.n - HASH_BYTES, HASH_BYTES) == 0;
}

enum status portion_find(const struct portions *p, const char *name, struct arena *a,
                         struct record_pairs *out, bool *is_there, struct err *e)
{
    struct str kept = {NULL, 0};

    *is_there = false;
    if (!p || !p->find)
        return OK;
    TRY(p->find(p->context, name, a, &kept, e));
    if (!is_whole(kept))
        return OK;
    if (memcmp(kept.p, p->mark, PORTION_MARK_BYTES) != 0)
        return err_set(
            e, BAD_INPUT,
            "%s was kept of other lists or other settings: give a folder of its own for this linkage", name);
    out->n = (kept.n - FRAME_BYTES) / PAIR_BYTES;
    out->pair = arena_new(a, out->n, struct record_pair);
    for (size_t i = 0; i < out->n; i++) {
        const char *at = kept.p + PORTION_MARK_BYTES + i * PAIR_BYTES;

        out->pair[i] = (struct record_pair){number_at(at), number_at(at + 4), number_at(at + 8)};
    }
    *is_there = true;
    return OK;
}

enum status portion_keep(const struct portions *p, const char *name, const struct record_pairs *pairs,
                         struct err *e)
{
    unsigned char hash[HASH_BYTES];

    if (!p || !p->keep)
        return OK;
    struct arena *a = arena_open();
    struct text bytes = text_open(a);
    text_add(&bytes, (struct str){(const char *)p->mark, PORTION_MARK_BYTES});
    for (size_t i = 0; i < pairs->n; i++) {
        put_number(&bytes, pairs->pair[i].i);
        put_number(&bytes, pairs->pair[i].j);
        put_number(&bytes, pairs->pair[i].pattern);
    }
    hash_of(hash, bytes.p, bytes.n);
    text_add(&bytes, (struct str){(const char *)hash, HASH_BYTES});
    enum status s = p->keep(p->context, name, text_str(&bytes), e);
    arena_close(a);
    return s;
}

enum status portions_add(const struct portions *p, uint64_t *x, size_t n, struct err *e)
{
    if (!p || p->size == 1)
        return OK;
    struct arena *a = arena_open();
    uint64_t *all = arena_new(a, n * p->size, uint64_t);
    memcpy(all + n * p->rank, x, n * sizeof *x);
    enum status s = p->combine(p->context, all, n * p->size * sizeof *all, e);
    memset(x, 0, s == OK ? n * sizeof *x : 0);
    for (size_t i = 0; s == OK && i < n * p->size; i++)
        x[i % n] += all[i];
    arena_close(a);
    return s;
}

enum status portions_agree(const struct portions *p, void *bytes, size_t n, struct err *e)
{
    if (!p || p->size == 1)
        return OK;
    if (p->rank > 0)
        memset(bytes, 0, n);
    return p->combine(p->context, bytes, n, e);
}

/* Which of all pairs are this process's, and how many there are in all. */
static enum status place_of(const struct portions *p, size_t mine, size_t *first, size_t *all, struct err *e)
{
    struct arena *a = arena_open();
    uint64_t *n = arena_new(a, p->size, uint64_t);

    n[p->rank] = mine;
    enum status s = p->combine(p->context, n, p->size * sizeof *n, e);
    *first = *all = 0;
    for (size_t i = 0; s == OK && i < p->size; i++) {
        *first += i < p->rank ? (size_t)n[i] : 0;
        *all += (size_t)n[i];
    }
    arena_close(a);
    return s;
}

enum status portions_join(const struct portions *p, size_t most, struct arena *a, struct record_pairs *pairs,
                          struct err *e)
{
    bool is_shared = p && p->size > 1;
    size_t first = 0;
    size_t all = pairs->n;

    if (is_shared)
        TRY(place_of(p, pairs->n, &first, &all, e));
    if (all > most)
        return compare_refuse(most, e);
    if (!is_shared)
        return OK;
    struct record_pair *pair = arena_new(a, all, struct record_pair);
    if (pairs->n)
        memcpy(pair + first, pairs->pair, pairs->n * sizeof *pair);
    for (size_t at = 0, n = all * sizeof *pair; at < n; at += piece_bytes)
        TRY(p->combine(p->context, (char *)pair + at, n - at < piece_bytes ? n - at : piece_bytes, e));
    *pairs = (struct record_pairs){all, pair};
    return OK;
}
