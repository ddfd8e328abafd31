/* All pairs of filters whose Dice coefficient reaches a threshold. */
#include "link/alike.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"

#include <stdlib.h>
#include <string.h>

enum {
    BLOCKS = 32,    /* sliced at once: rows are taken apart once for all of them */
    ROWS = 64,      /* rows taken apart at once */
    STRETCH = 4096, /* rows that a unit of work leads past its blocks */
    STRETCHES = 16  /* whose pairs are put in order together */
};

/* What does not depend on the unit. */
struct search {
    const struct filters *a, *b;
    size_t a_n, b_n, words;
    size_t first_row, rows; /* of the stretches that are being searched */
    size_t shares;          /* of list b, BLOCKS blocks each: unit = stretch * shares + share */
    double threshold;
    const struct kernel *kernel;
    uint16_t *a_weight;
    uint16_t *b_weight; /* in the order of `by_weight` */
    uint32_t *by_weight;
    unsigned *need;      /* [a + b] */
    bool counts_lacks;   /* columns tell who lacks the bit, and a row's own bits choose; else the reverse */
    uint16_t *rank;      /* of each bit: 0 is the column that has most bits set */
    struct found *found; /* a unit each */
};

struct found {
    struct arena *arena;
    size_t n, room;
    struct alike_pair *pair;
};

/* Sliced blocks and the rows that are led past them: in one thread. */
struct bench {
    uint64_t *columns[BLOCKS]; /* (bits + 1) * KERNEL_COLUMN_WORDS; the last is a column of zeros */
    size_t first[BLOCKS], n[BLOCKS];
    size_t blocks;
    uint16_t *chosen[ROWS];
    size_t chosen_n[ROWS];
};

static void search_make(struct search *s, struct arena *a);
static enum status search_all(struct search *s, const struct alike_options *o, struct arena *a,
                              struct alike_pairs *out, struct err *e);
static void search_unit(void *search, size_t number);

