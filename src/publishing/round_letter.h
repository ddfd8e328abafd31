/* Letters of a mapping's way to publication: to whom a step waits for, and to who is asked to read a draft.
 * They name the mapping and lead to its page. No figure stands in them: mail is read on the way. */
#ifndef LYKTA_PUBLISHING_ROUND_LETTER_H
#define LYKTA_PUBLISHING_ROUND_LETTER_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct draft_reader;

/* Queues the letter with the reader's link, inside the change under way. */
enum status round_letter_draft(const struct city *city, struct db *db, const struct draft_reader *reader,
                               struct str token, int64_t now_at, struct arena *a, struct err *e) MUST_USE;

/* Writes about the mapping whose last step nobody has been told of, to everybody it now waits for: analysts
 * when it needs a file, the analyst when it is worked out or refused, and those who may approve when it is
 * proposed, without who took the step. In one change with the note that it is told, so that each step is told
 * once. *has_told is false when there is none. */
enum status round_letter_next(const struct city *city, struct db *db, int64_t now_at, bool *has_told,
                              struct err *e) MUST_USE;

#endif
