/* The inner loops of comparison for processors with AVX-512. */
#include "link/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,popcnt")))
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

/* The numbers of `keep` at the places that the upper eight bits of a pattern tell. */
TARGET static inline __m512i look_up(const uint16_t keep[KERNEL_KEPT_WORDS], __m512i at)
{
    const __m512i *table = (const __m512i *)(const void *)keep;
    __m512i of[4];

    for (size_t q = 0; q < 4; q++)
        of[q] = _mm512_permutex2var_epi16(_mm512_loadu_si512(table + 2 * q), at,
                                          _mm512_loadu_si512(table + 2 * q + 1));
    __mmask32 is_upper = _mm512_test_epi16_mask(at, _mm512_set1_epi16(64));
    __mmask32 is_second_half = _mm512_test_epi16_mask(at, _mm512_set1_epi16(128));

    return _mm512_mask_blend_epi16(is_second_half, _mm512_mask_blend_epi16(is_upper, of[0], of[1]),
                                   _mm512_mask_blend_epi16(is_upper, of[2], of[3]));
}

/* Those of 16 lanes from k on that are in `who`, written behind each other; sixteen numbers are written. */
TARGET static inline size_t put(__mmask16 who, size_t k, uint16_t *which)
{
    const __m512i lane = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    __m512i at = _mm512_maskz_compress_epi32(who, _mm512_add_epi32(lane, _mm512_set1_epi32((int)k)));

    _mm256_storeu_si256((__m256i *)(void *)which, _mm512_cvtepi32_epi16(at));
    return (size_t)__builtin_popcount(who);
}

/* 32 patterns at once are looked up, and without a branch: who is kept cannot be foreseen. What is written
 * beyond those that are found stays within `which`, as no more are found than were looked at. */
TARGET static size_t kept(const uint16_t pattern[KERNEL_LANES], size_t n, const struct kernel_keep *keep,
                          uint16_t which[KERNEL_LANES])
{
    size_t found = 0;

    for (size_t k = 0; k < n; k += 32) {
        __m512i p = _mm512_loadu_si512(pattern + k);
        __m512i words = look_up(keep->bits, _mm512_srli_epi16(p, 4));
        __m512i bits = _mm512_srlv_epi16(words, _mm512_and_si512(p, _mm512_set1_epi16(15)));
        uint32_t who = _mm512_test_epi16_mask(bits, _mm512_set1_epi16(1));

        who &= n - k < 32 ? (1U << (n - k)) - 1 : ~0U;
        found += put((__mmask16)who, k, which + found);
        found += put((__mmask16)(who >> 16), k + 16, which + found);
    }
    return found;
}

const struct kernel kernel_avx512 = {"AVX-512", sliced_levels, sliced_turn, kernel_avx2_patterns,
                                     kept,      sliced_within};

#else
typedef int kernel_avx512_is_for_x86;
#endif
