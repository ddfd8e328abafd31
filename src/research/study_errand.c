/* Notices, each day. */
#include "research/study_errand.h"

#include "research/study_notice.h"

#include <time.h>

enum { HOUR_MS = 3600 * 1000 };

static enum status take_care(const struct errand_round *r, struct err *e)
{
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    bool has_told = true;

    while (has_told)
        TRY(study_notice_next(r->city, r->db, &who, &has_told, e));
    return OK;
}

const struct errand study_errand = {.name = "research", .every_ms = HOUR_MS, .run = take_care};
