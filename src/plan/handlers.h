/* The handlers of the room's routes, by the file they stand in. */
#ifndef LYKTA_PLAN_HANDLERS_H
#define LYKTA_PLAN_HANDLERS_H

#include "base/str.h"
#include "web/route.h"

#include <stdbool.h>
#include <stdint.h>

struct measure;
struct request;

/* plan_show.c */
route_handler plan_show, plan_public_show, plan_public_earlier;
/* plan_measure.c */
route_handler measure_show, measure_report, measure_remove_take;
/* plan_measure_form.c */
route_handler measure_new_show, measure_new_take, measure_change_show, measure_change_take;
/* plan_answer.c */
route_handler plan_answer_show, plan_answer_take;
/* plan_make.c */
route_handler template_show, template_take, decide_show, decide_take;
/* plan_owners.c */
route_handler owners_show, owners_take;
/* plan_import_pages.c */
route_handler import_file_show, import_file_take, import_preview, import_decide;
/* plan_file.c */
route_handler plan_file;

/* The organisation whose contact person has the visitor's address; 0: none. */
enum status plan_own_organisation(const struct request *r, int64_t *organisation, struct err *e) MUST_USE;

/* "/plan/matt/3" with `end` after it, in the request's arena. */
const char *measure_path(const struct request *r, int64_t id, const char *end);

/* The measure that the path names; without one *is_there is false, and the answer is made. */
enum status measure_asked(const struct request *r, struct measure *m, struct response *out, bool *is_there,
                          struct err *e) MUST_USE;

#endif
