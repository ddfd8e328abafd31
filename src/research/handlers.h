/* The handlers of the room's routes, by the file they stand in, and what they share. */
#ifndef LYKTA_RESEARCH_HANDLERS_H
#define LYKTA_RESEARCH_HANDLERS_H

#include "base/err.h"
#include "web/language.h"
#include "web/layout.h"
#include "web/route.h"

#include <stdbool.h>
#include <stddef.h>

struct request;
struct response;

/* apply_pages.c */
route_handler research_show, apply_show, apply_take, apply_thank, study_confirm_show, study_confirm_take;
/* study_pages.c */
route_handler studies_show, study_show, study_advise_take, study_grant_take, study_refuse_take,
    study_end_take;
/* access_pages.c */
route_handler access_show, access_agree_take, access_file, access_package;

/* The room is a programme's: in a city's own folder its pages are not there. Fills *out and sets *is_there to
 * false. */
enum status research_is_here(const struct request *r, bool *is_there, struct response *out,
                             struct err *e) MUST_USE;

/* What stands around a page with a form, of which `errors` answers are wrong. */
struct layout research_layout(const struct request *r, enum text_key title, size_t errors);

/* A page that says one thing. */
void research_say(const struct request *r, struct response *out, enum text_key title, enum text_key text);

#endif
