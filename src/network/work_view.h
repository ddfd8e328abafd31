/* What the coordinator's pages of the network show. */
#ifndef LYKTA_NETWORK_WORK_VIEW_H
#define LYKTA_NETWORK_WORK_VIEW_H

#include "network/network_view.h"
#include "network/organisation.h"
#include "network/participation.h"

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
    bool is_known;        /* the network's list has the organisation already */
    bool is_decided;      /* accepted or declined */
    bool is_overtaken;    /* somebody else has answered or changed it meanwhile */
    struct field *invite; /* the contact person, to an account; NULL: they have one */
    struct field_set *fields;
    struct field *reason;
    struct str action, back;
};

/* How an organisation's agreement stands. */
enum agreement_standing { STANDING_HOLDS, STANDING_ENDS_SOON, STANDING_ENDED, STANDING_NONE };

struct organisation_row {
    const struct organisation *is;
    struct str href;
    enum text_key actor, state;
    enum agreement_standing standing;
    struct date until; /* of the agreement; no date: none */
};

struct organisations_view {
    struct layout layout;
    struct field_set *fields;
    struct field *search, *actor, *state;
    struct str action; /* of the filter */
    int64_t all, from, to;
    size_t n;
    const struct organisation_row *row;
    int64_t waiting; /* applications */
    bool is_removed; /* one has just left */
    struct str applications, add, import, agreement;
    struct str csv, xlsx, before, after; /* empty: there is no such page */
};

struct contact_card {
    const struct contact *is;
    struct str change; /* empty: who looks may not */
    enum text_key place;
    struct date failed_on; /* a letter to them failed; no date: none has */
    bool is_unsubscribed;
};

struct agreement_row {
    const struct agreement *is;
    struct date on, until;
    bool holds;
};

struct participation_row {
    const struct participation *is;
    struct date on;
    enum text_key kind;
};

/* One organisation: what the coordinator sees, and what its own people see of it. */
struct organisation_view {
    struct layout layout;
    struct organisation_row row;
    struct date since, left, attested;
    bool is_attest_due;
    size_t contacts, agreements, participations;
    const struct contact_card *contact;
    const struct agreement_row *agreement;
    const struct participation_row *participation;
    bool is_saved;
    struct str change, add_contact, paper, leave, back;
};

/* A form about an organisation or a contact person. */
struct network_form_view {
    struct layout layout;
    struct field_set *fields;
    enum text_key title, button;
    struct str name;  /* under the title: whom it is about; empty: nobody yet */
    struct str about; /* under that; empty: nothing to say */
    int64_t version;  /* 0: there is none to overtake */
    struct str action, back;
    struct str
        invite; /* where an invitation to an account is asked for; empty: there is one, or nobody yet */
    struct str remove; /* where "has left the role" goes; empty: nobody to remove */
};

/* What leaving means: what is deleted when. */
struct leave_view {
    struct layout layout;
    struct str name;
    bool is_own; /* its own people leave */
    struct date contacts_on, signature_on, participation_on;
    struct str action, back;
};

#endif
