/* Recipients: who can open reports, becoming one, another passphrase, changing the lock. */
#ifndef LYKTA_OBSERVATION_RECIPIENT_PAGES_H
#define LYKTA_OBSERVATION_RECIPIENT_PAGES_H

#include "base/err.h"

struct request;
struct response;

enum status recipients_show(const struct request *r, struct response *out, struct err *e);
enum status recipients_ask(const struct request *r, struct response *out, struct err *e);
enum status recipients_confirm(const struct request *r, struct response *out, struct err *e);
enum status recipients_remove(const struct request *r, struct response *out, struct err *e);
enum status recipients_passphrase(const struct request *r, struct response *out, struct err *e);
enum status recipients_relock(const struct request *r, struct response *out, struct err *e);

#endif
