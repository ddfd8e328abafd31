/* What an organisation's own people see of it. */
#ifndef LYKTA_NETWORK_OWN_VIEW_H
#define LYKTA_NETWORK_OWN_VIEW_H

#include "network/work_view.h"

#include <stdbool.h>

struct own_organisation_view {
    struct layout layout;
    struct organisation_view organisation;
    struct agreement_view agreement; /* the text that is published now */
    bool is_sign_due;                /* it is to be signed */
    bool is_joining;                 /* and the organisation becomes a member by it */
    struct field_set *fields;        /* NULL: there is no text */
    struct field *agree;
    struct str sign, attest;
    struct str contact,
        deputy; /* where they are changed; deputy is empty when it is not the visitor's to say */
};

#endif
