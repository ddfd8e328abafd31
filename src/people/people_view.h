/* What the pages of people show. */
#ifndef LYKTA_PEOPLE_PEOPLE_VIEW_H
#define LYKTA_PEOPLE_PEOPLE_VIEW_H

#include "base/str.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct person_row {
    struct str name, email, roles;
    struct str signed_in; /* a day in words; empty: never */
    bool is_closed;
    bool is_invited; /* has not chosen a password yet */
    struct str href; /* empty: the reader may not change people */
};

struct people_view {
    struct layout layout;
    size_t people;
    const struct person_row *person;
    struct str invite_href; /* empty: the reader may not */
    bool is_sent;           /* a letter has just been queued */
};

struct person_view {
    struct layout layout;
    struct field_set *fields;
    struct field *name, *email, *language, *roles, *closed; /* closed is NULL for a new person */
    int64_t version;                                        /* 0: a new person */
    struct str action, back;
    bool is_saved;
    bool is_invited;
    struct str invitation_ends; /* a day in words */
    struct str send_href, device_href, end_href;
};

struct welcome_view {
    struct layout layout;
    struct field_set *fields; /* NULL: the link is good for nothing */
    struct field *wanted, *again;
    struct str name, email, action;
};

#endif
