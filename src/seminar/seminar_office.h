/* The office of a city: made from its settings and its key for links. */
#ifndef LYKTA_SEMINAR_SEMINAR_OFFICE_H
#define LYKTA_SEMINAR_SEMINAR_OFFICE_H

#include "seminar/seminar.h"
#include "store/errand.h"
#include "store/keys.h"

struct city;

/* Fills *o for work on `db`, with the key in *key: the caller wipes it when the office is no longer needed.
 * Letters lead to the address of lykta.conf, or, while that is empty, to where the server listens on this
 * machine. SYSTEM and BAD_INPUT as key_read. */
enum status seminar_office_of(const struct city *city, struct db *db, struct key *key, struct arena *a,
                              struct seminar_office *o, struct err *e) MUST_USE;

/* The city's settings as they are now, for an office that is kept; texts in `a`. */
void seminar_office_settle(struct seminar_office *o, const struct city *city, struct arena *a);

/* What seminars do by themselves, twice a minute: sign-ups that nobody confirmed go, reminders are sent. */
extern const struct errand seminar_errand;

#endif
