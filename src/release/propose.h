/* From capture histories to a release that only waits to be published. */
#ifndef LYKTA_RELEASE_PROPOSE_H
#define LYKTA_RELEASE_PROPOSE_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/estimate.h"
#include "mapping/evidence.h"
#include "release/release.h"

enum { RELEASE_LEAST_IN_AREA = 20 };

struct arena;
struct city;
struct text;

struct proposal {
    const char *histories_name; /* for messages */
    struct str histories;       /* CSV: people per combination of lists */
    const char *names_name;
    struct str names; /* CSV: what lists and categories are called; may be empty (mapping_name) */
    struct estimate_options estimate;
    int64_t base;         /* of the rounding; 0: the standard profile's */
    bool has_example_key; /* rounded with mapping_example_key, not with the city's own */
    int64_t now_at;
    struct evidence_wanted wanted;     /* of what the figure rests on; none: the release tells no methods */
    struct mapping_evidence *evidence; /* where to put it, exact; NULL: nowhere */
};

/* Reads the histories, runs the mapping `m` (whose texts and period are set; its lists and dimensions are set
 * here), and makes the release of it. Nothing is written. REFUSED also when an area
 * is too small; `out` is made then. Everything is in `a`. */
enum status release_propose(const struct city *city, const struct proposal *p, struct mapping *m,
                            struct arena *a, struct release *out, struct err *e) MUST_USE;

/* The first row of an area that would be shown with fewer than RELEASE_LEAST_IN_AREA people, NULL when there
 * is none. Areas are the categories whose residents the mapping was told. The shown figure decides, so that a
 * published area tells no more than its figure. */
const struct release_row *release_small_area(const struct release *r);

/* What would be published, in plain English for a terminal. */
void release_preview(const struct release *r, struct text *out);

#endif
