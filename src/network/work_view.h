/* What the coordinator's pages of the network show. */
#ifndef LYKTA_NETWORK_WORK_VIEW_H
#define LYKTA_NETWORK_WORK_VIEW_H

#include "network/network_view.h"
#include "network/organisation.h"

#include <stdbool.h>
#include <stddef.h>

/* An application that waits, and what the coordinator may do with it. */
struct application_row {
    const struct application *is;
    struct str href;
    struct date on;
    enum text_key actor;
    bool is_ready; /* confirmed and signed */
};

struct applications_view {
    struct layout layout;
    size_t n;
    const struct application_row *row;
    struct str back;
    bool is_answered; /* one has just been */
};

struct application_view {
    struct layout layout;
    struct application_row row;
    struct date signed_on;
    bool is_known;     /* the network's list has the organisation already */
    bool is_decided;   /* accepted or declined */
    bool is_overtaken; /* somebody else has answered or changed it meanwhile */
    struct field_set *fields;
    struct field *reason;
    struct str action, back;
};

#endif
