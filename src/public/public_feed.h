/* New articles as an Atom feed, in the reader's language. */
#ifndef LYKTA_PUBLIC_PUBLIC_FEED_H
#define LYKTA_PUBLIC_PUBLIC_FEED_H

#include "web/route.h"

/* GET /artiklar/nytt.atom: what stands in the list of articles, the latest PUBLIC_FEED_MOST. An article keeps
 * its place in a reader's feed when its address changes. */
enum { PUBLIC_FEED_MOST = 50 };
route_handler public_feed_show;

#endif
