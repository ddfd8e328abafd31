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

/* Sixteen lanes' bits of a column, each spread over a number. */
TARGET static void patterns(uint64_t columns[][KERNEL_COLUMN_WORDS], uint16_t pattern[KERNEL_LANES])
{
    const __m256i lane = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192,
                                           16384, (short)0x8000);

    for (size_t k = 0; k < KERNEL_LANES; k += 16) {
        __m256i sum = _mm256_setzero_si256();

        for (size_t b = 0; b < KERNEL_PATTERN_BITS; b++) {
            __m256i bits = _mm256_set1_epi16((short)(columns[b][k / 64] >> k % 64));
            __m256i is_set = _mm256_cmpeq_epi16(_mm256_and_si256(bits, lane), lane);

            sum = _mm256_or_si256(sum, _mm256_and_si256(is_set, _mm256_set1_epi16((short)(1 << b))));
        }
        _mm256_storeu_si256((__m256i *)(void *)(pattern + k), sum);
    }
}

const struct kernel kernel_avx2 = {"AVX2", sliced_levels, patterns, kernel_kept, sliced_within};

#else
typedef int kernel_avx2_is_for_x86;
#endif
