/* Telling of a situation: the steps, one address, no trace in the browser's history but that one. */
#ifndef LYKTA_OBSERVATION_REPORT_PAGES_H
#define LYKTA_OBSERVATION_REPORT_PAGES_H

#include "base/err.h"

struct request;
struct response;

enum status report_start(const struct request *r, struct response *out, struct err *e);
enum status report_step(const struct request *r, struct response *out, struct err *e);

#endif
