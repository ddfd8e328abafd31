/* The situations that the network has counted in a mapping's years: evidence of its own kind beside the lists
 * of people, rounded year by year (observation/year_situations.h), and never added to them. */
#ifndef LYKTA_PUBLISHING_ROUND_SITUATIONS_H
#define LYKTA_PUBLISHING_ROUND_SITUATIONS_H

#include "base/err.h"
#include "base/str.h"
#include "publishing/round.h"
#include "web/language.h"

#include <stddef.h>

struct request;

struct situation_row {
    enum text_key what;
    struct str shown; /* "120 (60–180)" */
};

/* All of them first, then a row a form and a row a kind of place; *n is 0 when nothing was counted in years
 * that are over, or when what was would tell too much. */
enum status round_situations(const struct request *r, const struct round *round, struct situation_row **out,
                             size_t *n, struct err *e) MUST_USE;

#endif
