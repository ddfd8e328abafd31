/* What pages show of the questions to those who keep the lists. */
#ifndef LYKTA_GATHERING_GATHERING_ASKING_VIEW_H
#define LYKTA_GATHERING_GATHERING_ASKING_VIEW_H

#include "base/err.h"
#include "gathering/gathering_asking.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct gathering_form;
struct request;
struct response;

enum { GATHERING_QUESTIONS_A_PAGE = 20 };

/* The questions that one keeper shares with another. */
struct gathering_shared {
    const struct gathering_list *other;
    size_t questions;
    size_t settled; /* answered by either, and not differently */
    size_t differ;
    struct str href;
};

/* On the page of the gathering. */
struct gathering_asking_view {
    const struct gathering_asking *x;
    bool is_keeper;
    size_t shared; /* for who keeps a list */
    const struct gathering_shared *with;
    struct str
        answers; /* the answers' file, for who links; empty: not for who asks, or not to be given yet */
    int right, right_low, right_high, found, found_low, found_high; /* per cent */
};

/* A page of questions that are shared with `other`. */
struct gathering_questions_view {
    struct layout layout;
    struct str title; /* of the mapping */
    struct str back, action;
    const struct gathering_list *other;
    size_t part, parts; /* of the questions; the first is 1 */
    struct str before;  /* the part before this; empty: none */
    int64_t asked_at;
    bool is_replaced; /* what was sent answered other questions, and was not kept */
    struct field_set *fields;
};

enum status gathering_questions_show(const struct request *r, struct response *out, struct err *e);
enum status gathering_questions_take(const struct request *r, struct response *out, struct err *e);

/* The answers' file, for who links; each fetching is in the audit log. */
enum status gathering_answers_show(const struct request *r, struct response *out, struct err *e);

#endif
