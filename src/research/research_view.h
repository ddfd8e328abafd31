/* What the pages of researchers show. */
#ifndef LYKTA_RESEARCH_RESEARCH_VIEW_H
#define LYKTA_RESEARCH_RESEARCH_VIEW_H

#include "base/date.h"
#include "programme/programme_view.h"
#include "research/study.h"
#include "research/study_access.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct research_message_view {
    struct layout layout;
    enum text_key title, text;
    struct str href;
};

/* A study that has been granted, for everyone. */
struct granted_row {
    const struct study *study;
    struct date from, until;
    bool is_open;
    struct str releases;     /* "Lund 2025, Malmö 2024" */
    struct str results_href; /* of what has come of it; empty: nothing is published */
};

struct research_view {
    struct layout layout;
    struct str apply_href;
    size_t n;
    const struct granted_row *row;
    size_t results; /* how many rows have some */
};

struct apply_view {
    struct layout layout;
    struct field_set *fields;
    struct field *title, *institution, *name, *email, *purpose, *wanted, *wanted_until, *ethics_number,
        *ethics_until;
    struct str action;
};

struct study_confirm_view {
    struct layout layout;
    struct str title, action;
};

/* How an application stands. */
enum study_standing { STUDY_WAITS, STUDY_IS_LATE, STUDY_IS_OPEN, STUDY_IS_OVER, STUDY_IS_REFUSED };

struct study_row {
    const struct study *study;
    struct str href;
    enum study_standing standing;
    struct date day; /* by which it should be decided; the last day of an access; when it was refused */
    struct str results_href; /* of what has come of it, for the programme; empty: nothing has */
};

struct studies_view {
    struct layout layout;
    size_t n;
    const struct study_row *row;
    struct str back_href, public_href;
};

/* A release that can be granted, or all of a period; `value` stands in the form. */
struct release_choice {
    struct str value, release, city, period;
    bool is_chosen;
};

struct study_view {
    struct layout layout;
    struct study_row row;
    struct date applied, advised, decided, agreed, read, ended;
    struct study_grants granted;
    struct field_set *fields;            /* of the form that is shown; NULL: there is none to fill in */
    struct field *advice, *advice_words; /* of the officer's form */
    struct field *until, *words;         /* of the granting one */
    struct field *refusal;               /* of the refusing or ending one */
    bool is_asking_advice, is_deciding, may_grant, is_own_advice, may_end, has_no_choice;
    struct arrivals arrivals; /* what can be granted */
    size_t choices;
    const struct release_choice *choice;
    struct str advise_href, grant_href, refuse_href, end_href, back_href;
};

/* A granted study as its researcher reads it. */
struct access_view {
    struct layout layout;
    const struct study *study;
    struct date until;
    bool has_agreed;
    struct field_set *fields; /* of the terms; NULL once they are agreed to */
    struct field *agree;
    struct str action;
    struct study_grants granted;
    size_t missing; /* granted releases of cities that take part no longer */
    bool has_figures;
    struct pooled_view pooled; /* read when it has figures */
    struct str package_href, results_href;
};

/* The standing of `study` and its day. */
struct study_row study_row_of(const struct study *study, int64_t now_at);

#endif
