/* Recovery: a recipient who lost the passphrase asks, holders give their shares, the recipient reads again.
 */
#ifndef LYKTA_OBSERVATION_REGAIN_PAGES_H
#define LYKTA_OBSERVATION_REGAIN_PAGES_H

#include "base/err.h"
#include "base/str.h"

struct keyring;
struct request;
struct response;

/* The name of who has a recovery under way, for who is not that person; empty when nobody has. */
enum status regain_asker(const struct request *r, struct keyring *k, struct str *name, struct err *e);

enum status regain_show(const struct request *r, struct response *out, struct err *e);
enum status regain_take_begin(const struct request *r, struct response *out, struct err *e);
enum status regain_take_share(const struct request *r, struct response *out, struct err *e);
enum status regain_take_finish(const struct request *r, struct response *out, struct err *e);
enum status regain_take_holder(const struct request *r, struct response *out, struct err *e);
enum status regain_take_stop(const struct request *r, struct response *out, struct err *e);

#endif
