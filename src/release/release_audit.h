/* What a reader can work out from a release: alone, and laid beside earlier ones about the same people.
 *
 * Releases of different years count different people: nothing in one is a sum of anything in the other, and
 * both together tell no more than each. Versions of the same years count the same people, so the true figure
 * of a cell lies in the intervals of both: where they leave fewer than five values, or none but 1 to 4, the
 * second version would tell what the first hid. What neither shows by itself is found by linear programs
 * (protect/ledger.h, protect/attack.h). */
#ifndef LYKTA_RELEASE_RELEASE_AUDIT_H
#define LYKTA_RELEASE_RELEASE_AUDIT_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;
struct published;
struct release;

/* A figure that can be worked out too closely, in words: "personer som finns hos Polisen men inte hos Vården;
 * Kön: kvinna". */
struct release_exposure {
    struct str cell_sv, cell_en;
    int64_t lo, hi;        /* the true one lies between them */
    bool is_contradiction; /* no true figure agrees with both: lo and hi are 0 */
};

struct release_audit {
    size_t figures; /* attacked */
    size_t exposed; /* of them; `first` is one, of the smallest group where versions tell the same figures */
    int64_t narrowest; /* the least difference between the highest and the lowest value proven possible */
    struct release_exposure first;
};

/* Attacks `r`, and with it `earlier`, a version of the same years; NULL: none. OK also when figures are
 * exposed: `out` says so. BAD_INPUT when a release's cube.csv is not one; REFUSED when the two cannot be
 * tried together. `progress` may be NULL. Everything is in `a`. */
enum status release_audit(const struct release *r, const struct release *earlier, struct progress *progress,
                          struct arena *a, struct release_audit *out, struct err *e) MUST_USE;

/* Attacks `r` with all `n` earlier versions of the same years at once: what no two of them tell, three may.
 * Versions that show the same figures count once, and with fewer than two that differ from `r` and from each
 * other release_audit has said all there is: out->figures is then 0. Otherwise as release_audit. */
enum status release_audit_together(const struct release *r, const struct release *const *earlier, size_t n,
                                   struct progress *progress, struct arena *a, struct release_audit *out,
                                   struct err *e) MUST_USE;

/* The cube of the release as anybody can read it, in `a`. */
enum status release_published(const struct release *r, struct arena *a, struct published *out,
                              struct err *e) MUST_USE;

#endif
