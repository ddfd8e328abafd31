/* What the pages of bringing in a contact list show. */
#ifndef LYKTA_NETWORK_IMPORT_VIEW_H
#define LYKTA_NETWORK_IMPORT_VIEW_H

#include "network/import.h"
#include "network/network_view.h"

#include <stddef.h>

struct import_form_view {
    struct layout layout;
    struct field_set *fields;
    struct field *file, *actor;
    struct str action, back;
};

/* A row with a fault: where, what, and what stands there. */
struct import_fault {
    int64_t line;
    enum text_key column, reason;
    struct str cell;
};

/* A row that will be added. */
struct import_sample {
    const struct contact_row *row;
    enum text_key actor;
};

struct import_view {
    struct layout layout;
    const struct import *is;
    int64_t rows; /* in all */
    int64_t good; /* that will be added */
    size_t faults, samples;
    const struct import_fault *fault;
    const struct import_sample *sample;
    int64_t from, to;         /* of the faults */
    struct str before, after; /* pages of them; empty: there is no such page */
    struct str action, back;
};

/* What was added. */
struct imported_view {
    struct layout layout;
    int64_t organisations, contacts;
    struct str back;
};

#endif
