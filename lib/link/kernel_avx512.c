/* The inner loops of comparison for processors with AVX-512. */
#include "link/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw")))
#define V __m512i
#define V_WORDS 8
#define V_LOAD(p) _mm512_load_si512((const void *)(p))
#define V_STORE(p, v) _mm512_storeu_si512((void *)(p), (v))
#define V_ZERO _mm512_setzero_si512()
#define V_ONES _mm512_set1_epi64(-1)
#define V_AND(x, y) _mm512_and_si512((x), (y))
#define V_OR(x, y) _mm512_or_si512((x), (y))
#define V_XOR(x, y) _mm512_xor_si512((x), (y))
#define V_NOT(x) _mm512_xor_si512((x), V_ONES)
#define V_SUM(x, y, z) _mm512_ternarylogic_epi64((x), (y), (z), 0x96)
#define V_CARRY(x, y, z) _mm512_ternarylogic_epi64((x), (y), (z), 0xE8)
#define V_IS_ONES(x) (_mm512_cmpneq_epi64_mask((x), V_ONES) == 0)
#define V_IS_ZERO(x) (_mm512_test_epi64_mask((x), (x)) == 0)
#include "link/kernel_sliced.inc"

/* A column's word is a mask of the lanes that its bit is added to. */
TARGET static void patterns(uint64_t columns[][KERNEL_COLUMN_WORDS], uint16_t pattern[KERNEL_LANES])
{
    for (size_t k = 0; k < KERNEL_LANES; k += 32) {
        __m512i sum = _mm512_setzero_si512();

        for (size_t b = 0; b < KERNEL_PATTERN_BITS; b++)
            sum = _mm512_mask_add_epi16(sum, (__mmask32)(columns[b][k / 64] >> k % 64), sum,
                                        _mm512_set1_epi16((short)(1 << b)));
        _mm512_storeu_si512(pattern + k, sum);
    }
}

const struct kernel kernel_avx512 = {"AVX-512", sliced_levels, patterns, sliced_within};

#else
typedef int kernel_avx512_is_for_x86;
#endif
