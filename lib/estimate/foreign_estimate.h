/* Estimates for other languages: text in, JSON out, and no struct to know. What liblykta promises to callers
 * that are not written in C, beside link/foreign.h.
 *
 * Python, with ctypes, calls the first function; R's .C and Fortran, which hand over the address of
 * everything and take nothing back, call the second. Both are called in tests/install. */
#ifndef LYKTA_ESTIMATE_FOREIGN_ESTIMATE_H
#define LYKTA_ESTIMATE_FOREIGN_ESTIMATE_H

#include "base/foreign_answer.h"

#include <stddef.h>
#include <stdint.h>

/* How many people the table `csv` of capture histories (estimate/counts.h: a column of 0 and 1 a list, then
 * `count`) says that there are, by the method of that name (estimate/method.h; "stepwise" and so on).
 * `replicates` of the bootstrap: 0 for none, -1 for as many as resolve the limits; `seed` of what is drawn;
 * `threads`, 0 for one a processor, which change nothing in the answer.
 *
 * The bytes are what lykta estimate --json prints (estimate/estimate_json.h). A table that does not carry an
 * estimate is an answer too: status 0, and "status": "refused" in the JSON. */
struct foreign_answer *foreign_estimate(const char *csv, size_t csv_bytes, const char *method,
                                        int64_t replicates, uint64_t seed, int threads);

/* The same, on all processors, into out[0], which has `*room` bytes: the JSON, or the sentence when *status
 * is not 0, ended by NUL. *status is 2 when the room is too small. */
void foreign_estimate_into(const char *const *csv, const char *const *method, const double *replicates,
                           const double *seed, const int *room, int *status, char **out);

#endif
