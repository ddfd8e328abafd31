/* The inner loops of comparison for processors with AVX-512 that do not count bits in vectors: bits are added
 * up by carry-save adders first, an instruction each for sum and carry, and fewer vectors are left to count.
 */
#include "link/kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,popcnt")))
#include "link/kernel_512.inc"

/* The bits of each byte, by looking up its halves (Mula, Kurz & Lemire 2018, Comput. J. 61, 111-120). */
TARGET static inline __m512i bits_of_bytes(__m512i x)
{
    const __m512i of_half = _mm512_set4_epi32(0x04030302, 0x03020201, 0x03020201, 0x02010100);
    const __m512i half = _mm512_set1_epi8(15);
    __m512i low = _mm512_and_si512(x, half);
    __m512i high = _mm512_and_si512(_mm512_srli_epi16(x, 4), half);

    return _mm512_add_epi8(_mm512_shuffle_epi8(of_half, low), _mm512_shuffle_epi8(of_half, high));
}

/* Word `w` of the row, in common with eight records. */
TARGET static inline __m512i common_word(const uint64_t *row, const uint64_t *eight, size_t w)
{
    return _mm512_and_si512(_mm512_set1_epi64((long long)row[w]),
                            _mm512_load_si512(eight + w * KERNEL_INTERLEAVED));
}

/* Twice what there is in each byte, and the bits of `x`. */
TARGET static inline __m512i twice_and(__m512i bytes, __m512i x)
{
    return _mm512_add_epi8(_mm512_add_epi8(bytes, bytes), bits_of_bytes(x));
}

/* Fifteen words added up to four vectors, whose bits count for one, two, four and eight, and one word by
 * itself. */
TARGET static inline __m512i common_of_sixteen(const uint64_t *row, const uint64_t *eight)
{
    __m512i one = common_word(row, eight, 0);
    __m512i two = _mm512_setzero_si512();
    __m512i four = _mm512_setzero_si512();
    __m512i eights = _mm512_setzero_si512();

#pragma GCC unroll 2
    for (size_t w = 1; w < 15; w += 8) {
        __m512i a = add_two(&one, common_word(row, eight, w), common_word(row, eight, w + 1));
        __m512i b = add_two(&one, common_word(row, eight, w + 2), common_word(row, eight, w + 3));
        __m512i fours = add_two(&two, a, b);

        a = add_two(&one, common_word(row, eight, w + 4), common_word(row, eight, w + 5));
        b = w + 6 < 15 ? add_two(&one, common_word(row, eight, w + 6), common_word(row, eight, w + 7))
                       : _mm512_setzero_si512();
        eights = _mm512_or_si512(eights, add_two(&four, fours, add_two(&two, a, b)));
    }
    __m512i bytes = bits_of_bytes(eights);
    bytes = twice_and(bytes, four);
    bytes = twice_and(bytes, two);
    bytes = twice_and(bytes, one);
    return _mm512_add_epi8(bytes, bits_of_bytes(common_word(row, eight, 15)));
}

/* As many words as there are; a byte holds at most 8 bits of a word: 31 words fit. */
TARGET static inline __m512i common_of_words(const uint64_t *row, const uint64_t *eight, size_t words)
{
    __m512i bytes = _mm512_setzero_si512();

#pragma GCC unroll 4
    for (size_t w = 0; w < words; w++)
        bytes = _mm512_add_epi8(bytes, bits_of_bytes(common_word(row, eight, w)));
    return bytes;
}

TARGET static inline __m512i sum_of_bytes(__m512i bytes)
{
    return _mm512_sad_epu8(bytes, _mm512_setzero_si512());
}

TARGET static __m512i common_of_any(const uint64_t *row, const uint64_t *eight, size_t words)
{
    __m512i sum = _mm512_setzero_si512();

    for (size_t w = 0; w < words; w += 31)
        sum = _mm512_add_epi64(sum, sum_of_bytes(common_of_words(row + w, eight + w * KERNEL_INTERLEAVED,
                                                                 words - w > 31 ? 31 : words - w)));
    return sum;
}

TARGET static void interleaved_common(const uint64_t *row, const uint64_t *eights, size_t words, size_t n,
                                      uint16_t *common)
{
    for (size_t k = 0; k < n; k++, eights += words * KERNEL_INTERLEAVED) {
        __m512i sum = words == 16  ? sum_of_bytes(common_of_sixteen(row, eights))
                      : words == 4 ? sum_of_bytes(common_of_words(row, eights, 4))
                                   : common_of_any(row, eights, words);

        _mm_storeu_si128((__m128i *)(void *)(common + k * KERNEL_INTERLEAVED), _mm512_cvtepi64_epi16(sum));
    }
}

const struct kernel kernel_avx512bw = {"AVX-512BW", interleaved_common, add_levels, sliced_within};

#else
typedef int kernel_avx512bw_is_for_x86;
#endif
