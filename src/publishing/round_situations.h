/* The situations that the network has counted in a mapping's years: evidence of its own kind beside the lists
 * of people, rounded month by month (observation/overview.h), and never added to them. */
#ifndef LYKTA_PUBLISHING_ROUND_SITUATIONS_H
#define LYKTA_PUBLISHING_ROUND_SITUATIONS_H

#include "base/err.h"
#include "base/str.h"
#include "publishing/round.h"
#include "web/language.h"

#include <stddef.h>

struct request;

struct situation_row {
    enum text_key form;
    struct str shown; /* "120 (60–180)" */
};

/* A row a form, and all of them first; *n is 0 when nothing was counted in months that are over. */
enum status round_situations(const struct request *r, const struct round *round, struct situation_row **out,
                             size_t *n, struct err *e) MUST_USE;

#endif
