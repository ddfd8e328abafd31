/* Recovery: a recipient who lost the passphrase asks, holders give their shares, the recipient reads again.
 */
#ifndef LYKTA_OBSERVATION_REGAIN_PAGES_H
#define LYKTA_OBSERVATION_REGAIN_PAGES_H

#include "base/err.h"

struct request;
struct response;

enum status regain_show(const struct request *r, struct response *out, struct err *e);
enum status regain_take_begin(const struct request *r, struct response *out, struct err *e);
enum status regain_take_share(const struct request *r, struct response *out, struct err *e);
enum status regain_take_finish(const struct request *r, struct response *out, struct err *e);
enum status regain_take_holder(const struct request *r, struct response *out, struct err *e);
enum status regain_take_stop(const struct request *r, struct response *out, struct err *e);

#endif
