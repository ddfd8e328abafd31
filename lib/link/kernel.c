/* The inner loops of comparison: the portable ones, and the choice. */
#include "link/kernel.h"

#include "base/arena.h"

#include <math.h>
#include <string.h>

#define V uint64_t
#define V_WORDS 1
#define V_LOAD(p) (*(p))
#define V_STORE(p, v) (*(p) = (v))
#define V_ZERO ((uint64_t)0)
#define V_ONES (~(uint64_t)0)
#define V_AND(x, y) ((x) & (y))
#define V_OR(x, y) ((x) | (y))
#define V_XOR(x, y) ((x) ^ (y))
#define V_NOT(x) (~(x))
#define V_SUM(x, y, z) ((x) ^ (y) ^ (z))
#define V_CARRY(x, y, z) (((x) & (y)) | (((x) ^ (y)) & (z)))
#define V_IS_ONES(x) ((x) == ~(uint64_t)0)
#define V_IS_ZERO(x) ((x) == 0)
#define TARGET
#include "link/kernel_sliced.inc"

/* Eight columns' bytes of eight lanes become the eight lanes' bytes (Warren 2013, Hacker's Delight, 7-3). */
static uint64_t transpose_bytes(uint64_t x)
{
    uint64_t moved = (x ^ x >> 7) & 0x00AA00AA00AA00AAU;

    x ^= moved ^ moved << 7;
    moved = (x ^ x >> 14) & 0x0000CCCC0000CCCCU;
    x ^= moved ^ moved << 14;
    moved = (x ^ x >> 28) & 0x00000000F0F0F0F0U;
    return x ^ moved ^ moved << 28;
}

static void patterns(uint64_t columns[][KERNEL_COLUMN_WORDS], uint16_t pattern[KERNEL_LANES])
{
    for (size_t k = 0; k < KERNEL_LANES; k += 8) {
        uint64_t low = 0;
        uint64_t high = 0;

        for (size_t b = 0; b < 8; b++)
            low |= (columns[b][k / 64] >> k % 64 & 0xFF) << 8 * b;
        for (size_t b = 8; b < KERNEL_PATTERN_BITS; b++)
            high |= (columns[b][k / 64] >> k % 64 & 0xFF) << 8 * (b - 8);
        low = transpose_bytes(low);
        high = transpose_bytes(high);
        for (size_t i = 0; i < 8; i++)
            pattern[k + i] = (uint16_t)((low >> 8 * i & 0xFF) | (high >> 8 * i & 0xFF) << 8);
    }
}

const struct kernel kernel_portable = {"portable", sliced_levels, sliced_turn,
                                       patterns,   kernel_kept,   sliced_within};

size_t kernels(const struct kernel *out[KERNELS_MAX])
{
    size_t n = 0;

    out[n++] = &kernel_portable;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2"))
        out[n++] = &kernel_avx2;
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("popcnt"))
        out[n++] = &kernel_avx512;
#elif defined(__aarch64__)
    out[n++] = &kernel_neon; /* every such processor has it */
#endif
    return n;
}

const struct kernel *kernel_best(void)
{
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);

    return all[n - 1];
}

uint64_t *kernel_words(struct arena *a, size_t n)
{
    enum { BOUNDARY = 64 };
    uint64_t *p = arena_new(a, n + BOUNDARY / sizeof *p, uint64_t);

    return p + (BOUNDARY - (uintptr_t)p % BOUNDARY) % BOUNDARY / sizeof *p;
}

unsigned kernel_bits(unsigned most)
{
    return most < 128 ? 7 : most < 512 ? 9 : most < 2048 ? 11 : MOST_BITS;
}

/* Each digit's log odds of being in a pattern that is kept, from 0 to MOST_SCORE: patterns are kept for the
 * sum of what their levels say, so that this tells most of the others from them. */
static void score_digits(struct kernel_keep *out, const bool *keep)
{
    enum { MOST_SCORE = UINT8_MAX / KERNEL_DIGITS };
    const double all = 1 << (KERNEL_PATTERN_BITS - KERNEL_LEVEL_BITS);
    const double widest = 2.0 * log((all + 0.5) / 0.5);

    for (size_t d = 0; d < KERNEL_DIGITS; d++)
        for (size_t v = 0; v < KERNEL_DIGIT_VALUES; v++) {
            double kept = 0.0;

            for (size_t p = 0; p < 1 << KERNEL_PATTERN_BITS; p++)
                kept += keep[p] && (p >> KERNEL_LEVEL_BITS * d) % KERNEL_DIGIT_VALUES == v;
            double odds = (kept + 0.5) / (all - kept + 0.5);
            out->score[d][v] = (uint8_t)(MOST_SCORE * (log(odds) / widest + 0.5) + 0.5);
        }
}

void kernel_keep_make(struct kernel_keep *out, const bool *keep)
{
    memset(out->bits, 0, sizeof out->bits);
    score_digits(out, keep);
    out->least = UINT8_MAX;
    for (size_t p = 0; p < 1 << KERNEL_PATTERN_BITS; p++) {
        unsigned score = 0;

        if (!keep[p])
            continue;
        for (size_t d = 0; d < KERNEL_DIGITS; d++)
            score += out->score[d][(p >> KERNEL_LEVEL_BITS * d) % KERNEL_DIGIT_VALUES];
        out->least = score < out->least ? (uint8_t)score : out->least;
        out->bits[p / KERNEL_KEPT_BITS] |= (uint16_t)(1U << p % KERNEL_KEPT_BITS);
    }
}

/* Without a branch: which pair of a block is kept cannot be foreseen. */
size_t kernel_kept(const uint16_t pattern[KERNEL_LANES], size_t n, const struct kernel_keep *keep,
                   uint16_t which[KERNEL_LANES])
{
    size_t kept = 0;

    for (size_t k = 0; k < n; k++) {
        which[kept] = (uint16_t)k;
        kept += kernel_is_kept(keep, pattern[k]);
    }
    return kept;
}

void kernel_transpose(uint64_t m[64])
{
    uint64_t mask = 0x00000000FFFFFFFFU;

    for (unsigned width = 32; width; width >>= 1, mask ^= mask << width)
        for (unsigned k = 0; k < 64; k = ((k | width) + 1) & ~width) {
            uint64_t moved = (m[k] >> width ^ m[k | width]) & mask;

            m[k] ^= moved << width;
            m[k | width] ^= moved;
        }
}
