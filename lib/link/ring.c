/* Lists compared without any holder of a key: raising, shuffling, and proving it. */
#include "link/ring.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"

#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64, WIDE = crypto_core_ristretto255_NONREDUCEDSCALARBYTES };

static const unsigned char nobody[RING_POINT] = {0};

static bool is_missing(const unsigned char *point)
{
    return memcmp(point, nobody, RING_POINT) == 0;
}

void ring_list_new(struct ring_list *out, const struct schema *schema, struct str list, unsigned kinds,
                   size_t n, struct arena *a)
{
    *out = (struct ring_list){
        .project = schema->project, .round = schema->round, .list = list, .kinds = kinds, .n = n};
    out->width = (size_t)__builtin_popcount(kinds);
    memcpy(out->schema_hash, schema->hash, sizeof out->schema_hash);
    out->point = arena_alloc(a, n * out->width, RING_POINT);
}

void ring_secret_new(struct ring_secret *out)
{
    crypto_core_ristretto255_scalar_random(out->scalar);
    (void)crypto_scalarmult_ristretto255_base(out->open, out->scalar);
}

/* An element and the row it stands in. */
struct seen {
    unsigned char point[RING_POINT];
    size_t row;
};

static int compare_seen(const void *a, const void *b)
{
    const struct seen *x = a;
    const struct seen *y = b;
    int order = memcmp(x->point, y->point, RING_POINT);

    return order ? order : (x->row > y->row) - (x->row < y->row);
}

size_t ring_dedupe(struct ring_list *x, struct arena *a)
{
    struct seen *seen = arena_new(a, x->n, struct seen);
    bool *is_double = arena_new(a, x->n, bool);
    size_t row_bytes = x->width * RING_POINT;
    size_t kept = 0;
    size_t column = 0;

    for (int k = 0; k <= RING_NAMES_DATE; k++) {
        if (!(x->kinds >> k & 1U))
            continue;
        for (size_t i = 0; i < x->n; i++) {
            memcpy(seen[i].point, x->point + i * row_bytes + column * RING_POINT, RING_POINT);
            seen[i].row = i;
        }
        qsort(seen, x->n, sizeof *seen, compare_seen);
        for (size_t i = 1; i < x->n; i++)
            if (!is_missing(seen[i].point) && memcmp(seen[i].point, seen[i - 1].point, RING_POINT) == 0)
                is_double[seen[i].row] = true;
        column++;
    }
    for (size_t i = 0; i < x->n; i++)
        if (!is_double[i])
            memmove(x->point + kept++ * row_bytes, x->point + i * row_bytes, row_bytes);
    size_t left_out = x->n - kept;
    x->n = kept;
    return left_out;
}

void ring_shuffle(struct ring_list *x, struct arena *a)
{
    size_t row_bytes = x->width * RING_POINT;
    unsigned char *spare = arena_new(a, row_bytes, unsigned char);

    for (size_t i = x->n; i > 1; i--) {
        unsigned char *last = x->point + (i - 1) * row_bytes;
        unsigned char *other = x->point + randombytes_uniform((uint32_t)i) * row_bytes;

        memcpy(spare, last, row_bytes);
        memmove(last, other, row_bytes);
        memcpy(other, spare, row_bytes);
    }
}

struct raising {
    struct ring_list *list;
    const struct ring_secret *secret;
    atomic_bool is_bad;
};

static void raise_block(void *work, size_t block)
{
    struct raising *r = work;
    size_t points = r->list->n * r->list->width;
    size_t end = (block + 1) * BLOCK < points ? (block + 1) * BLOCK : points;
    unsigned char raised[RING_POINT];

    for (size_t i = block * BLOCK; i < end; i++) {
        unsigned char *point = r->list->point + i * RING_POINT;

        if (is_missing(point))
            continue;
        if (crypto_scalarmult_ristretto255(raised, r->secret->scalar, point) != 0)
            atomic_store(&r->is_bad, true);
        else
            memcpy(point, raised, sizeof raised);
    }
}

