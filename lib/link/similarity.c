/* How alike two filters are. */
#include "link/similarity.h"

#include "base/arena.h"

static const struct levels grouped_levels[GROUPS] = {
    [GROUP_NAMES] = {13, {.32, .40, .46, .52, .58, .64, .70, .76, .82, .88, .92, .96, .99}},
    [GROUP_BIRTH] = {13, {.20, .30, .38, .45, .52, .59, .66, .72, .78, .84, .89, .94, .98}},
    [GROUP_PLACE] = {13, {.20, .30, .38, .45, .52, .59, .66, .72, .78, .84, .89, .94, .98}}};

static const struct levels clk_levels = {
    14, {.50, .55, .60, .64, .68, .72, .76, .80, .84, .88, .91, .94, .97, .99}};

const struct levels *levels_of(enum profile profile, enum group group)
{
    return profile == PROFILE_CLK ? &clk_levels : &grouped_levels[group];
}

double similarity(unsigned common, unsigned sum, size_t bits, int noise_percent)
{
    double flip = 0.005 * noise_percent; /* half of the replaced bits come out as they were */
    double keeps = 1.0 - 2.0 * flip;
    double length = (double)bits;
    double true_sum = ((double)sum - 2.0 * length * flip) / keeps;

    if (sum == 0 || true_sum <= 0.0)
        return 0.0;
    double true_common = ((double)common - true_sum * flip * keeps - length * flip * flip) / (keeps * keeps);
    double dice = 2.0 * true_common / true_sum;

    return dice < 0.0 ? 0.0 : dice > 1.0 ? 1.0 : dice;
}

void level_needs_make(struct level_needs *out, const struct levels *levels, size_t bits, int noise_percent,
                      unsigned most_sum, unsigned most_common, struct arena *a)
{
    out->cuts = levels->cuts;
    out->need = arena_new(a, ((size_t)most_sum + 1) * levels->cuts, uint16_t);
    for (unsigned sum = 0; sum <= most_sum; sum++) {
        uint16_t *need = out->need + sum * levels->cuts;
        unsigned common = 0; /* similarity grows with the common bits */

        for (size_t c = 0; c < levels->cuts; c++) {
            while (common <= most_common && similarity(common, sum, bits, noise_percent) < levels->cut[c])
                common++;
            need[c] = common <= most_common ? (uint16_t)common : (uint16_t)LEVEL_NEVER;
        }
    }
}
