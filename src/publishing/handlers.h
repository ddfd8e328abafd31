/* The handlers of the room's routes, by the file they stand in. */
#ifndef LYKTA_PUBLISHING_HANDLERS_H
#define LYKTA_PUBLISHING_HANDLERS_H

#include "base/str.h"
#include "web/language.h"
#include "web/route.h"

#include <stdbool.h>
#include <stdint.h>

struct request;
struct round;

/* round_show.c */
route_handler rounds_show, round_show, draft_show, round_propose, round_take_back, round_undo, round_close;
/* ahead_pages.c */
route_handler ahead_show;
/* round_form.c */
route_handler round_new_show, round_new_take, round_correct_show, round_correct_take;
/* round_upload.c */
route_handler round_upload_show, round_upload_take, round_names_file;
/* draft_reader_pages.c */
route_handler draft_readers_show, draft_readers_take, draft_reader_stop, shared_draft_show;
/* round_decide.c */
route_handler round_decide_show, round_decide_take, withdraw_show, withdraw_take;

/* "/kartlaggningar/7" with `rest` after it, in the visitor's language. */
struct str round_href(const struct request *r, int64_t id, const char *rest);
int64_t publishing_person(const struct request *r);

/* The round of the request's path; *is_there is false, and the answer 404, when there is none. */
enum status round_of(const struct request *r, struct round *out, bool *is_there, struct response *answer,
                     struct err *e) MUST_USE;

#endif
