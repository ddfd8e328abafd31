/* The inner loops of comparison for processors with AVX2. */
#include "link/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define V __m256i
#define V_WORDS 4
#define V_LOAD(p) _mm256_load_si256((const __m256i *)(const void *)(p))
#define V_STORE(p, v) _mm256_storeu_si256((__m256i *)(void *)(p), (v))
#define V_ZERO _mm256_setzero_si256()
#define V_ONES _mm256_set1_epi64x(-1)
#define V_AND(x, y) _mm256_and_si256((x), (y))
#define V_OR(x, y) _mm256_or_si256((x), (y))
#define V_XOR(x, y) _mm256_xor_si256((x), (y))
#define V_NOT(x) _mm256_xor_si256((x), V_ONES)
#define V_SUM(x, y, z) V_XOR(V_XOR((x), (y)), (z))
#define V_CARRY(x, y, z) V_OR(V_AND((x), (y)), V_AND(V_XOR((x), (y)), (z)))
#define V_IS_ONES(x) _mm256_testc_si256((x), V_ONES)
#define TARGET __attribute__((target("avx2,popcnt")))
#include "link/kernel_sliced.inc"

/* The bits of each byte, by looking up its halves (Mula, Kurz & Lemire 2018, Comput. J. 61, 111-120). */
TARGET static inline __m256i bits_of_bytes(__m256i x)
{
    const __m256i of_half = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2,
                                             2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i half = _mm256_set1_epi8(15);
    __m256i low = _mm256_and_si256(x, half);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(x, 4), half);

    return _mm256_add_epi8(_mm256_shuffle_epi8(of_half, low), _mm256_shuffle_epi8(of_half, high));
}

/* The common bits with four records, the first at `four`. A byte holds at most 8 bits of a word: 31 words
 * fit. */
TARGET static inline __m256i common_with_four(const uint64_t *row, const uint64_t *four, size_t words)
{
    __m256i sum = _mm256_setzero_si256();

    for (size_t w = 0; w < words;) {
        __m256i bytes = _mm256_setzero_si256();

        for (size_t end = words - w > 31 ? w + 31 : words; w < end; w++) {
            const __m256i *at = (const __m256i *)(const void *)(four + w * KERNEL_INTERLEAVED);
            __m256i both = _mm256_and_si256(_mm256_set1_epi64x((long long)row[w]), _mm256_loadu_si256(at));

            bytes = _mm256_add_epi8(bytes, bits_of_bytes(both));
        }
        sum = _mm256_add_epi64(sum, _mm256_sad_epu8(bytes, _mm256_setzero_si256()));
    }
    return sum;
}

TARGET static void interleaved_common(const uint64_t *row, const uint64_t *eight, size_t words,
                                      uint32_t common[8])
{
    uint64_t sum[KERNEL_INTERLEAVED];

    _mm256_storeu_si256((__m256i *)(void *)sum, common_with_four(row, eight, words));
    _mm256_storeu_si256((__m256i *)(void *)(sum + 4), common_with_four(row, eight + 4, words));
    for (size_t k = 0; k < KERNEL_INTERLEAVED; k++)
        common[k] = (uint32_t)sum[k];
}

const struct kernel kernel_avx2 = {"AVX2", interleaved_common, sliced_within};

#else
typedef int kernel_avx2_is_for_x86;
#endif
