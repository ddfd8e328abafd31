/* A funnel plot: each city by its value and how sure it is, inside limits that widen as sureness falls.
 *
 * It takes the place of a ranking. A small city is far from the mean by chance alone; only a city outside the
 * limits differs by more than chance and the usual differences between cities make likely (Spiegelhalter
 * 2005, Statistics in Medicine 24, 1185-1202, with the variance between cities added to each city's own). */
#ifndef LYKTA_POOL_FUNNEL_H
#define LYKTA_POOL_FUNNEL_H

struct effects;

enum funnel_place {
    FUNNEL_INSIDE,  /* of the 95 % limits */
    FUNNEL_BETWEEN, /* outside them, inside the 99.8 % limits: one city in twenty is, by chance */
    FUNNEL_OUTSIDE  /* of both */
};

/* The limits at one standard error. */
struct funnel_limits {
    double se;
    double lo95, hi95;
    double lo998, hi998;
};

struct funnel_limits funnel_limits(const struct effects *x, double se);
enum funnel_place funnel_place(const struct effects *x, double y, double se);

#endif
