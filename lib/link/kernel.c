/* The inner loops of comparison: the portable ones, and the choice. */
#include "link/kernel.h"

#include "base/arena.h"

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
#define TARGET
#include "link/kernel_sliced.inc"

static void interleaved_common(const uint64_t *row, const uint64_t *eights, size_t words, size_t n,
                               uint16_t *common)
{
    for (size_t k = 0; k < n * KERNEL_INTERLEAVED; k++) {
        const uint64_t *record = eights + k / KERNEL_INTERLEAVED * words * KERNEL_INTERLEAVED;
        unsigned bits = 0;

        for (size_t w = 0; w < words; w++)
            bits += (unsigned)__builtin_popcountll(row[w] &
                                                   record[w * KERNEL_INTERLEAVED + k % KERNEL_INTERLEAVED]);
        common[k] = (uint16_t)bits;
    }
}

static void add_levels(const uint16_t *common, const uint16_t *need, size_t cuts, uint16_t unit,
                       uint16_t *pattern)
{
    for (size_t c = 0; c < cuts; c++, need += KERNEL_RECORDS)
        for (size_t k = 0; k < KERNEL_RECORDS; k++)
            pattern[k] = (uint16_t)(pattern[k] + (common[k] >= need[k] ? unit : 0));
}

const struct kernel kernel_portable = {"portable", interleaved_common, add_levels, sliced_within};

size_t kernels(const struct kernel *out[KERNELS_MAX])
{
    size_t n = 0;

    out[n++] = &kernel_portable;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
        out[n++] = &kernel_avx2;
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("popcnt"))
        out[n++] = &kernel_avx512bw;
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vpopcntdq"))
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
