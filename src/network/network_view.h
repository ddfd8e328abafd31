/* What the pages of the network show. */
#ifndef LYKTA_NETWORK_NETWORK_VIEW_H
#define LYKTA_NETWORK_NETWORK_VIEW_H

#include "network/agreement.h"
#include "network/application.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

/* The words for a kind of work. */
enum text_key network_actor_text(enum actor actor);

/* Joining: twelve fields, in the order of the page. */
struct join_view {
    struct layout layout;
    struct field_set *fields;
    struct field *name, *number, *actor;
    struct field *contact_name, *contact_role, *contact_email, *contact_phone;
    struct field *deputy_name, *deputy_email;
    struct field *wish, *choices, *agree, *signer;
    const struct agreement_text *agreement;
    int language; /* index of the agreement's texts */
    struct str action;
};

/* A page that says one thing. */
struct message_view {
    struct layout layout;
    enum text_key title, text;
};

/* Confirming an address: a page with one button, so that a mail program that follows links by itself confirms
 * nothing. */
struct confirm_view {
    struct layout layout;
    struct str action;
};

struct sign_view {
    struct layout layout;
    struct field_set *fields;
    struct field *name;
    const struct application *application;
    const struct agreement_text *agreement;
    int language;
    struct str action;
};

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
};

struct application_view {
    struct layout layout;
    struct application_row row;
    struct field_set *fields;
    struct field *reason;
    struct str action, back;
};

#endif
