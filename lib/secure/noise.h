/* Noise for differential privacy: whole numbers that a city adds to its figures before they are masked.
 *
 * The number k comes with a probability that is proportional to exp(-|k| * epsilon / touched): the discrete
 * Laplace distribution. One person more or less in a city, who is counted in at most `touched` cells, then
 * changes the probability of whatever anybody sees by at most a factor exp(epsilon): Dwork, McSherry, Nissim
 * & Smith (2006). Each city adds noise that is enough by itself, so that the budget holds for its people even
 * if everybody else puts their figures together, and whichever cities drop out; the price is noise from every
 * city in the sum. Drawn exactly, in whole numbers, by the method of Canonne, Kamath & Steinke (2020,
 * NeurIPS, algorithms 1 and 2): floating point would leave traces of what it was added to (Mironov 2012,
 * CCS). */
#ifndef LYKTA_SECURE_NOISE_H
#define LYKTA_SECURE_NOISE_H

#include <stddef.h>
#include <stdint.h>

enum {
    NOISE_MOST_BUDGET = 10000, /* epsilon 10 */
    NOISE_MOST_TOUCHED = 1000
};

struct noise {
    size_t budget;  /* epsilon in thousandths, 1..NOISE_MOST_BUDGET; 0: no noise */
    size_t touched; /* cells that a person is counted in at most, 1..NOISE_MOST_TOUCHED; not read without */
};

/* A random number of the distribution; noise->budget is above 0. */
int64_t noise_draw(const struct noise *noise);

/* The standard deviation of the noise in the sum of `cities` cities; 0 without noise. */
double noise_sd(const struct noise *noise, size_t cities);

#endif
