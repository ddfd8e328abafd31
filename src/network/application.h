/* Joining the network: somebody applies without an account, confirms the address, and the coordinator
 * decides.
 *
 *     new ──► asked ──► new          the coordinator wants to know more
 *      ├────► accepted               the organisation is a member, its agreement holds
 *      └────► declined               with a reason
 *
 * An application waits for the coordinator when its address is confirmed and the agreement is signed: by the
 * applicant, or by whom they sent it to. Links in letters carry a token of 192 random bits, of which only the
 * hash is kept. */
#ifndef LYKTA_NETWORK_APPLICATION_H
#define LYKTA_NETWORK_APPLICATION_H

#include "base/err.h"
#include "base/str.h"
#include "network/actor.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { APPLICATION_TOKEN_TEXT = 32, APPLICATION_REASON_MAX_BYTES = 2000 };

enum application_state { APPLICATION_NEW, APPLICATION_ASKED, APPLICATION_ACCEPTED, APPLICATION_DECLINED };

struct application {
    int64_t id;
    struct str name;
    struct str number; /* "212000-1132", or empty */
    enum actor_kind actor;
    struct str contact_name, contact_role, contact_email, contact_phone;
    struct str deputy_name, deputy_email, deputy_phone; /* name and address both, or neither */
    struct str wish;
    bool is_shown; /* other members may see the contact people */
    bool wants_letters;
    struct str language;     /* "sv" or "en" */
    int64_t agreement_text;  /* the number of the text that was read */
    struct str signer_email; /* who is to sign instead; empty: the contact person signs */
    struct str signed_by;    /* the name; empty: not yet */
    int64_t signed_at, applied_at, confirmed_at;
    enum application_state state;
    struct str reason; /* why it was declined, or what was asked */
    int64_t decided_at;
    struct str decided_by;
    int64_t organisation; /* that it became; 0: none */
    int64_t version;
};

/* A token as it stands in a link, NUL-ended. */
struct application_token {
    char text[APPLICATION_TOKEN_TEXT + 1];
};

/* Applies. The contact person signs at once unless signer_email is given. `confirm` is for the letter to the
 * contact person, `sign` for the letter to who signs (empty when nobody else does). BAD_INPUT names what is
 * wrong. */
enum status application_add(struct db *db, const struct application *application, const struct who *who,
                            int64_t *id, struct application_token *confirm, struct application_token *sign,
                            struct err *e) MUST_USE;

/* How many applications since `since_at` name the contact person's or the signer's address of `application`
 * and are not confirmed. */
enum status application_unconfirmed(struct db *db, const struct application *application, int64_t since_at,
                                    int64_t *n, struct err *e) MUST_USE;

/* The application whose confirming link `token` is, confirmed or not, in `a`. REFUSED when there is none that
 * waits. */
enum status application_to_confirm(struct db *db, struct str token, struct arena *a, struct application *out,
                                   struct err *e) MUST_USE;

/* The address is confirmed by the link in the letter; again is harmless. REFUSED when the token belongs to no
 * application that waits. */
enum status application_confirm(struct db *db, struct str token, const struct who *who, int64_t *id,
                                struct err *e) MUST_USE;

/* The application whose signing link `token` is, in `a`. REFUSED when there is none that waits for it. */
enum status application_to_sign(struct db *db, struct str token, struct arena *a, struct application *out,
                                struct err *e) MUST_USE;

/* `signed_by`, who got the link, signs. REFUSED as above, BAD_INPUT without a name. */
enum status application_sign(struct db *db, struct str token, struct str signed_by, const struct who *who,
                             struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none. */
enum status application_find(struct db *db, int64_t id, struct arena *a, struct application *out,
                             struct err *e) MUST_USE;

struct applications {
    size_t n;
    struct application *application;
};

/* Those that nobody has decided, the oldest first, in `a`. Those whose address is not confirmed are not among
 * them: anybody can send a form with somebody else's address. */
enum status application_waiting(struct db *db, struct arena *a, struct applications *out,
                                struct err *e) MUST_USE;

/* Accepts: the organisation becomes a member with its contact people and its agreement. `into` is the
 * organisation it is, when the network knows it already; 0 makes a new one. REFUSED when it is not confirmed,
 * not signed, decided already, or its version is another. */
enum status application_accept(struct db *db, int64_t id, int64_t version, int64_t into,
                               const struct who *who, int64_t *organisation, struct err *e) MUST_USE;

/* Declines, or asks for more, with `reason` (BAD_INPUT when it is empty). REFUSED as above. */
enum status application_decline(struct db *db, int64_t id, int64_t version, struct str reason,
                                const struct who *who, struct err *e) MUST_USE;
enum status application_ask(struct db *db, int64_t id, int64_t version, struct str question,
                            const struct who *who, struct err *e) MUST_USE;

#endif
