/* The inner loops of comparison for processors with AVX-512 that count bits in vectors (VPOPCNTDQ). */
#include "link/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

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
#define TARGET __attribute__((target("avx512f,avx512vpopcntdq")))
#include "link/kernel_sliced.inc"

TARGET static void interleaved_common(const uint64_t *row, const uint64_t *eight, size_t words,
                                      uint32_t common[8])
{
    __m512i even = _mm512_setzero_si512();
    __m512i odd = _mm512_setzero_si512();

    for (size_t w = 0; w < words; w++) {
        __m512i both = _mm512_and_si512(_mm512_set1_epi64((long long)row[w]),
                                        _mm512_loadu_si512(eight + w * KERNEL_INTERLEAVED));
        __m512i n = _mm512_popcnt_epi64(both);

        if (w % 2)
            odd = _mm512_add_epi64(odd, n);
        else
            even = _mm512_add_epi64(even, n);
    }
    _mm256_storeu_si256((__m256i *)(void *)common, _mm512_cvtepi64_epi32(_mm512_add_epi64(even, odd)));
}

const struct kernel kernel_avx512 = {"AVX-512", interleaved_common, sliced_within};

#else
typedef int kernel_avx512_is_for_x86;
#endif
