/* What a granted study reads: the releases that were granted, of cities that still take part, and what is
 * pooled of them. */
#ifndef LYKTA_RESEARCH_STUDY_ACCESS_H
#define LYKTA_RESEARCH_STUDY_ACCESS_H

#include "base/err.h"
#include "base/str.h"
#include "programme/arrival.h"
#include "research/study.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* A release that was granted, by its manifest's SHA-256; the rest is for lists. */
struct study_release {
    struct str manifest_hash;
    struct str release; /* "1281-2025" */
    struct str city;
    int first_year, last_year;
    struct str period; /* "2025" or "2024–2025": set when it is read */
};

struct study_grants {
    size_t n;
    struct study_release *release; /* by city and year */
};

/* "2025" or "2024–2025", in `a`. */
struct str study_period(int first_year, int last_year, struct arena *a);

/* Whose link `token` is at `now_at`, in `a`. out->id is 0 for an unknown, an ended and an outdated link:
 * nothing tells which. */
enum status study_by_link(struct db *db, struct str token, int64_t now_at, struct arena *a, struct study *out,
                          struct err *e) MUST_USE;

/* Whose link `token` is for handing in results, in `a`: one whose terms were agreed to, also when its time is
 * over, for as long as the programme knows whose it is (study_retention.c). out->id is 0 for an unknown one
 * and for one that a person has ended. */
enum status study_by_link_for_results(struct db *db, struct str token, struct arena *a, struct study *out,
                                      struct err *e) MUST_USE;

/* The researcher agrees to the terms; again is harmless. REFUSED when the access is not open. */
enum status study_agree(struct db *db, const struct study *study, const struct who *who,
                        struct err *e) MUST_USE;

/* Notes that the researcher reads `what` ("page", or a file's name); called before it is shown. REFUSED
 * before the terms are agreed to. */
enum status study_note_read(struct db *db, const struct study *study, const char *what, const struct who *who,
                            struct err *e) MUST_USE;

/* What was granted, in `a`. */
enum status study_granted(struct db *db, int64_t study, struct arena *a, struct study_grants *out,
                          struct err *e) MUST_USE;

/* Of the accepted releases of `all` those that were granted, in the same order; in `a`. */
struct arrivals study_arrivals(const struct arrivals *all, const struct study_grants *granted,
                               struct arena *a);

/* The releases of `granted` as their cities signed them, a folder each, as the bytes of a ZIP file; in `a`.
 * SYSTEM when one of them is no longer what was taken, or there is no memory. */
enum status study_package(const struct arrivals *granted, struct arena *a, struct str *out,
                          struct err *e) MUST_USE;

#endif
