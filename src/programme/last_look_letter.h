/* Letters of a last look. No figure stands in them. */
#ifndef LYKTA_PROGRAMME_LAST_LOOK_LETTER_H
#define LYKTA_PROGRAMME_LAST_LOOK_LETTER_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct city;
struct db;
struct look_city;

/* To the city: its link, and until when it can answer. Inside the change under way, as the other. */
enum status last_look_letter_asked(const struct city *programme, struct db *db, const struct look_city *city,
                                   struct str token, int64_t until_at, int64_t now_at, struct arena *a,
                                   struct err *e) MUST_USE;

/* To whoever leads the programme: a city objects. */
enum status last_look_letter_objection(const struct city *programme, struct db *db,
                                       const struct look_city *city, int64_t now_at, struct arena *a,
                                       struct err *e) MUST_USE;

#endif