enum status ring_raise(struct ring_list *x, const struct ring_secret *secret, struct arena *a,
                       struct progress *p, struct err *e)
{
    size_t points = x->n * x->width;
    struct ring_list copy = *x;
    struct raising work = {.list = &copy, .secret = secret};

    for (size_t i = 0; i < x->passed; i++)
        if (memcmp(x->by[i], secret->open, RING_POINT) == 0)
            return err_set(e, REFUSED, "the list \"%.*s\" has been raised by this agency before",
                           STR(x->list));
    if (x->passed == RING_MAX_AGENCIES)
        return err_set(e, REFUSED, "the list \"%.*s\" has been raised by %d agencies, the most there can be",
                       STR(x->list), RING_MAX_AGENCIES);
    copy.point = arena_alloc(a, points, RING_POINT);
    if (points > 0)
        memcpy(copy.point, x->point, points * RING_POINT);
    progress_begin(p, "raising", (int64_t)((points + BLOCK - 1) / BLOCK));
    if (!parallel_for((points + BLOCK - 1) / BLOCK, 0, raise_block, &work, p))
        return err_set(e, SYSTEM, "stopped; nothing was written");
    if (atomic_load(&work.is_bad))
        return err_set(e, BAD_INPUT, "the list \"%.*s\" has an element that is none of the group",
                       STR(x->list));
    memcpy(copy.by[copy.passed++], secret->open, RING_POINT);
    *x = copy;
    return OK;
}

/* A scalar from a hash of the parts. */
static void hash_scalar(unsigned char out[RING_POINT], const char *purpose, const struct str *part,
                        size_t parts)
{
    unsigned char wide[WIDE];
    crypto_generichash_state state;

    crypto_generichash_init(&state, (const unsigned char *)purpose, strlen(purpose), sizeof wide);
    for (size_t i = 0; i < parts; i++)
        crypto_generichash_update(&state, (const unsigned char *)part[i].p, part[i].n);
    crypto_generichash_final(&state, wide, sizeof wide);
    crypto_core_ristretto255_scalar_reduce(out, wide);
}

static struct str point_str(const unsigned char *point)
{
    return (struct str){(const char *)point, RING_POINT};
}

/* The hash of what a proof is about: both lists' elements and the public key. */
static void statement_of(unsigned char out[RING_POINT], const unsigned char *open,
                         const struct ring_list *before, const struct ring_list *after)
{
    const struct str part[] = {point_str(open),
                               {(const char *)before->point, before->n * before->width * RING_POINT},
                               {(const char *)after->point, after->n * after->width * RING_POINT}};

    hash_scalar(out, "lykta/ring/statement/v1", part, 3);
}

/* Adds `factor` times `point` to `sum`. */
static void add_times(unsigned char sum[RING_POINT], const unsigned char *factor, const unsigned char *point)
{
    unsigned char product[RING_POINT];

    if (crypto_scalarmult_ristretto255(product, factor, point) == 0)
        (void)crypto_core_ristretto255_add(sum, sum, product);
}

/* The sums of all elements before and after, each with a coefficient that the statement decides: one proof
 * for them is one for all. */
static void composites(const unsigned char statement[RING_POINT], const struct ring_list *before,
                       const struct ring_list *after, unsigned char m[RING_POINT],
                       unsigned char z[RING_POINT])
{
    memset(m, 0, RING_POINT);
    memset(z, 0, RING_POINT);
    for (uint64_t i = 0; i < before->n * before->width; i++) {
        const struct str part[] = {point_str(statement), {(const char *)&i, sizeof i}};
        unsigned char factor[RING_POINT];

        if (is_missing(before->point + i * RING_POINT))
            continue;
        hash_scalar(factor, "lykta/ring/coefficient/v1", part, 2);
        add_times(m, factor, before->point + i * RING_POINT);
        add_times(z, factor, after->point + i * RING_POINT);
    }
}

static void challenge_of(unsigned char out[RING_POINT], const unsigned char *statement,
                         const unsigned char *m, const unsigned char *z, const unsigned char *t1,
                         const unsigned char *t2)
{
    const struct str part[] = {point_str(statement), point_str(m), point_str(z), point_str(t1),
                               point_str(t2)};

    hash_scalar(out, "lykta/ring/challenge/v1", part, 5);
}

