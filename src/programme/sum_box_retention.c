/* What is deleted when of the post box of secure sums. */
#include "programme/sum_box_retention.h"

#include <stddef.h>

#define OF_WHAT_IS_ADDED "from sum_letter where box in (select id from sum_box where reveal_until < $1)"

const struct retention_rule sum_box_retention[] = {
    {.class = "sum.letter",
     .what = "letters of secure sums, after the last day for shares",
     .ground =
         "GDPR 5.1 e: whoever gets hold of cities' keys later could take the masks off figures that were kept",
     .stays = "the round, and that letters came, in the audit log",
     .kept = {.months = 3},
     .count = "select count(*) " OF_WHAT_IS_ADDED,
     .erase = {"delete " OF_WHAT_IS_ADDED}},
    {.class = NULL},
};
