/* What the pages of sign-in through the provider show. */
#ifndef LYKTA_OIDC_OIDC_VIEW_H
#define LYKTA_OIDC_OIDC_VIEW_H

#include "base/date.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>

struct told_view {
    struct layout layout;
    struct str text;
    struct str again_href, else_href;
    bool is_owner; /* of an account that is being linked: goes on there, not at sign-in */
};

struct onward_view {
    struct layout layout;
    struct str href;
};

/* One's own link to the provider. */
struct linked_view {
    struct layout layout;
    struct str provider;
    struct date since; /* no year: not linked */
    bool is_saved;
    struct str link_href, unlink_action, back;
};

/* Back from the provider: is it to be linked? */
struct oidc_confirm_view {
    struct layout layout;
    struct field_set *fields;
    struct field *password;
    struct str provider;
    struct str person;
    struct str action, back;
};

#endif
