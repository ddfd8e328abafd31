/* The inner loops of the log-linear fit, in several builds of the same lines (lanes.inc), the best of which
 * is chosen when the program runs. They give the same bits, so that a result does not depend on the
 * processor. On aarch64 the portable one is NEON code: every such processor has it. */
#ifndef LYKTA_ESTIMATE_KERNEL_H
#define LYKTA_ESTIMATE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KERNEL_LANES = 8, KERNEL_MOST = 3 }; /* rows are padded to KERNEL_LANES numbers */
enum { KERNEL_BLOCK = 64 };                 /* numbers that are summed together */

#define KERNEL_LEAST_EXPONENT (-700.0) /* exp of less is told as 0 */

/* A sum of rows of KERNEL_BLOCK numbers: first, plus rows[row[0]] .. rows[row[plus - 1]], less the others, in
 * this order. */
struct kernel_sum {
    const double *first;
    const double *rows; /* [][KERNEL_BLOCK] */
    const uint8_t *row; /* [n] */
    size_t plus, n;
};

struct fit_kernel {
    const char *name;
    /* As zeta_superset_sum and zeta_subset_product. */
    void (*superset_sum)(double *x, size_t cells);
    void (*subset_product)(double *x, size_t cells);
    /* Gaussian elimination of a symmetric matrix of k rows, upper triangle only, with one column more: rows
     * become D L'. `stride` is a multiple of KERNEL_LANES above k; what stands beside the triangle and the
     * column in a group of KERNEL_LANES is 0. False when pivot j is not above least[j], or not finite. */
    bool (*eliminate)(double *rows, size_t k, size_t stride, const double *least);
    /* exp of n numbers of at most 700, in their place, to a unit or two of the last bit. There is room for a
     * multiple of KERNEL_LANES: what stands there is reckoned with too. */
    void (*exp_all)(double *x, size_t n);
    /* The first n numbers of a sum; there is room for a multiple of KERNEL_LANES. */
    void (*sum_rows)(const struct kernel_sum *s, size_t n, double *out);
    /* Adds exp(sum - scale), as of exp_all, to out where the sum is at least `least`. */
    void (*add_exp_of_rows)(const struct kernel_sum *s, double least, double scale, double out[KERNEL_BLOCK]);
};

extern const struct fit_kernel estimate_kernel_portable, estimate_kernel_avx2, estimate_kernel_avx512;

/* Those that this processor runs, the best last; how many they are. */
size_t estimate_kernels(const struct fit_kernel *out[KERNEL_MOST]);
const struct fit_kernel *estimate_kernel_best(void);

#endif
