/* A population and lists as they might be: to simulate what a mapping would give before anybody is asked. */
#ifndef LYKTA_ESTIMATE_DESIGN_H
#define LYKTA_ESTIMATE_DESIGN_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/model.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct counts;
struct rng;

enum { DESIGN_MAX_PEOPLE = 10000000, DESIGN_MAX_KINDS = 64 };

/* People of one kind: their share of all (any unit), and how much their log odds are moved on all lists. */
struct design_kind {
    double share, moved;
};

struct design {
    size_t lists; /* 2..MODEL_MAX_LISTS */
    int64_t people;
    double coverage[MODEL_MAX_LISTS]; /* the share of all people on each list, between 0 and 1 */
    double odds[MODEL_MAX_PAIRS];     /* odds ratio of each pair in model_pair's order, given the other lists;
                                         0 where nothing is said: 1, independent */
    double heterogeneity; /* standard deviation of what people have in common with themselves on all lists, in
                             log odds; 0: all alike */
    size_t kinds;         /* of people, if they differ in another way than by heterogeneity; else 0 */
    struct design_kind kind[DESIGN_MAX_KINDS];
};

/* Reads "0.2,0.15,0.1" into design->coverage and lists; USAGE when it is not 2..MODEL_MAX_LISTS shares
 * between 0.001 and 0.999. */
enum status design_read_coverage(struct str text, struct design *design, struct err *e) MUST_USE;

/* Reads "1:2=3,3:4=0.5": lists 1 and 2 with odds ratio 3, .., from 0.01 to 100, each pair once. USAGE when it
 * is not that, or names a list that the design has not. */
enum status design_read_dependence(struct str text, struct design *design, struct err *e) MUST_USE;

/* The probability of every history, none among them, into p[2^lists]: the log-linear table with these odds
 * ratios, mixed over people, fitted to the coverage of each list (Deming & Stephan 1940: odds ratios stay).
 */
void design_probabilities(const struct design *design, double *p);

/* One table of the design: as many people as there are, each with a history. Names of lists are "1", "2", ..
 * The table's people and records are in `a`. */
void design_draw(const struct design *design, const double *p, struct rng *r, struct arena *a,
                 struct counts *out);

#endif
