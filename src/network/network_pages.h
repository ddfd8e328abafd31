/* The room of the network.
 *
 *   /natverket/ga-med                  joining, without an account
 *   /natverket/bekrafta/:token         confirming the address, from the letter
 *   /natverket/skriv-pa/:token         signing, for who was asked to by letter
 *   /natverket/ansokningar             the applications that wait, for the coordinator
 *   /natverket/ansokan/:id             one of them: accept, decline, ask
 *   /natverket                         the organisations, by what one looks for; as a file
 *   /natverket/organisation/:id        one of them, and its forms
 *   /natverket/kontakt/:id             one contact person
 *   /natverket/import                  a contact list: the file, what would become of it, yes or no
 *   /natverket/min                     a member's own organisation
 *   /natverket/overenskommelse         the agreement that holds, and a new one                            */
#ifndef LYKTA_NETWORK_NETWORK_PAGES_H
#define LYKTA_NETWORK_NETWORK_PAGES_H

#include "base/err.h"
#include "base/str.h"
#include "network/actor.h"
#include "portal/room.h"

struct request;
struct response;

extern const struct portal_room network_room;

/* What another room knows of who wants to join, such as from a seminar they were at. */
struct join_known {
    struct str name; /* of the organisation */
    struct str contact_name, contact_email;
    enum actor_kind actor; /* ACTORS: not known */
};

/* The page of joining, with what is known filled in. */
enum status network_join_page(const struct request *r, const struct join_known *known, struct response *out,
                              struct err *e) MUST_USE;

#endif
