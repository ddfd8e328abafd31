/* What the page of recovery shows. */
#ifndef LYKTA_OBSERVATION_REGAIN_VIEW_H
#define LYKTA_OBSERVATION_REGAIN_VIEW_H

#include "base/date.h"
#include "base/str.h"
#include "keyring/regain.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct regain_row {
    int64_t number;
    struct str name; /* of the holder; empty: nobody is named */
    struct str role;
    struct date given_on;
};

/* A form of the page; fields NULL: it is not for this reader, or not now. */
struct regain_form {
    struct str action;
    struct field_set *fields;
};

struct regain_view {
    struct layout layout;
    bool has_part;      /* may assess reports, or holds a share; else nothing is shown */
    bool is_done;       /* the recipient reads again */
    struct str failure; /* the recovery was not finished, and why; empty: nothing to tell */
    struct str inbox_href;
    struct str address; /* of this page, to be told by phone */
    int64_t needed, shares;
    struct regain now;
    struct str asker;
    bool is_asker;
    size_t rows;
    struct regain_row *row;
    const struct field_set *faults; /* of the form that was sent, for the summary; NULL: none was */

    struct regain_form begin, give, finish, name;
    struct field *begin_passphrase, *share, *finish_passphrase, *number, *email, *role;
    struct str stop_action; /* empty: not for this reader */
    struct str proposal;    /* a made passphrase */
    int64_t own_number;     /* of the reader's share; 0: none */
};

#endif
