/* What the post box's own files share: a letter that was sent (sum_box_post.c), and how it is kept
 * (sum_box.c). */
#ifndef LYKTA_PROGRAMME_SUM_BOX_OWN_H
#define LYKTA_PROGRAMME_SUM_BOX_OWN_H

#include "programme/sum_box.h"

struct sum_sent {
    struct str bytes;
    struct letter letter;
    size_t place; /* of the city that it is from, or, of a roster, for */
};

enum status sum_box_keep(struct db *db, const struct who *who, const struct sum_box_state *x,
                         const struct sum_sent *sent, struct err *e) MUST_USE;

#endif
