/* Student's t distribution. */
#ifndef LYKTA_ESTIMATE_STUDENT_H
#define LYKTA_ESTIMATE_STUDENT_H

/* The quantile at p of Student's t with `freedom` > 0 degrees of freedom, which may be infinite (normal). */
double student_quantile(double p, double freedom);

#endif
