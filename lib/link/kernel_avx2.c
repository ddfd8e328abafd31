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

TARGET static void interleaved_common(const uint64_t *row, const uint64_t *eights, size_t words, size_t n,
                                      uint16_t *common)
{
    for (size_t k = 0; k < n * KERNEL_INTERLEAVED; k += 4) {
        const uint64_t *eight = eights + k / KERNEL_INTERLEAVED * words * KERNEL_INTERLEAVED;
        uint64_t sum[4];

        _mm256_storeu_si256((__m256i *)(void *)sum,
                            common_with_four(row, eight + k % KERNEL_INTERLEAVED, words));
        for (size_t i = 0; i < 4; i++)
            common[k + i] = (uint16_t)sum[i];
    }
}

/* Few pairs reach more than the first cuts: what no record reaches ends the look. */
TARGET static void add_levels(const uint16_t *common, const uint16_t *need, size_t cuts, uint16_t unit,
                              uint16_t *pattern)
{
    const __m256i one = _mm256_set1_epi16((short)unit);

    for (size_t k = 0; k < KERNEL_RECORDS; k += 16) {
        __m256i bits = _mm256_loadu_si256((const __m256i *)(const void *)(common + k));
        __m256i level = _mm256_loadu_si256((const __m256i *)(const void *)(pattern + k));

        for (size_t c = 0; c < cuts; c++) {
            const __m256i *at = (const __m256i *)(const void *)(need + c * KERNEL_RECORDS + k);
            __m256i reach = _mm256_cmpeq_epi16(_mm256_max_epu16(bits, _mm256_loadu_si256(at)), bits);

            if (_mm256_testz_si256(reach, reach))
                break;
            level = _mm256_add_epi16(level, _mm256_and_si256(reach, one));
        }
        _mm256_storeu_si256((__m256i *)(void *)(pattern + k), level);
    }
}

const struct kernel kernel_avx2 = {"AVX2", interleaved_common, add_levels, sliced_within};

#else
typedef int kernel_avx2_is_for_x86;
#endif
