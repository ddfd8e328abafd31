/* Figures as a person reads them: rounded, because an estimate is not known to the unit. */
#ifndef LYKTA_ESTIMATE_ABOUT_H
#define LYKTA_ESTIMATE_ABOUT_H

struct text;

/* Figures above are those of a table that decides nothing: they are told as this one, and limits as none. */
#define ABOUT_MOST 1e15

/* From 1,000 on three significant digits, below that whole people; at most ABOUT_MOST. The figure is not NaN.
 */
double about_round(double figure);

/* "12500", or "over 1000000000000000". */
void about_put(struct text *out, double figure);

/* "between 9480 and 13900", or "at least 9480, without an upper limit" when that is above ABOUT_MOST. */
void about_put_between(struct text *out, const double limits[2]);

#endif
