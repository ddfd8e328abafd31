/* An application's page with its forms: shown, and shown again when an answer is wrong. */
#ifndef LYKTA_RESEARCH_STUDY_FORM_H
#define LYKTA_RESEARCH_STUDY_FORM_H

#include "base/err.h"
#include "research/research_view.h"

#include <stdbool.h>
#include <stdint.h>

struct form;
struct request;
struct response;

/* The application of the address, in *x; *is_there is false, and the answer given, when there is none. */
enum status study_asked(const struct request *r, struct study *x, bool *is_there, struct response *out,
                        struct err *e) MUST_USE;

/* Who asks. */
int64_t study_person(const struct request *r);

/* The questions that whoever asks may answer about `x`; `sent` is NULL when they are shown for the first
 * time. */
enum status study_view_begin(const struct request *r, const struct study *x, const struct form *sent,
                             struct study_view *v, struct err *e) MUST_USE;

/* The releases that are ticked in `sent`, of those that can be granted; in `a`. */
struct study_grants study_chosen(const struct study_view *v, const struct form *sent, struct arena *a);

enum status study_view_draw(const struct request *r, const struct study *x, struct study_view *v,
                            struct response *out, struct err *e) MUST_USE;

#endif
