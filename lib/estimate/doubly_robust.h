/* Two lists that are independent among people alike in what is known of them (Das, Kennedy & Jewell 2024,
 * J. Am. Statist. Ass. 119, 1309-1321). */
#ifndef LYKTA_ESTIMATE_DOUBLY_ROBUST_H
#define LYKTA_ESTIMATE_DOUBLY_ROBUST_H

#include "estimate/method.h"

/* The row of the method "covariates", beside methods[] because it needs to be told which columns: options->
 * covariates, names of columns of categories with commas.
 *
 * Of those seen, the share on both lists, and of those on one of them the share on the first, are logistic
 * regressions on the categories, fitted to four fifths of the people and used on the last fifth, five times.
 * The influence function makes the figure right when these are only roughly right. The share on both is held
 * above 0.005, and it is told for how many people.
 *
 * With more lists the two are those that share most people who are on no other, and the figure is for them:
 * the lists are taken as independent among people on none of the others (Dulce Rubio & Kennedy 2024).
 * BAD_INPUT when a column is not there, or the categories are more than LOGISTIC_MAX_COEFFICIENTS. */
extern const struct method doubly_robust_method;

#endif
