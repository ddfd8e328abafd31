/* The inner loops of comparison: the portable ones, and the choice. */
#include "link/kernel.h"

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

static void interleaved_common(const uint64_t *row, const uint64_t *eight, size_t words, uint32_t common[8])
{
    for (size_t k = 0; k < KERNEL_INTERLEAVED; k++) {
        unsigned n = 0;

        for (size_t w = 0; w < words; w++)
            n += (unsigned)__builtin_popcountll(row[w] & eight[w * KERNEL_INTERLEAVED + k]);
        common[k] = n;
    }
}

const struct kernel kernel_portable = {"portable", interleaved_common, sliced_within};

size_t kernels(const struct kernel *out[KERNELS_MAX])
{
    size_t n = 0;

    out[n++] = &kernel_portable;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
        out[n++] = &kernel_avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq"))
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
