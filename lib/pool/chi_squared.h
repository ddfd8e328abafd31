/* The chi-squared distribution. */
#ifndef LYKTA_POOL_CHI_SQUARED_H
#define LYKTA_POOL_CHI_SQUARED_H

/* The quantile at 0 < p < 1 with `freedom` > 0 degrees of freedom, to twelve digits. */
double chi_squared_quantile(double p, double freedom);

#endif
