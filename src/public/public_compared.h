/* The earlier rounds that a report lays beside its own: those of the ledger that are in force. */
#ifndef LYKTA_PUBLIC_PUBLIC_COMPARED_H
#define LYKTA_PUBLIC_PUBLIC_COMPARED_H

#include "base/err.h"

struct arena;
struct series;
struct public_release;
struct release;
struct request;

/* Compares `release`, which need not be published, with the city's earlier rounds. *out is NULL when there
 * are none; texts are in `a`. BAD_INPUT when an earlier release is not what was signed. */
enum status public_series_of(const struct request *r, const struct release *release, struct arena *a,
                             const struct series **out, struct err *e) MUST_USE;

/* Brings published->series up to date. When an earlier round has been corrected or withdrawn since, all
 * that was made of it is made anew. */
enum status public_compare(const struct request *r, struct public_release *published, struct err *e) MUST_USE;

#endif
