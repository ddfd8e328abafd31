/* The monthly picture. */
#ifndef LYKTA_OBSERVATION_OVERVIEW_PAGES_H
#define LYKTA_OBSERVATION_OVERVIEW_PAGES_H

#include "base/err.h"

struct request;
struct response;

enum status overview_show(const struct request *r, struct response *out, struct err *e);
/* year_pages.c */
enum status overview_year_show(const struct request *r, struct response *out, struct err *e);

#endif
