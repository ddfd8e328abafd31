/* What the page of the log shows. */
#ifndef LYKTA_AUDIT_AUDIT_VIEW_H
#define LYKTA_AUDIT_AUDIT_VIEW_H

#include "base/str.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct log_row {
    int64_t id;
    struct str when; /* "2026-11-25 16.02", on Swedish walls */
    struct str who;
    struct str role; /* empty: none */
    struct str what;
    struct str detail; /* as the log holds it */
    struct str why;
};

struct log_view {
    struct layout layout;
    bool is_whole;
    struct str checked;       /* "2026-11-25 16.02" */
    int64_t last;             /* the last row that is right */
    int64_t wrong;            /* the first that is not */
    struct str incident_href; /* where an incident is opened; empty: who reads may not */
    struct str head;          /* its hash in hexadecimal */
    struct field_set *fields;
    struct field *who, *what, *from, *until;
    bool is_searched;
    struct str action; /* of the form */
    struct str file_href;
    struct str latest_href; /* of the same search; empty: it is shown */
    struct str older_href;  /* empty: there are none */
    int64_t found;
    size_t rows;
    const struct log_row *row;
};

#endif
