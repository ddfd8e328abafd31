/* The public pages' requests: the room that `lykta serve` is told of. */
#ifndef LYKTA_PUBLIC_PUBLIC_PAGES_H
#define LYKTA_PUBLIC_PUBLIC_PAGES_H

#include "portal/room.h"

/*   /                             start: help first, then what it is about
 *   /hjalp /begrepp /grupper ...  pages
 *   /artiklar /artiklar/:key      articles; an address that one had before leads to the one it has
 *   /artiklar/nytt.atom           the latest, for programs that follow news
 *   /kartlaggning                 mappings that have been published
 *   /kartlaggning/:name           the report of one
 *   /kartlaggning/:name/:file     a file of its release
 *   /lamna                        away from here, to the address of lykta.conf, leaving nothing in the
 * browser All of them under /en too. Each worker keeps the releases it has read: they never change. */
extern const struct portal_room public_room;

#endif