unsigned dice_need(double threshold, unsigned sum)
{
    unsigned low = 0;
    unsigned high = sum / 2 + 1;

    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (dice(middle, sum) >= threshold)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

enum status alike_find(const struct filters *a, size_t a_n, const struct filters *b, size_t b_n,
                       const struct alike_options *options, struct arena *arena, struct alike_pairs *out,
                       struct err *e)
{
    struct arena *own = arena_open();
    struct search s = {.a = a, .b = b, .a_n = a_n, .b_n = b_n, .words = a->bits / 64};
    struct alike_pairs pairs = {0, NULL};

    s.threshold = options->threshold;
    s.kernel = options->kernel ? options->kernel : kernel_best();
    search_make(&s, own);
    enum status status = search_all(&s, options, arena, &pairs, e);
    arena_close(own);
    if (status == OK)
        *out = pairs;
    return status;
}

static uint16_t *weights(const struct filters *f, size_t n, struct arena *a)
{
    uint16_t *weight = arena_new(a, n, uint16_t);
    size_t words = f->bits / 64;

    for (size_t i = 0; i < n; i++)
        weight[i] = (uint16_t)kernel_common(f->word + i * words, f->word + i * words, words);
    return weight;
}

/* Counting sort: stable, so that the order is the same everywhere. */
static void sort_by_weight(struct search *s, const uint16_t *weight, struct arena *a)
{
    size_t *start = arena_new(a, s->b->bits + 2, size_t);

    for (size_t i = 0; i < s->b_n; i++)
        start[weight[i] + 1]++;
    for (size_t w = 0; w <= s->b->bits; w++)
        start[w + 1] += start[w];
    s->by_weight = arena_new(a, s->b_n, uint32_t);
    s->b_weight = arena_new(a, s->b_n, uint16_t);
    for (size_t i = 0; i < s->b_n; i++) {
        size_t to = start[weight[i]]++;

        s->by_weight[to] = (uint32_t)i;
        s->b_weight[to] = weight[i];
    }
}

struct popular {
    uint64_t n;
    uint16_t bit;
};

static int most_first(const void *x, const void *y)
{
    const struct popular *a = x;
    const struct popular *b = y;

    return a->n != b->n ? (a->n < b->n ? 1 : -1) : (a->bit > b->bit) - (a->bit < b->bit);
}

/* Columns in the order in which they give most away, told from a sample of list b. With filters less than
 * half full a row's own bits are fewer, and who lacks them is what counts; else the bits that it has not. */
static void rank_columns(struct search *s, struct arena *a)
{
    size_t bits = s->b->bits;
    size_t step = s->b_n / 4096 + 1;
    uint64_t sample = 0;
    uint64_t set = 0;
    struct popular *p = arena_new(a, bits, struct popular);

    for (size_t i = 0; i < s->b_n; i += step, sample++)
        for (size_t bit = 0; bit < bits; bit++)
            p[bit].n += s->b->word[i * s->words + bit / 64] >> bit % 64 & 1U;
    for (size_t bit = 0; bit < bits; bit++)
        set += p[bit].n;
    s->counts_lacks = set * 2 < sample * bits;
    for (size_t bit = 0; bit < bits; bit++) {
        p[bit].bit = (uint16_t)bit;
        p[bit].n = s->counts_lacks ? sample - p[bit].n : p[bit].n;
    }
    qsort(p, bits, sizeof *p, most_first);
    s->rank = arena_new(a, bits, uint16_t);
    for (size_t k = 0; k < bits; k++)
        s->rank[p[k].bit] = (uint16_t)k;
}

static void search_make(struct search *s, struct arena *a)
{
    s->a_weight = weights(s->a, s->a_n, a);
    sort_by_weight(s, weights(s->b, s->b_n, a), a);
    s->need = arena_new(a, 2 * s->b->bits + 1, unsigned);
    for (unsigned sum = 0; sum <= 2 * s->b->bits; sum++)
        s->need[sum] = dice_need(s->threshold, sum);
    rank_columns(s, a);
}

static int by_i_and_j(const void *x, const void *y)
{
    const struct alike_pair *a = x;
    const struct alike_pair *b = y;

    return a->i != b->i ? (a->i < b->i ? -1 : 1) : (a->j > b->j) - (a->j < b->j);
}

/* Puts what the units have found behind `out`, sorted, and frees it. */
static void gather(struct search *s, size_t units, struct arena *a, struct alike_pairs *out, size_t *room)
{
    size_t before = out->n;

    for (size_t u = 0; u < units; u++) {
        struct found *f = &s->found[u];

        out->pair = arena_grow(a, out->pair, out->n + f->n, room, sizeof *out->pair);
        if (f->n)
            memcpy(out->pair + out->n, f->pair, f->n * sizeof *out->pair);
        out->n += f->n;
        arena_close(f->arena);
        *f = (struct found){0};
    }
    if (out->n > before)
        qsort(out->pair + before, out->n - before, sizeof *out->pair, by_i_and_j);
}

static enum status search_all(struct search *s, const struct alike_options *o, struct arena *a,
                              struct alike_pairs *out, struct err *e)
{
    size_t share = (size_t)BLOCKS * KERNEL_LANES;
    size_t at_once = (size_t)STRETCHES * STRETCH;
    size_t room = 0;

    s->shares = (s->b_n + share - 1) / share;
    s->found = arena_new(a, s->shares * STRETCHES, struct found);
    progress_begin(o->progress, "comparing", (int64_t)((s->a_n + STRETCH - 1) / STRETCH * s->shares));
    for (s->first_row = 0; s->first_row < s->a_n; s->first_row += at_once) {
        s->rows = s->a_n - s->first_row < at_once ? s->a_n - s->first_row : at_once;
        size_t units = (s->rows + STRETCH - 1) / STRETCH * s->shares;
        bool is_done = parallel_for(units, o->threads, search_unit, s, o->progress);

        gather(s, units, a, out, &room);
        if (!is_done)
            return err_set(e, SYSTEM, "stopped while comparing; nothing was written");
        if (out->n > ALIKE_MOST_PAIRS)
            return err_set(e, REFUSED,
                           "more than %d pairs reach the threshold: it is too low for these lists",
                           ALIKE_MOST_PAIRS);
    }
    return OK;
}

/* Slices the records of a block: word w of 64 of them becomes a word of each of 64 columns. */
static void slice(const struct search *s, struct bench *b, size_t block)
{
    uint64_t flip = s->counts_lacks ? ~(uint64_t)0 : 0;
    uint64_t m[64];

    for (size_t group = 0; group < KERNEL_COLUMN_WORDS; group++)
        for (size_t w = 0; w < s->words; w++) {
            for (size_t k = 0; k < 64; k++) {
                size_t lane = group * 64 + k;
                const uint64_t *from =
                    lane < b->n[block] ? s->b->word + s->by_weight[b->first[block] + lane] * s->words : NULL;

                m[k] = from ? from[w] ^ flip : ~(uint64_t)0;
            }
            kernel_transpose(m);
            for (size_t bit = 0; bit < 64; bit++)
                b->columns[block][s->rank[w * 64 + bit] * (size_t)KERNEL_COLUMN_WORDS + group] = m[bit];
        }
}

static void bench_make(const struct search *s, struct bench *b, size_t share, struct arena *a)
{
    size_t bits = s->b->bits;

    for (b->blocks = 0; b->blocks < BLOCKS; b->blocks++) {
        size_t k = b->blocks;

        b->first[k] = (share * BLOCKS + k) * KERNEL_LANES;
        if (b->first[k] >= s->b_n)
            break;
        b->n[k] = s->b_n - b->first[k] < KERNEL_LANES ? s->b_n - b->first[k] : KERNEL_LANES;
        b->columns[k] = kernel_words(a, (bits + 1) * KERNEL_COLUMN_WORDS);
        slice(s, b, k);
    }
    for (size_t r = 0; r < ROWS; r++)
        b->chosen[r] = arena_new(a, bits + KERNEL_ROUND, uint16_t);
}

/* The columns that row i chooses, those that give most away first, filled up with the column of zeros. */
static size_t choose(const struct search *s, size_t i, uint16_t *chosen)
{
    const uint64_t *row = s->a->word + i * s->words;
    uint64_t flip = s->counts_lacks ? 0 : ~(uint64_t)0;
    uint64_t ranked[ALIKE_MAX_BITS / 64] = {0};
    size_t n = 0;

    for (size_t w = 0; w < s->words; w++)
        for (uint64_t left = row[w] ^ flip; left; left &= left - 1) {
            size_t k = s->rank[w * 64 + (size_t)__builtin_ctzll(left)];

            ranked[k / 64] |= (uint64_t)1 << k % 64;
        }
    for (size_t w = 0; w < s->words; w++)
        for (uint64_t left = ranked[w]; left; left &= left - 1)
            chosen[n++] = (uint16_t)(w * 64 + (size_t)__builtin_ctzll(left));
    while (n % KERNEL_ROUND)
        chosen[n++] = (uint16_t)s->b->bits;
    return n;
}

static void verify(const struct search *s, const struct bench *b, size_t block, size_t i,
                   const uint64_t within[KERNEL_COLUMN_WORDS], struct found *f)
{
    const uint64_t *row = s->a->word + i * s->words;

    for (size_t group = 0; group < KERNEL_COLUMN_WORDS; group++)
        for (uint64_t left = within[group]; left; left &= left - 1) {
            size_t lane = group * 64 + (size_t)__builtin_ctzll(left);
            size_t at = b->first[block] + lane;

            if (lane >= b->n[block])
                continue;
            size_t j = s->by_weight[at];
            unsigned sum = (unsigned)s->a_weight[i] + s->b_weight[at];
            unsigned common = kernel_common(row, s->b->word + j * s->words, s->words);

            if (common < s->need[sum])
                continue;
            if (!f->arena)
                f->arena = arena_open();
            f->pair = arena_grow(f->arena, f->pair, f->n + 1, &f->room, sizeof *f->pair);
            f->pair[f->n++] = (struct alike_pair){(uint32_t)i, (uint32_t)j, dice(common, sum)};
        }
}

/* How many of the chosen columns a filter of the block may have and still reach the threshold; negative when
 * none can. Both bounds grow with the weight of b, so that the block's last, or first, speaks for all. */
static int most_allowed(const struct search *s, const struct bench *b, size_t block, size_t i)
{
    unsigned a_weight = s->a_weight[i];
    unsigned lightest = s->b_weight[b->first[block]];
    unsigned heaviest = s->b_weight[b->first[block] + b->n[block] - 1];

    if (s->counts_lacks)
        return (int)a_weight - (int)s->need[a_weight + lightest];
    return (int)heaviest - (int)s->need[a_weight + heaviest];
}

static void search_unit(void *search, size_t number)
{
    const struct search *s = search;
    struct arena *a = arena_open();
    struct bench *b = arena_new(a, 1, struct bench);
    uint64_t within[KERNEL_COLUMN_WORDS];
    size_t begin = s->first_row + number / s->shares * STRETCH;
    size_t last = s->first_row + s->rows;
    size_t end = last - begin < STRETCH ? last : begin + STRETCH;

    bench_make(s, b, number % s->shares, a);
    for (size_t first = begin; first < end; first += ROWS) {
        size_t rows = end - first < ROWS ? end - first : ROWS;

        for (size_t r = 0; r < rows; r++)
            b->chosen_n[r] = choose(s, first + r, b->chosen[r]);
        for (size_t block = 0; block < b->blocks; block++)
            for (size_t r = 0; r < rows; r++) {
                int most = most_allowed(s, b, block, first + r);

                if (most >= 0 && s->kernel->within(b->columns[block], b->chosen[r], b->chosen_n[r],
                                                   (unsigned)most, within))
                    verify(s, b, block, first + r, within, &s->found[number]);
            }
    }
    arena_close(a);
}
