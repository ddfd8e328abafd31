/* The inner loops of comparison, once for each kind of processor: which one runs changes the speed and
 * nothing else.
 *
 * Two shapes. Interleaved: the common bits of one filter with eight others at a time, exact counts for all,
 * and what level each count reaches.
 * Sliced: 512 records stand side by side, a bit each in a vector, and the bits of one filter choose which
 * vectors are added up (carry-save adders, as in Harley and Seal's counting of bits); most records are given
 * up, all 512 at once, before half of the bits have been looked at.                          */
#ifndef LYKTA_LINK_KERNEL_H
#define LYKTA_LINK_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    KERNEL_INTERLEAVED = 8, /* records side by side: word w of record k is word 8 w + k */
    KERNEL_RECORDS = 64,    /* whose levels are told at once */
    KERNEL_LANES = 512,     /* records in a sliced block: a column is their 512 bits at one position */
    KERNEL_COLUMN_WORDS = KERNEL_LANES / 64,
    KERNEL_ROUND = 16 /* columns are added so many at a time */
};

struct kernel {
    const char *name;

    /* common[k] = the number of bits that `row` and record k have in common, filters of `words` words, for n
     * times KERNEL_INTERLEAVED records, interleaved by so many. Eights begin at 64-byte boundaries. */
    void (*common)(const uint64_t *row, const uint64_t *eights, size_t words, size_t n, uint16_t *common);

    /* Adds `unit` to pattern[k] for each of the `cuts` with common[k] >= need[c * KERNEL_RECORDS + k], for
     * KERNEL_RECORDS records. Needs grow with c. */
    void (*add_levels)(const uint16_t *common, const uint16_t *need, size_t cuts, uint16_t unit,
                       uint16_t *pattern);

    /* Of the `n` columns with numbers `column` (n a multiple of KERNEL_ROUND), how many have a bit for each
     * lane? Sets the lane's bit in `within` when at most `most` do. False, and `within` not to be used, when
     * no lane is within. Columns begin at 64-byte boundaries. */
    bool (*within)(const uint64_t *columns, const uint16_t *column, size_t n, unsigned most,
                   uint64_t within[KERNEL_COLUMN_WORDS]);
};

/* The kernels that this processor can run, slowest (the portable one) first; returns how many. */
enum { KERNELS_MAX = 4 };
size_t kernels(const struct kernel *out[KERNELS_MAX]);

/* The last of them. */
const struct kernel *kernel_best(void);

/* `n` words that begin at a 64-byte boundary, zeroed: what vectors are loaded from. */
uint64_t *kernel_words(struct arena *a, size_t n);

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
extern const struct kernel kernel_avx2, kernel_avx512bw, kernel_avx512;
#elif defined(__aarch64__)
extern const struct kernel kernel_neon;
#endif

#endif
