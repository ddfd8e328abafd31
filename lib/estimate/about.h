/* Figures as a person reads them: rounded, because an estimate is not known to the unit. */
#ifndef LYKTA_ESTIMATE_ABOUT_H
#define LYKTA_ESTIMATE_ABOUT_H

struct text;

/* From 1,000 on three significant digits, below that whole people. The figure is finite. */
double about_round(double figure);
void about_put(struct text *out, double figure);

/* "between 9480 and 13900", or "at least 9480, without an upper limit". */
void about_put_between(struct text *out, const double limits[2]);

#endif