void ring_prove(unsigned char proof[RING_PROOF], const struct ring_list *before,
                const struct ring_list *after, const struct ring_secret *secret)
{
    unsigned char *challenge = proof;
    unsigned char *response = proof + RING_POINT;
    unsigned char *statement = proof + 2 * RING_POINT;
    unsigned char m[RING_POINT];
    unsigned char z[RING_POINT];
    unsigned char r[RING_POINT];
    unsigned char t1[RING_POINT];
    unsigned char t2[RING_POINT] = {0};
    unsigned char product[RING_POINT];

    statement_of(statement, secret->open, before, after);
    composites(statement, before, after, m, z);
    crypto_core_ristretto255_scalar_random(r);
    (void)crypto_scalarmult_ristretto255_base(t1, r);
    add_times(t2, r, m);
    challenge_of(challenge, statement, m, z, t1, t2);
    crypto_core_ristretto255_scalar_mul(product, challenge, secret->scalar);
    crypto_core_ristretto255_scalar_sub(response, r, product);
    sodium_memzero(r, sizeof r);
    sodium_memzero(product, sizeof product);
}

/* Is every missing element missing in both, and are the shapes the same? */
static bool is_same_shape(const struct ring_list *before, const struct ring_list *after)
{
    if (before->n != after->n || before->kinds != after->kinds || after->passed != before->passed + 1 ||
        memcmp(before->by, after->by, before->passed * sizeof before->by[0]) != 0)
        return false;
    for (size_t i = 0; i < before->n * before->width; i++)
        if (is_missing(before->point + i * RING_POINT) != is_missing(after->point + i * RING_POINT))
            return false;
    return true;
}

enum status ring_verify(const unsigned char proof[RING_PROOF], const struct ring_list *before,
                        const struct ring_list *after, struct err *e)
{
    const unsigned char *challenge = proof;
    const unsigned char *response = proof + RING_POINT;
    unsigned char statement[RING_POINT];
    unsigned char expected[RING_POINT];
    unsigned char m[RING_POINT];
    unsigned char z[RING_POINT];
    unsigned char t1[RING_POINT];
    unsigned char t2[RING_POINT] = {0};

    if (!is_same_shape(before, after))
        return err_set(e, REFUSED, "the list \"%.*s\" has other rows than before", STR(after->list));
    const unsigned char *open = after->by[after->passed - 1];
    statement_of(statement, open, before, after);
    composites(statement, before, after, m, z);
    (void)crypto_scalarmult_ristretto255_base(t1, response);
    add_times(t1, challenge, open);
    add_times(t2, response, m);
    add_times(t2, challenge, z);
    challenge_of(expected, statement, m, z, t1, t2);
    if (!crypto_core_ristretto255_is_valid_point(open) || sodium_memcmp(expected, challenge, RING_POINT) != 0)
        return err_set(
            e, REFUSED,
            "the proof for the list \"%.*s\" does not hold: its elements were not all raised to the "
            "agency's exponent",
            STR(after->list));
    return OK;
}

/* Rows of one width, for qsort_r: their bytes. */
static int compare_rows(const void *a, const void *b, void *bytes)
{
    return memcmp(a, b, *(const size_t *)bytes);
}

static unsigned char *sorted_rows(const struct ring_list *x, struct arena *a)
{
    size_t row_bytes = x->width * RING_POINT;
    unsigned char *rows = arena_new(a, x->n * row_bytes + 1, unsigned char);

    if (x->n > 0)
        memcpy(rows, x->point, x->n * row_bytes);
    qsort_r(rows, x->n, row_bytes, compare_rows, &row_bytes);
    return rows;
}

enum status ring_same_rows(const struct ring_list *a, const struct ring_list *b, struct arena *scratch,
                           struct err *e)
{
    if (a->n == b->n && a->width == b->width &&
        memcmp(sorted_rows(a, scratch), sorted_rows(b, scratch), a->n * a->width * RING_POINT) == 0)
        return OK;
    return err_set(e, REFUSED, "the list \"%.*s\" has other rows than the one it came from", STR(b->list));
}
