/* Transforms over the subsets of a set of lists, one pass per list. The passes of the first two lists go
 * together over four neighbours; the others work on four numbers at once, which the compiler turns into what
 * the processor has. Every number is made by the same operations in the same order whatever that is. */
#include "estimate/zeta.h"

#include <assert.h>

typedef double four __attribute__((vector_size(32), aligned(8), may_alias));

static four *at(double *x, size_t i)
{
    return (four *)(x + i);
}

void zeta_superset_sum(double *x, size_t cells)
{
    assert(cells >= 4);
    for (size_t i = 0; i < cells; i += 4) {
        x[i] += x[i + 1];
        x[i + 2] += x[i + 3];
        x[i] += x[i + 2];
        x[i + 1] += x[i + 3];
    }
    for (size_t bit = 4; bit < cells; bit *= 2)
        for (size_t start = 0; start < cells; start += 2 * bit)
            for (size_t i = start; i < start + bit; i += 4)
                *at(x, i) += *at(x, i + bit);
}

void zeta_subset_sum(double *x, size_t cells)
{
    assert(cells >= 4);
    for (size_t i = 0; i < cells; i += 4) {
        x[i + 1] += x[i];
        x[i + 3] += x[i + 2];
        x[i + 2] += x[i];
        x[i + 3] += x[i + 1];
    }
    for (size_t bit = 4; bit < cells; bit *= 2)
        for (size_t start = 0; start < cells; start += 2 * bit)
            for (size_t i = start; i < start + bit; i += 4)
                *at(x, i + bit) += *at(x, i);
}

void zeta_subset_product(double *x, size_t cells)
{
    assert(cells >= 4);
    for (size_t i = 0; i < cells; i += 4) {
        x[i + 1] *= x[i];
        x[i + 3] *= x[i + 2];
        x[i + 2] *= x[i];
        x[i + 3] *= x[i + 1];
    }
    for (size_t bit = 4; bit < cells; bit *= 2)
        for (size_t start = 0; start < cells; start += 2 * bit)
            for (size_t i = start; i < start + bit; i += 4)
                *at(x, i + bit) *= *at(x, i);
}
