/* The page of what helps. */
#ifndef LYKTA_OBSERVATION_SIGN_EVIDENCE_PAGES_H
#define LYKTA_OBSERVATION_SIGN_EVIDENCE_PAGES_H

#include "base/err.h"

struct request;
struct response;

enum status evidence_show(const struct request *r, struct response *out, struct err *e);

#endif
