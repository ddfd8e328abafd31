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
#define V_IS_ZERO(x) _mm256_testz_si256((x), (x))
#define TARGET __attribute__((target("avx2")))
#include "link/kernel_sliced.inc"

/* As in kernel_transpose, but in every byte of two columns. */
TARGET static inline void swap_bits(__m256i *x, __m256i *y, int width, int mask)
{
    __m256i moved = V_AND(V_XOR(_mm256_srli_epi64(*x, width), *y), _mm256_set1_epi8((char)mask));

    *x = V_XOR(*x, _mm256_slli_epi64(moved, width));
    *y = V_XOR(*y, moved);
}

/* Eight columns, of which byte j holds lanes 8 j to 8 j + 7, become the bytes of those lanes: of lane 8 j +
 * r, byte j of vector r. */
TARGET static inline void bits_to_bytes(__m256i m[8])
{
    for (size_t k = 0; k < 4; k++)
        swap_bits(&m[k], &m[k + 4], 4, 0x0F);
    for (size_t k = 0; k < 8; k += k % 4 == 1 ? 3 : 1)
        swap_bits(&m[k], &m[k + 2], 2, 0x33);
    for (size_t k = 0; k < 8; k += 2)
        swap_bits(&m[k], &m[k + 1], 1, 0x55);
}

/* Eight vectors of eight numbers, twice: number r of vector m becomes number m of vector r. Each step turns
 * the digits of where a number is, three for the vector and three for the place, round by one. */
TARGET static inline void transpose_numbers(__m256i z[8])
{
    for (int step = 0; step < 3; step++) {
        __m256i to[8];

        for (size_t k = 0; k < 4; k++) {
            to[2 * k] = _mm256_unpacklo_epi16(z[k], z[k + 4]);
            to[2 * k + 1] = _mm256_unpackhi_epi16(z[k], z[k + 4]);
        }
        for (size_t k = 0; k < 8; k++)
            z[k] = to[k];
    }
}

/* The lower half of the vectors are 64 lanes, the upper one those 128 further. */
TARGET static inline void store_numbers(__m256i z[8], uint16_t *pattern)
{
    transpose_numbers(z);
    for (size_t k = 0; k < 8; k++) {
        _mm_storeu_si128((__m128i *)(void *)(pattern + 8 * k), _mm256_castsi256_si128(z[k]));
        _mm_storeu_si128((__m128i *)(void *)(pattern + 128 + 8 * k), _mm256_extracti128_si256(z[k], 1));
    }
}

TARGET void kernel_avx2_patterns(uint64_t columns[][KERNEL_COLUMN_WORDS], uint16_t pattern[KERNEL_LANES])
{
    for (size_t w = 0; w < KERNEL_COLUMN_WORDS; w += V_WORDS) {
        __m256i low[8];
        __m256i high[8];
        __m256i z[8];

        for (size_t b = 0; b < 8; b++) {
            low[b] = _mm256_loadu_si256((const __m256i *)(const void *)(columns[b] + w));
            high[b] = b + 8 < KERNEL_PATTERN_BITS
                          ? _mm256_loadu_si256((const __m256i *)(const void *)(columns[b + 8] + w))
                          : V_ZERO;
        }
        bits_to_bytes(low);
        bits_to_bytes(high);
        for (size_t r = 0; r < 8; r++)
            z[r] = _mm256_unpacklo_epi8(low[r], high[r]);
        store_numbers(z, pattern + 64 * w);
        for (size_t r = 0; r < 8; r++)
            z[r] = _mm256_unpackhi_epi8(low[r], high[r]);
        store_numbers(z, pattern + 64 * w + 64);
    }
}

TARGET static inline __m256i scores(const uint8_t of[KERNEL_DIGIT_VALUES], __m256i digits)
{
    __m256i table = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)of));

    return _mm256_shuffle_epi8(table, digits);
}

/* Of 32 lanes, a bit for each whose scores reach the bound. */
TARGET static inline uint32_t may_be_kept(const uint16_t *pattern, const struct kernel_keep *keep)
{
    const __m256i byte = _mm256_set1_epi16(0xFF);
    const __m256i digit = _mm256_set1_epi8(0x0F);
    const __m256i least = _mm256_set1_epi8((char)keep->least);
    __m256i p = _mm256_loadu_si256((const __m256i *)(const void *)pattern);
    __m256i q = _mm256_loadu_si256((const __m256i *)(const void *)(pattern + 16));
    __m256i low = _mm256_packus_epi16(V_AND(p, byte), V_AND(q, byte));
    __m256i high = _mm256_packus_epi16(_mm256_srli_epi16(p, 8), _mm256_srli_epi16(q, 8));
    __m256i sum = _mm256_add_epi8(scores(keep->score[0], V_AND(low, digit)),
                                  scores(keep->score[1], V_AND(_mm256_srli_epi16(low, 4), digit)));

    sum = _mm256_add_epi8(sum, scores(keep->score[2], high));
    __m256i reaches = _mm256_cmpeq_epi8(_mm256_max_epu8(sum, least), sum);
    /* packus has put the halves of p and q in turns */
    return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(reaches, 0xD8));
}

/* Few reach the bound, and only those are looked up. */
TARGET static size_t kept(const uint16_t pattern[KERNEL_LANES], size_t n, const struct kernel_keep *keep,
                          uint16_t which[KERNEL_LANES])
{
    size_t found = 0;

    for (size_t k = 0; k < n; k += 64) {
        uint64_t who = may_be_kept(pattern + k, keep) | (uint64_t)may_be_kept(pattern + k + 32, keep) << 32;

        who &= n - k < 64 ? ((uint64_t)1 << (n - k)) - 1 : ~(uint64_t)0;
        for (; who; who &= who - 1) {
            size_t lane = k + (size_t)__builtin_ctzll(who);

            which[found] = (uint16_t)lane;
            found += kernel_is_kept(keep, pattern[lane]);
        }
    }
    return found;
}

const struct kernel kernel_avx2 = {"AVX2", sliced_levels, sliced_turn, kernel_avx2_patterns,
                                   kept,   sliced_within};

#else
typedef int kernel_avx2_is_for_x86;
#endif
