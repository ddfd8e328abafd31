/* The programme's first page: its cities, and the form by which its lead takes their releases. */
#ifndef LYKTA_PROGRAMME_FRONT_PAGE_H
#define LYKTA_PROGRAMME_FRONT_PAGE_H

#include "base/err.h"

struct request;
struct response;

/* GET /programmet; in a city's own folder: what the city gives a programme. */
enum status programme_show(const struct request *r, struct response *out, struct err *e) MUST_USE;

/* POST /programmet: the release whose files are sent as "files" and "tables" is taken, or the page says why
 * not and what to do. */
enum status programme_take_release(const struct request *r, struct response *out, struct err *e) MUST_USE;

/* The same page when more was sent than the form takes: what that is, at the field. */
enum status programme_refuse_files(const struct request *r, struct response *out, struct err *e) MUST_USE;

#endif
