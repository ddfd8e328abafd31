/* A mapping's run: capture histories in; a protected cube and what is estimated from it out. */
#ifndef LYKTA_MAPPING_RUN_H
#define LYKTA_MAPPING_RUN_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/estimate.h"
#include "mapping/evidence.h"
#include "mapping/from_cube.h"
#include "mapping/mapping.h"
#include "protect/cube.h"

struct arena;
struct key;

struct mapping_run_options {
    struct estimate_options estimate; /* its progress is the run's */
    int64_t base;                     /* of the rounding; 0: the standard profile's */
    struct str municipality;          /* four digits: bound into the rounding's random numbers */
    const struct key *key;            /* the city's cube key */
    struct evidence_wanted evidence;  /* none: no methods are told in the release */
    bool exactly;                     /* what the exact counts give, too: for the analyst */
};

/* `estimate` and `evidence` hold exact figures: they are for the analyst's eyes alone, and empty unless asked
 * for. What release_make takes is the cube and what follows from it. */
struct mapping_result {
    struct estimate estimate;
    struct mapping_evidence evidence;
    struct cube cube;
    struct cube_figures shown;
};

/* Runs `m`, whose lists and dimensions are those of the linkages: rounds the table of people by list and
 * category of the middle one (counts_middle) to a frozen cube, attacks it, and estimates from it how many are
 * not seen. From all linkages comes how much the doubt of who is who adds, and, when asked for, what the
 * exact counts give and rest on. Everything is in `a`. A refused estimate is an answer, and the call OK.
 * REFUSED when the table is too finely divided to be rounded, or the attack exposes a cell; SYSTEM when asked
 * to stop.
 */
enum status mapping_run(const struct mapping *m, const struct counts_linkages *linkages,
                        const struct mapping_run_options *options, struct arena *a,
                        struct mapping_result *out, struct err *e) MUST_USE;

#endif
