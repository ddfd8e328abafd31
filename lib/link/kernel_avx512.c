/* The inner loops of comparison for processors with AVX-512 that count bits in vectors (VPOPCNTDQ). */
#include "link/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vpopcntdq")))
#include "link/kernel_512.inc"

/* Two eights at a time, that wait for each other less. The number of words is known wherever it is called, so
 * that the loop is laid out in full. */
TARGET __attribute__((always_inline)) static inline void
common_of(const uint64_t *row, const uint64_t *eights, size_t words, size_t n, uint16_t *common)
{
    const size_t step = words * KERNEL_INTERLEAVED;

    for (size_t k = 0; k < n; k++, eights += step) {
        const uint64_t *other = k + 1 < n ? eights + step : eights;
        __m512i sum = _mm512_setzero_si512();
        __m512i other_sum = _mm512_setzero_si512();

#pragma GCC unroll 16
        for (size_t w = 0; w < words; w++) {
            const __m512i of_row = _mm512_set1_epi64((long long)row[w]);
            const size_t at = w * KERNEL_INTERLEAVED;

            sum = _mm512_add_epi64(
                sum, _mm512_popcnt_epi64(_mm512_and_si512(of_row, _mm512_load_si512(eights + at))));
            other_sum = _mm512_add_epi64(
                other_sum, _mm512_popcnt_epi64(_mm512_and_si512(of_row, _mm512_load_si512(other + at))));
        }
        _mm_storeu_si128((__m128i *)(void *)(common + k * KERNEL_INTERLEAVED), _mm512_cvtepi64_epi16(sum));
        if (k + 1 == n)
            break;
        k++;
        eights += step;
        _mm_storeu_si128((__m128i *)(void *)(common + k * KERNEL_INTERLEAVED),
                         _mm512_cvtepi64_epi16(other_sum));
    }
}

TARGET static void interleaved_common(const uint64_t *row, const uint64_t *eights, size_t words, size_t n,
                                      uint16_t *common)
{
    if (words == 16)
        common_of(row, eights, 16, n, common);
    else if (words == 4)
        common_of(row, eights, 4, n, common);
    else
        common_of(row, eights, words, n, common);
}

const struct kernel kernel_avx512 = {"AVX-512", interleaved_common, add_levels, sliced_within};

#else
typedef int kernel_avx512_is_for_x86;
#endif
