/* Organisations of the network and their contact people.
 *
 * An organisation is *listed* when the city knows of it (from a contact list, say), a *member* when it has
 * joined, and has *left* when it no longer is one. Contact people stand for a role in it: the first, a
 * deputy, and others. What they gave about themselves is deleted some time after they left the role
 * (network_retention.h). */
#ifndef LYKTA_NETWORK_ORGANISATION_H
#define LYKTA_NETWORK_ORGANISATION_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "network/actor.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum {
    ORGANISATION_NAME_MAX_BYTES = 400,
    CONTACT_NAME_MAX_BYTES = 400,
    CONTACT_ROLE_MAX_BYTES = 400,
    ORGANISATION_WISH_MAX_BYTES = 4000
};

enum organisation_state { ORGANISATION_LISTED, ORGANISATION_MEMBER, ORGANISATION_LEFT };
enum { ORGANISATION_STATES = 3 };

struct organisation {
    int64_t id;
    struct str name;
    struct str number; /* "212000-1132"; empty: it has none, or has not said */
    enum actor_kind actor;
    enum organisation_state state;
    struct str wish; /* what it wants to contribute with */
    int64_t since_at;
    int64_t left_at; /* 0: it has not */
    int64_t version; /* raised by every change of it */
    int64_t contacts;
    int64_t agreement_until_at; /* 0: no agreement holds */
    int64_t attested_at;        /* the latest promise of confidentiality, by agreement or attestation */
};

struct organisations {
    size_t n;
    struct organisation *organisation;
    int64_t all; /* how many there are in all, of which these are a page */
};

enum contact_place { CONTACT_FIRST, CONTACT_DEPUTY, CONTACT_MORE };

struct contact {
    int64_t id;
    int64_t organisation;
    enum contact_place place;
    struct str name;
    struct str role; /* "uthyrningsansvarig" */
    struct str email;
    struct str phone;    /* may be empty */
    struct str language; /* "sv" or "en": of letters to them */
    bool is_shown;       /* other members may see who it is */
    bool wants_letters;
    int64_t since_at;
    int64_t left_at; /* 0: still in the role */
    int64_t version;
};

struct contacts {
    size_t n;
    struct contact *contact;
};

/* Adds a listed organisation or a member; gives its id. BAD_INPUT names what is wrong; REFUSED when another
 * has the number. */
enum status organisation_add(struct db *db, const struct organisation *organisation, const struct who *who,
                             int64_t *id, struct err *e) MUST_USE;

/* Changes name, number, actor and wish. REFUSED when its version is no longer organisation->version: somebody
 * else has changed it meanwhile. */
enum status organisation_change(struct db *db, const struct organisation *organisation, const struct who *who,
                                struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none. */
enum status organisation_find(struct db *db, int64_t id, struct arena *a, struct organisation *out,
                              struct err *e) MUST_USE;

/* The organisation with `number`, or else with this name; *id is 0 when there is none. */
enum status organisation_match(struct db *db, struct str number, struct str name, int64_t *id,
                               struct err *e) MUST_USE;

/* Members whose agreement somebody has to do something about. */
enum organisation_need {
    ORGANISATION_ANY,
    ORGANISATION_WITHOUT_AGREEMENT, /* no agreement is in force */
    ORGANISATION_ENDS_SOON          /* it ends within AGREEMENT_REMIND_DAYS */
};

/* Which organisations a list shows, and which page of it. Zero is all, the first page. */
struct organisation_filter {
    uint32_t actors;   /* set of ACTOR_BIT; 0: all */
    uint32_t states;   /* set of 1 << state; 0: all */
    struct str search; /* a part of its name, its number or a contact person's name */
    enum organisation_need need;
    int64_t now_at; /* for the need */
    int64_t first;  /* how many to pass over */
    int64_t most;   /* on the page; 0: all */
};

/* In the order of the Swedish alphabet, in `a`. */
enum status organisation_list(struct db *db, const struct organisation_filter *filter, struct arena *a,
                              struct organisations *out, struct err *e) MUST_USE;

/* How many organisations each actor has in `state`, and how many of them have nobody to write to. */
struct actor_count {
    int64_t organisations;
    int64_t unreachable;
};
enum status organisation_counts(struct db *db, enum organisation_state state, struct actor_count out[ACTORS],
                                struct err *e) MUST_USE;

/* The organisation leaves: its agreement ends, its contact people leave their roles. REFUSED when it has left
 * already. */
enum status organisation_leave(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* Adds a contact person; gives the id. BAD_INPUT names what is wrong. A new first contact person takes the
 * place of the one there was, who becomes one of the others. */
enum status contact_add(struct db *db, const struct contact *contact, const struct who *who, int64_t *id,
                        struct err *e) MUST_USE;

/* Changes all that people may say of a contact person. REFUSED when somebody else has changed it meanwhile.
 */
enum status contact_change(struct db *db, const struct contact *contact, const struct who *who,
                           struct err *e) MUST_USE;

/* Those still in their role, the first one first, in `a`. */
enum status contact_list(struct db *db, int64_t organisation, struct arena *a, struct contacts *out,
                         struct err *e) MUST_USE;

/* The organisation that has a contact person with this address in a role now; 0 when none has. The address is
 * in small letters. */
enum status contact_organisation(struct db *db, struct str email, int64_t *organisation,
                                 struct err *e) MUST_USE;

/* The contact person with this address in that role now, in `a`. REFUSED when there is none. */
enum status contact_by_email(struct db *db, struct str email, struct arena *a, struct contact *out,
                             struct err *e) MUST_USE;

/* REFUSED when there is none. */
enum status contact_find(struct db *db, int64_t id, struct arena *a, struct contact *out,
                         struct err *e) MUST_USE;

/* The person leaves the role. REFUSED when they have left already. */
enum status contact_leave(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* Letters from now on, or none. */
enum contact_letters { CONTACT_NO_LETTERS, CONTACT_LETTERS };
enum status contact_letters_set(struct db *db, int64_t id, enum contact_letters letters,
                                const struct who *who, struct err *e) MUST_USE;

/* The parts of a change: for other functions of this room, inside a change of theirs. organisation_enter
 * makes one that is listed or has left a member; a member stays as it is. */
enum status organisation_enter(struct db *db, int64_t id, int64_t now_at, struct err *e) MUST_USE;
enum status organisation_insert(struct db *db, const struct organisation *organisation, int64_t now_at,
                                int64_t *id, struct err *e) MUST_USE;
enum status contact_insert(struct db *db, const struct contact *contact, int64_t now_at, int64_t *id,
                           struct err *e) MUST_USE;

/* A contact person who is a new organisation's first or one of the others, for many in a row: without waiting
 * (query_send), and without looking for a first one whose place it takes. */
enum status contact_send(struct db *db, const struct contact *contact, int64_t now_at,
                         struct err *e) MUST_USE;

#endif
