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
    struct str provider; /* the municipality's own sign-in; empty: there is none */
    struct str provider_href;
    struct str passkey_href;
    bool is_shut; /* only who handles the incident is let in */
};

/* The code from another device, or a recovery code. */
struct code_view {
    struct layout layout;
    struct field_set *fields;
    struct field *code;
    struct str target, action;
    struct str other_href;   /* the other of the two */
    struct str example_code; /* of an example account: the code now; empty else */
};

/* Setting up the device. */
struct device_view {
    struct layout layout;
    struct field_set *fields;
    struct field *password; /* NULL: was just given */
    struct field *code;
    struct str words;   /* the secret, to type */
    struct str address; /* the secret, to open in an app */
    struct str target, action;
    struct str back; /* empty: there is none */
};

/* New recovery codes, shown once. */
struct recovery_codes_view {
    struct layout layout;
    size_t codes;
    const struct str *code;
    struct str onward;
};

/* A password is asked for before new recovery codes are made. */
struct recovery_ask_view {
    struct layout layout;
    struct field_set *fields;
    struct field *password;
    struct str action, back;
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
    struct str passkey_href;
    struct str device_href;
    struct str recovery_href;
    struct str extract_href;
    struct str provider; /* the municipality's own sign-in; empty: there is none */
    struct str provider_href;
    struct date device_set;
    size_t recovery_left;
    bool is_saved; /* something has just been saved */
};

struct password_view {
    struct layout layout;
    struct field_set *fields;
    struct field *now, *wanted, *again;
    struct str action, back;
};

#endif
