/* Any bytes as the shares and dependences of a design: what is taken has probabilities that sum to 1. */
#include "base/err.h"
#include "estimate/design.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str whole = {(const char *)data, size};
    struct design design = {.people = 100};
    struct str coverage;
    struct str dependence;
    double p[MODEL_MAX_CELLS];
    double sum = 0.0;
    struct err e;

    str_cut(whole, '\n', &coverage, &dependence);
    if (design_read_coverage(coverage, &design, &e) != OK)
        return 0;
    if (design_read_dependence(dependence, &design, &e) != OK)
        return 0;
    if (design.lists > 5)
        return 0; /* the rest is the same, and slower */
    design_probabilities(&design, p);
    for (size_t c = 0; c < (size_t)1 << design.lists; c++)
        sum += p[c];
    assert(fabs(sum - 1.0) < 1e-9);
    return 0;
}
