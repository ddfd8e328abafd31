/* Why a round cannot be published, in plain words for who works on it, in both languages. */
#ifndef LYKTA_PUBLISHING_ROUND_TOLD_H
#define LYKTA_PUBLISHING_ROUND_TOLD_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct db;
struct release_exposure;
struct release_row;

struct round_told {
    struct str sv, en;
};

/* Together with the release `name` the figure could be worked out too closely. */
struct round_told round_told_pair(struct str name, const struct release_exposure *figure, struct arena *a);

/* The release `name` counts people of some of the same years. */
struct round_told round_told_years(struct str name, struct arena *a);

/* The library refused, with the sentence `why`. */
struct round_told round_told_refused(struct str why, struct arena *a);

/* The area would be shown with too few people (release_small_area). */
struct round_told round_told_area(const struct release_row *area, struct arena *a);

/* The machine failed; the log says how. */
struct round_told round_told_fault(struct arena *a);

/* Keeps what the round `id` is told, empty texts for nothing. Inside the caller's change. */
enum status round_told_note(struct db *db, int64_t id, const struct round_told *told, struct err *e) MUST_USE;

#endif
