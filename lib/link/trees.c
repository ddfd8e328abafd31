/* The mean over all trees. */
#include "link/trees.h"

#include <math.h>

/* The sum over all trees is a minor of the Laplacian (Kirchhoff 1847). Record by record is eliminated, as a
 * star of conductors becomes a mesh of the same conductance between its ends (Rosen 1924); the minor is the
 * product of what each star added up to. */
double trees_log_mean(double ratio[TREES_MAX][TREES_MAX], size_t k)
{
    double sum = k > 2 ? -(double)(k - 2) * log((double)k) : 0.0;

    for (size_t v = k; v-- > 1;) {
        double star = 0.0;

        for (size_t i = 0; i < v; i++)
            star += ratio[v][i];
        sum += log(star);
        for (size_t i = 0; i < v; i++)
            for (size_t j = 0; j < i; j++) {
                ratio[i][j] += ratio[v][i] * ratio[v][j] / star;
                ratio[j][i] = ratio[i][j];
            }
    }
    return sum;
}
