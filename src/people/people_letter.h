/* What people are written about their accounts. */
#ifndef LYKTA_PEOPLE_PEOPLE_LETTER_H
#define LYKTA_PEOPLE_PEOPLE_LETTER_H

#include "base/err.h"
#include "base/str.h"
#include "people/welcome.h"

struct arena;
struct city;
struct db;
struct person;

/* Queues the letter with the link of `token`, inside the change under way. The city's address in lykta.conf
 * stands in the link, or else where it listens. */
enum status people_letter_welcome(struct db *db, const struct city *city, const struct person *person,
                                  enum welcome_reason reason, struct str token, int64_t now_at,
                                  struct arena *a, struct err *e) MUST_USE;

#endif
