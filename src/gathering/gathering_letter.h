/* Letters of a gathering: to those whom its step waits for, each once a step. They name the mapping and lead
 * to the gathering's page; neither a list nor anybody on one is named, since mail is read on the way. */
#ifndef LYKTA_GATHERING_GATHERING_LETTER_H
#define LYKTA_GATHERING_GATHERING_LETTER_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct city;
struct db;

/* Writes about the first gathering whose step nobody has been told of, in one change with the note that it is
 * told:
 *
 *     keys    to list keepers who have handed in no key, and to analysts while nobody links
 *     digits  to list keepers who have not said that theirs are the same
 *     secret  to all whose list is in it
 *     lists   to those whose list is not in
 *     whole   to the linkage unit, once the coordinator has agreed to short lists
 *     ended   to those who have given no receipt
 *
 * and of a ring
 *
 *     joining      to list keepers who have handed in no list
 *     going round  to each whose turn it becomes to raise a list, unless another has waited for them already
 *     whole        to analysts who keep no list, once the coordinator has agreed to short lists
 *
 * *has_told is false when there is none. */
enum status gathering_letter_next(const struct city *city, struct db *db, int64_t now_at, bool *has_told,
                                  struct err *e) MUST_USE;

/* Writes, inside the change under way, to those who keep a list that questions have just been put about. */
enum status gathering_letter_asked(const struct city *city, struct db *db, int64_t round, int64_t now_at,
                                   struct err *e) MUST_USE;

#endif
