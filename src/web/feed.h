/* News as an Atom feed (RFC 4287). */
#ifndef LYKTA_WEB_FEED_H
#define LYKTA_WEB_FEED_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

struct feed_entry {
    struct str id; /* an IRI of its own, which never changes */
    struct str title;
    struct str address; /* of its page */
    struct str summary;
    int64_t updated_at; /* seconds UTC */
};

struct feed {
    struct str id;
    struct str language; /* "sv" */
    struct str title;
    struct str self;      /* the feed's address */
    struct str alternate; /* that of the page with the same news */
    struct str author;
    size_t n;
    const struct feed_entry *entry;
};

/* The feed, in `a`: texts escaped, control characters left out, and as new as its newest entry. */
struct str feed_write(const struct feed *f, struct arena *a);

#endif
