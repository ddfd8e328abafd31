/* What the pages of joining show. */
#ifndef LYKTA_NETWORK_NETWORK_VIEW_H
#define LYKTA_NETWORK_NETWORK_VIEW_H

#include "network/agreement.h"
#include "network/application.h"
#include "web/field.h"
#include "web/layout.h"

#include <stddef.h>

/* The words for a kind of work. */
enum text_key network_actor_text(enum actor_kind actor);

/* A text of the agreement in the reader's language. */
struct agreement_view {
    int64_t number;
    struct str title;
    struct str body;    /* Markdown */
    struct str changes; /* empty: the first text */
    int valid_months;
};

struct agreement_view agreement_view_of(const struct agreement_text *text, enum language language);

/* Joining: fourteen answers, in the order of the page. */
struct join_view {
    struct layout layout;
    struct field_set *fields;
    struct field *name, *number, *actor;
    struct field *contact_name, *contact_role, *contact_email, *contact_phone;
    struct field *deputy_name, *deputy_email;
    struct field *wish, *choices, *agree, *signer;
    struct agreement_view agreement;
    struct str action;
};

/* A page that says one thing. */
struct message_view {
    struct layout layout;
    enum text_key title, text, link;
    struct str href;
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
    struct field *name, *agree;
    const struct application *application;
    struct agreement_view agreement;
    struct str action;
};

/* The agreement by itself, to read and print. */
struct agreement_page_view {
    struct layout layout;
    struct agreement_view agreement;
    struct str join;
};

#endif
