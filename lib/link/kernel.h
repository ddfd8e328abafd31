/* The inner loops of comparison, once for each kind of processor: which one runs changes the speed and
 * nothing else.
 *
 * 512 records stand side by side, a bit each in a vector, and the bits of one filter choose which vectors are
 * added up (carry-save adders, as in Harley and Seal's counting of bits). The sums stay as they are, a vector
 * for each of their bits, and are compared so with what each record needs.                          */
#ifndef LYKTA_LINK_KERNEL_H
#define LYKTA_LINK_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    KERNEL_LANES = 512, /* records in a sliced block: a column is their 512 bits at one position */
    KERNEL_COLUMN_WORDS = KERNEL_LANES / 64,
    KERNEL_ROUND = 16,     /* columns are added so many at a time */
    KERNEL_LEVEL_BITS = 4, /* a level is a column for each of its bits, the lowest first */
    KERNEL_PATTERN_BITS = 12,
    KERNEL_DIGITS = KERNEL_PATTERN_BITS / KERNEL_LEVEL_BITS, /* of a pattern: the levels that it tells */
    KERNEL_DIGIT_VALUES = 1 << KERNEL_LEVEL_BITS,
    KERNEL_KEPT_BITS = 16,
    KERNEL_KEPT_WORDS = (1 << KERNEL_PATTERN_BITS) / KERNEL_KEPT_BITS
};

/* Which patterns are kept: a bit for each, KERNEL_KEPT_BITS of them a number. And a bound that most others do
 * not reach: the scores of the digits of each that is kept, the lowest digit first, add up to `least` at
 * least, and to 255 at most. */
struct kernel_keep {
    uint16_t bits[KERNEL_KEPT_WORDS];
    uint8_t score[KERNEL_DIGITS][KERNEL_DIGIT_VALUES];
    uint8_t least;
};

/* A group's filters of KERNEL_LANES records, and how many bits they need in common with another filter. All
 * columns begin at 64-byte boundaries. */
struct kernel_lanes {
    const uint64_t *columns;
    const uint64_t *missing; /* a column: lanes without a filter, whose level is LEVEL_MISSING, all bits */
    size_t cuts;             /* at most 15 */
    unsigned bits;           /* of a need: what kernel_bits gives */
    const uint64_t *need;    /* of each cut, in rising order, a column for each bit, the lowest first, turned
                                over; for who can never reach it, all bits of the need are set */
};

struct kernel {
    const char *name;

    /* The level of each lane: how many cuts it reaches, by the number of its bits in the `n` columns that
     * begin at the words `at`, which is below 2^bits - 1. Sets `level`, KERNEL_LEVEL_BITS columns, the lowest
     * bit first.
     */
    void (*levels)(const struct kernel_lanes *lanes, const uint16_t *at, size_t n,
                   uint64_t level[][KERNEL_COLUMN_WORDS]);

    /* Turns column `out` over where the columns with numbers `column`[n], counted from number `from`, have a
     * bit: once for each that has. All begin at 64-byte boundaries. */
    void (*turn)(const uint64_t *columns, const uint16_t *column, size_t n, unsigned from,
                 uint64_t out[KERNEL_COLUMN_WORDS]);

    /* pattern[k] = the number whose bit b is lane k's in column b, of KERNEL_PATTERN_BITS columns. */
    void (*patterns)(uint64_t columns[][KERNEL_COLUMN_WORDS], uint16_t pattern[KERNEL_LANES]);

    /* The lanes before `n` whose pattern is kept, in rising order, into `which`; returns how many. */
    size_t (*kept)(const uint16_t pattern[KERNEL_LANES], size_t n, const struct kernel_keep *keep,
                   uint16_t which[KERNEL_LANES]);

    /* Of the `n` columns with numbers `column` (n a multiple of KERNEL_ROUND), how many have a bit for each
     * lane? Sets the lane's bit in `within` when at most `most` do. False, and `within` not to be used, when
     * no lane is within. Columns begin at 64-byte boundaries. */
    bool (*within)(const uint64_t *columns, const uint16_t *column, size_t n, unsigned most,
                   uint64_t within[KERNEL_COLUMN_WORDS]);
};

/* The kernels that this processor can run, slowest (the portable one) first; returns how many. */
enum { KERNELS_MAX = 3 };
size_t kernels(const struct kernel *out[KERNELS_MAX]);

/* The last of them. */
const struct kernel *kernel_best(void);

/* `n` words that begin at a 64-byte boundary, zeroed: what vectors are loaded from. */
uint64_t *kernel_words(struct arena *a, size_t n);

/* How many bits `levels` is given for counts of at most `most`. */
unsigned kernel_bits(unsigned most);

/* The bits and scores of the patterns that are kept, keep[1 << KERNEL_PATTERN_BITS]. */
void kernel_keep_make(struct kernel_keep *out, const bool *keep);

/* 1 when pattern `p` is kept, else 0. */
static inline unsigned kernel_is_kept(const struct kernel_keep *keep, unsigned p)
{
    return (unsigned)keep->bits[p / KERNEL_KEPT_BITS] >> p % KERNEL_KEPT_BITS & 1U;
}

/* As the kernels' kept, for processors without an instruction that looks numbers up. */
size_t kernel_kept(const uint16_t pattern[KERNEL_LANES], size_t n, const struct kernel_keep *keep,
                   uint16_t which[KERNEL_LANES]);

/* Transposes 64 words of 64 bits in place. */
void kernel_transpose(uint64_t m[64]);

/* How many bits two filters have in common. */
static inline unsigned kernel_common(const uint64_t *a, const uint64_t *b, size_t words)
{
    unsigned n = 0;

    for (size_t w = 0; w < words; w++)
        n += (unsigned)__builtin_popcountll(a[w] & b[w]);
    return n;
}

extern const struct kernel kernel_portable;
#if defined(__x86_64__)
extern const struct kernel kernel_avx2, kernel_avx512;

/* As the kernels' patterns, for processors with AVX2: all that have AVX-512 have it. */
void kernel_avx2_patterns(uint64_t columns[][KERNEL_COLUMN_WORDS], uint16_t pattern[KERNEL_LANES]);
#elif defined(__aarch64__)
extern const struct kernel kernel_neon;
#endif

#endif
