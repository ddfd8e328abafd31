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

const struct kernel kernel_portable = {"portable", sliced_levels, patterns, kernel_kept, sliced_within};

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

/* Without a branch: which pair of a block is kept cannot be foreseen. */
size_t kernel_kept(const uint16_t pattern[KERNEL_LANES], size_t n, const uint16_t keep[KERNEL_KEPT_WORDS],
                   uint16_t which[KERNEL_LANES])
{
    size_t kept = 0;

    for (size_t k = 0; k < n; k++) {
        which[kept] = (uint16_t)k;
        kept += keep[pattern[k] / KERNEL_KEPT_BITS] >> pattern[k] % KERNEL_KEPT_BITS & 1U;
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
