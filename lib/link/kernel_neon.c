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
#define TARGET
#include "link/kernel_sliced.inc"

static void interleaved_common(const uint64_t *row, const uint64_t *eights, size_t words, size_t n,
                               uint16_t *common)
{
    for (size_t k = 0; k < n * KERNEL_INTERLEAVED; k += 2) {
        const uint64_t *two =
            eights + k / KERNEL_INTERLEAVED * words * KERNEL_INTERLEAVED + k % KERNEL_INTERLEAVED;
        uint64x2_t sum = vdupq_n_u64(0);

        for (size_t w = 0; w < words; w++) {
            uint64x2_t both = vandq_u64(vdupq_n_u64(row[w]), vld1q_u64(two + w * KERNEL_INTERLEAVED));

            sum = vpadalq_u32(sum, vpaddlq_u16(vpaddlq_u8(vcntq_u8(vreinterpretq_u8_u64(both)))));
        }
        common[k] = (uint16_t)vgetq_lane_u64(sum, 0);
        common[k + 1] = (uint16_t)vgetq_lane_u64(sum, 1);
    }
}

/* Few pairs reach more than the first cuts: what no record reaches ends the look. */
static void add_levels(const uint16_t *common, const uint16_t *need, size_t cuts, uint16_t unit,
                       uint16_t *pattern)
{
    const uint16x8_t one = vdupq_n_u16(unit);

    for (size_t k = 0; k < KERNEL_RECORDS; k += 8) {
        uint16x8_t bits = vld1q_u16(common + k);
        uint16x8_t level = vld1q_u16(pattern + k);

        for (size_t c = 0; c < cuts; c++) {
            uint16x8_t reach = vcgeq_u16(bits, vld1q_u16(need + c * KERNEL_RECORDS + k));

            if (vmaxvq_u16(reach) == 0)
                break;
            level = vaddq_u16(level, vandq_u16(reach, one));
        }
        vst1q_u16(pattern + k, level);
    }
}

const struct kernel kernel_neon = {"NEON", interleaved_common, add_levels, sliced_within};

#else
typedef int kernel_neon_is_for_arm;
#endif
