/* The auditor: what a reader can bound with everything that is shown, before it is shown.
 *
 * A cell is exposed when the linear programs (bounds.h) leave fewer than five values for it, or none but 1
 * to 4. Who counts some of the people in a cell himself takes as many values away; two must be left. Programs
 * are solved only where needed: a cell is proven wide by any two tables that agree with all that is known and
 * differ enough there. For a cube one such table is the published figures themselves, moved in one inner
 * cell; so a correctly made cube is proven safe without a single program, and a spoiled one is not.
 * docs/methods/protection.md; the attacker's problem: Handbook on Statistical Disclosure Control, 2nd ed. */
#ifndef LYKTA_PROTECT_ATTACK_H
#define LYKTA_PROTECT_ATTACK_H

#include "base/err.h"
#include "protect/sums.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;
struct published;

enum {
    ATTACK_LEAST_WIDTH = 4, /* highest minus lowest value of a safe cell */
    ATTACK_SMALL = 4        /* persons in a cell that could point at one */
};

/* What the attacker knows, and what he must not find out. */
struct attack_knowledge {
    struct sums sums;
    const size_t *cell; /* the sums that are protected */
    size_t cells;
    const int64_t *own; /* [sums.n] people in it that he counts himself; the rest is protected. NULL: none */
};

enum attack_depth {
    ATTACK_UNTIL_SAFE, /* stop at a cell once it is proven wide: its interval is then what has been proven */
    ATTACK_EXACT       /* solve both programs for every cell */
};

struct attack_options {
    enum attack_depth depth;
    const int64_t *guess;      /* [sums.counts] a table to prove cells wide with, NULL for none */
    struct progress *progress; /* NULL for none */
};

/* The least and the most that a whole number in a cell can be. */
struct attack_bound {
    size_t cell;
    int64_t lo;
    int64_t hi; /* BOUNDS_UNLIMITED: nothing is known above */
    bool is_exposed;
};

struct attack_report {
    size_t cells; /* attacked */
    struct attack_bound *bound;
    size_t exposed;
    size_t exact; /* exposed down to one value */
    size_t programs;
    int64_t narrowest; /* the least hi - lo; with ATTACK_UNTIL_SAFE, of what has been proven */
};

/* Attacks the protected cells. OK also when cells are exposed: the report says so.
 * REFUSED when the knowledge contradicts itself or the table is too large for the programs it needs, or when
 * the progress was asked to stop. In `a`.                                                                 */
enum status attack_cells(const struct attack_knowledge *knowledge, const struct attack_options *options,
                         struct arena *a, struct attack_report *out, struct err *e) MUST_USE;

/* Attacks every cell of a published table that is not a structural zero, with the intervals shown and what
 * the method tells besides (published_know). In a table with hidden figures those that are shown exactly, 0
 * or above ATTACK_SMALL, are meant to be known. */
enum status attack_published(const struct published *published, const struct attack_options *options,
                             struct arena *a, struct attack_report *out, struct err *e) MUST_USE;

#endif
