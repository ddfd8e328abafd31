/* Carries the outbox's letters to the mail server, one after the other, on a database connection of its own.
 */
#ifndef LYKTA_MAIL_POSTMAN_H
#define LYKTA_MAIL_POSTMAN_H

#include "base/err.h"
#include "mail/delivery.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct city;
struct db;
struct postman;

/* Reads the city's settings, and asks `source` for a carrier if they name a server. BAD_INPUT and SYSTEM as
 * mail_settings_read and `source` say. Letters that were being handed
 * over when the program ended become unsure. `db` is the postman's alone; `stop` ends a round early; both and
 * `city` outlive it. */
enum status postman_open(const struct city *city, struct db *db, int64_t (*now_at)(void),
                         carrier_source *source, const atomic_bool *stop, struct postman **out,
                         struct err *e) MUST_USE;

/* NULL is harmless. */
void postman_close(struct postman *p);

/* Hands over every letter that is due, by the city's settings as they are now. While the server does not
 * answer, it is tried again after 5, 10, 20 … seconds, 5 minutes at most, whatever the number of letters.
 * *sent is how many were taken. */
enum status postman_round(struct postman *p, size_t *sent, struct err *e) MUST_USE;

#endif
