/* What is shown of signs that were told together. */
#ifndef LYKTA_OBSERVATION_PAIR_VIEW_H
#define LYKTA_OBSERVATION_PAIR_VIEW_H

#include "base/err.h"
#include "base/str.h"
#include "observation/evidence.h"

#include <stddef.h>

struct request;

struct pair_row {
    struct str one, other; /* the signs, in words */
    struct str shown;      /* "20 (16–24)" */
};

struct pair_view {
    struct str title; /* "Arbete, 2025" */
    size_t rows;
    const struct pair_row *row;
};

/* Each form's pairs of the year, with the words that the catalogue has for the signs; those of a sign that is
 * no longer in it are left out. Errors as sign_pairs_read. */
enum status pair_views_read(const struct request *r, int year, struct pair_view out[SITUATION_FORMS],
                            struct err *e) MUST_USE;

#endif
