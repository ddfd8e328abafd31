/* The handlers of the room's routes, by the file they stand in, and what they share. */
#ifndef LYKTA_RESULTS_HANDLERS_H
#define LYKTA_RESULTS_HANDLERS_H

#include "base/err.h"
#include "results/results_view.h"
#include "web/route.h"

#include <stdbool.h>
#include <stddef.h>

struct request;
struct response;

/* hand_in_pages.c */
route_handler results_hand_in_show, results_hand_in_take, results_hand_in_refuse, results_unname_take;
/* desk_pages.c */
route_handler results_desk_show, results_desk_file, results_publish_take, results_return_take,
    results_withdraw_take;
/* reader_pages.c */
route_handler results_show, results_file_show;

/* What stands around a page of the room. */
struct layout results_layout(const struct request *r, struct str title, size_t errors);

/* The results as readers see them, with the addresses of their files below `at`, in the language asked for or
 * else in Swedish. */
enum status results_shown_of(const struct request *r, const struct study *study, const struct results *x,
                             const char *at, struct results_shown *out, struct err *e) MUST_USE;

/* Answers with the file of `study` that the address names. */
enum status results_send_file(const struct request *r, int64_t study, struct response *out,
                              struct err *e) MUST_USE;

#endif
