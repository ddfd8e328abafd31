/* What the pages of requests show. */
#ifndef LYKTA_OBSERVATION_DISCLOSURE_VIEW_H
#define LYKTA_OBSERVATION_DISCLOSURE_VIEW_H

#include "observation/disclosure.h"
#include "observation/ground.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct request;

struct disclosure_row {
    const struct disclosure *request;
    struct str record; /* "2026-003" */
    struct str href;
    enum text_key asker, outcome;
};

struct disclosures_view {
    struct layout layout;
    struct str ask; /* where one is noted; empty: who reads may not */
    size_t rows;
    const struct disclosure_row *row;
};

struct disclosure_form_view {
    struct layout layout;
    struct str action;
    struct field_set *fields;
    struct field *record, *asker, *ground, *reference, *urgent;
};

/* A text of the record as the copy would show it. */
struct review_part {
    enum text_key from; /* whose words */
    struct str masked;
};

struct review_view {
    struct layout layout;
    struct disclosure_row row;
    struct str asked_ground; /* of an authority, in words; empty: anyone asks */
    struct str back;

    bool is_decided;
    struct str paragraph, why; /* of what was held back; empty: nothing was */

    bool is_gone;             /* the record has been disposed of */
    struct str unlock;        /* where the recipient unlocks; empty: it is, or who reads is none */
    struct field_set *fields; /* of the review; NULL: it is not open */
    struct field *hide, *more, *outcome, *secrecy;
    struct str action;
    size_t parts;
    struct review_part *part;
};

/* The row of request `d`, for the list and its page. */
struct disclosure_row disclosure_row_of(const struct request *r, const struct disclosure *d);

#endif
