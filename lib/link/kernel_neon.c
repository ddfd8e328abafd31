/* The inner loops of comparison for 64-bit ARM, which always has NEON. */
#include "link/kernel.h"

#if defined(__aarch64__)

#include <arm_neon.h>

#define V uint64x2_t
#define V_WORDS 2
#define V_LOAD(p) vld1q_u64(p)
#define V_STORE(p, v) vst1q_u64((p), (v))
#define V_ZERO vdupq_n_u64(0)
#define V_ONES vdupq_n_u64(~(uint64_t)0)
#define V_AND(x, y) vandq_u64((x), (y))
#define V_OR(x, y) vorrq_u64((x), (y))
#define V_XOR(x, y) veorq_u64((x), (y))
#define V_NOT(x) veorq_u64((x), V_ONES)
#define V_SUM(x, y, z) V_XOR(V_XOR((x), (y)), (z))
#define V_CARRY(x, y, z) vbslq_u64(V_XOR((x), (y)), (z), (x))
#define V_IS_ONES(x) ((vgetq_lane_u64((x), 0) & vgetq_lane_u64((x), 1)) == ~(uint64_t)0)
#define V_IS_ZERO(x) ((vgetq_lane_u64((x), 0) | vgetq_lane_u64((x), 1)) == 0)
#define TARGET
#include "link/kernel_sliced.inc"

/* Eight lanes' bits of a column, each spread over a number. */
static void patterns(uint64_t columns[][KERNEL_COLUMN_WORDS], uint16_t pattern[KERNEL_LANES])
{
    static const uint16_t bit_of_lane[8] = {1, 2, 4, 8, 16, 32, 64, 128};
    const uint16x8_t lane = vld1q_u16(bit_of_lane);

    for (size_t k = 0; k < KERNEL_LANES; k += 8) {
        uint16x8_t sum = vdupq_n_u16(0);

        for (size_t b = 0; b < KERNEL_PATTERN_BITS; b++) {
            uint16x8_t bits = vdupq_n_u16((uint16_t)(columns[b][k / 64] >> k % 64));

            sum = vorrq_u16(sum, vandq_u16(vtstq_u16(bits, lane), vdupq_n_u16((uint16_t)(1U << b))));
        }
        vst1q_u16(pattern + k, sum);
    }
}

const struct kernel kernel_neon = {"NEON", sliced_levels, sliced_turn, patterns, kernel_kept, sliced_within};

#else
typedef int kernel_neon_is_for_arm;
#endif
