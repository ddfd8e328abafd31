/* What the pages of accounts show. */
#ifndef LYKTA_ACCOUNT_ACCOUNT_VIEW_H
#define LYKTA_ACCOUNT_ACCOUNT_VIEW_H

#include "portal/person.h"
#include "portal/session.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sign_in_view {
    struct layout layout;
    struct field_set *fields;
    struct field *email, *password;
    struct str target; /* the page asked for before; empty: none */
    struct str action;
};

/* A session in the list of one's own. */
struct session_row {
    struct str device;
    struct str method;
    struct str seen; /* "2026-11-25 10:30" */
    struct str made;
    bool is_this;
    struct str end_href;
};

struct own_view {
    struct layout layout;
    const struct person *person;
    struct str roles; /* "samordnare, mottagare" */
    size_t sessions;
    const struct session_row *session;
    struct str end_others_href;
    struct str password_href;
    bool is_saved; /* something has just been saved */
};

struct password_view {
    struct layout layout;
    struct field_set *fields;
    struct field *now, *wanted, *again;
    struct str action, back;
};

#endif
