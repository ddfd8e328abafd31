/* The room of the network.
 *
 *   /natverket/ga-med                  joining, without an account
 *   /natverket/bekrafta/:token         confirming the address, from the letter
 *   /natverket/skriv-pa/:token         signing, for who was asked to by letter
 *   /natverket/ansokningar             the applications that wait, for the coordinator
 *   /natverket/ansokan/:id             one of them: accept, decline, ask                                  */
#ifndef LYKTA_NETWORK_NETWORK_PAGES_H
#define LYKTA_NETWORK_NETWORK_PAGES_H

#include "portal/room.h"

extern const struct portal_room network_room;

#endif
