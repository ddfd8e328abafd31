/* Recipients: who can open reports, becoming one, another passphrase, changing the lock. */
#ifndef LYKTA_OBSERVATION_RECIPIENT_PAGES_H
#define LYKTA_OBSERVATION_RECIPIENT_PAGES_H

#include "base/err.h"

#include "web/language.h"

struct request;
struct response;

/* The recipients' page, with what has just been done or was wrong. */
enum recipients_outcome { RECIPIENTS_DONE, RECIPIENTS_WRONG };
enum status recipients_told(const struct request *r, struct response *out, enum recipients_outcome outcome,
                            enum text_key words, struct err *e) MUST_USE;

enum status recipients_show(const struct request *r, struct response *out, struct err *e);
enum status recipients_ask(const struct request *r, struct response *out, struct err *e);
enum status recipients_confirm(const struct request *r, struct response *out, struct err *e);
enum status recipients_remove(const struct request *r, struct response *out, struct err *e);
enum status recipients_passphrase(const struct request *r, struct response *out, struct err *e);
enum status recipients_relock(const struct request *r, struct response *out, struct err *e);

#endif
