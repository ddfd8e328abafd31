/* Letters about results, each queued inside the change it tells of. */
#ifndef LYKTA_RESULTS_RESULTS_LETTER_H
#define LYKTA_RESULTS_RESULTS_LETTER_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct city;
struct db;
struct study;

/* To the researcher: they have come in. Whose link somebody else has used reads it here. */
enum status results_letter_received(const struct city *city, struct db *db, const struct study *study,
                                    int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* To everybody who decides about results: some wait. */
enum status results_letter_waiting(const struct city *city, struct db *db, const struct study *study,
                                   int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* To the researcher: what was decided, with the words of whoever decided. */
typedef enum status results_letter(const struct city *city, struct db *db, const struct study *study,
                                   struct str words, int64_t now_at, struct arena *a, struct err *e);
results_letter results_letter_published MUST_USE, results_letter_returned MUST_USE,
    results_letter_withdrawn MUST_USE;

#endif
