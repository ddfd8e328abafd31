/* The method "graphs": the posterior median and credible limits of averaging over decomposable graphs
 * (graphs.h), with the prior of 2^-lists a cell, and beside them those of half and of double that prior:
 * where the median moves by more than half the interval, the prior decides and only a range is told. */
#ifndef LYKTA_ESTIMATE_BY_GRAPHS_H
#define LYKTA_ESTIMATE_BY_GRAPHS_H

#include "estimate/method.h"

method_run by_graphs;

#endif
