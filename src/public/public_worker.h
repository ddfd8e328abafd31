/* What one worker of the public pages holds: a connection to the city's database, and the releases it has
 * read, verified, with the pages made of them. */
#ifndef LYKTA_PUBLIC_PUBLIC_WORKER_H
#define LYKTA_PUBLIC_PUBLIC_WORKER_H

#include "base/err.h"
#include "base/str.h"
#include "public/public_pages.h"
#include "web/language.h"

#include <stddef.h>

struct arena;
struct bundle;
struct db;
struct release;

/* A release that has been read. Everything is in its own arena. */
struct public_release {
    struct arena *arena;
    struct bundle *bundle;
    struct release *release;
    struct str signature;       /* the bytes of manifest.sig */
    struct str page[LANGUAGES]; /* the report; empty until it is first asked for */
    struct public_release *next;
};

struct public_worker {
    const struct public_context *context;
    struct db *db;
    struct arena *arena;
    struct str public_key; /* of the city: every release must be signed with it */
    struct public_release *releases;
};

/* The release `name`; *out is NULL when the city has published none of that name. BAD_INPUT when its folder
 * is not what was signed. */
enum status public_release_find(struct public_worker *w, struct str name, struct public_release **out,
                                struct err *e) MUST_USE;

/* The bytes of the file `name` ("lists.csv", "manifest.sig") of the release; false when it has none. */
bool public_release_file(const struct public_release *r, struct str name, struct str *bytes);

#endif
