/* Transforms over the subsets of a set of lists. One pass per list; the inner loops run over neighbours in
 * memory, so that the compiler can use vector instructions. */
#include "estimate/zeta.h"

void zeta_superset_sum(double *x, size_t cells)
{
    for (size_t bit = 1; bit < cells; bit *= 2)
        for (size_t start = 0; start < cells; start += 2 * bit)
            for (size_t i = start; i < start + bit; i++)
                x[i] += x[i + bit];
}

void zeta_subset_sum(double *x, size_t cells)
{
    for (size_t bit = 1; bit < cells; bit *= 2)
        for (size_t start = 0; start < cells; start += 2 * bit)
            for (size_t i = start; i < start + bit; i++)
                x[i + bit] += x[i];
}

void zeta_subset_product(double *x, size_t cells)
{
    for (size_t bit = 1; bit < cells; bit *= 2)
        for (size_t start = 0; start < cells; start += 2 * bit)
            for (size_t i = start; i < start + bit; i++)
                x[i + bit] *= x[i];
}
