/* What a measure may rest on: the pages of the program that can be linked to as its evidence. */
#ifndef LYKTA_PLAN_PLAN_OFFERS_H
#define LYKTA_PLAN_PLAN_OFFERS_H

#include "base/date.h"
#include "base/err.h"
#include "plan/measure.h"
#include "web/language.h"

#include <stddef.h>

struct arena;
struct city;
struct db;

struct plan_offers {
    size_t n;
    struct measure_link *link;
};

/* Every table of the releases in force, the years of which situations are counted and that are over, and the
 * seminars that are not drafts; the newest first, with titles in `language`. A release that cannot be read is
 * left out: what is wrong with it, lykta verify tells. In `a`. */
enum status plan_offers(const struct city *city, struct db *db, struct date today, enum language language,
                        struct arena *a, struct plan_offers *out, struct err *e) MUST_USE;

/* The one with the path, or NULL. */
const struct measure_link *plan_offer(const struct plan_offers *offers, struct str path);

#endif
