/* The releases that one worker has read, verified, with the pages made of them. A release never changes, so
 * each is kept for as long as the worker lives; the pages, as long as what they are compared with. */
#ifndef LYKTA_PUBLIC_PUBLIC_RELEASES_H
#define LYKTA_PUBLIC_PUBLIC_RELEASES_H

#include "base/err.h"
#include "base/str.h"
#include "public/report_formats.h"
#include "web/language.h"

#include <stddef.h>
#include <stdint.h>

struct area_map;
struct arena;
struct bundle;
struct series;
struct db;
struct portal_worker;
struct release;

/* A release that has been read. Everything is in its own arena. */
struct public_release {
    struct arena *arena;
    struct bundle *bundle;
    struct release *release;
    struct str signature;            /* the bytes of manifest.sig */
    struct str compared_with;        /* the names of the earlier rounds, a space after each */
    const struct series *series;     /* with them; NULL: there are none */
    struct str made[REPORT_FORMATS]; /* the files of report_formats; empty until they are first asked for */
    struct str page[LANGUAGES];      /* the report; empty until it is first asked for */
    size_t maps;                     /* as they were when the areas had this version (public_maps) */
    struct area_map *map;
    int64_t areas_version;
    struct public_release *next;
};

struct public_releases {
    const struct portal_worker *worker;
    struct arena *arena;
    struct str public_key; /* of the city: every release must be signed with it */
    struct public_release *first;
};

/* For struct portal_room. BAD_INPUT when lykta.conf leads the quick exit to something else than https://… */
enum status public_releases_open(struct portal_worker *w, void **kept, struct err *e) MUST_USE;
void public_releases_close(void *kept);

/* The release `name`; *out is NULL when the city has published none of that name. BAD_INPUT when its folder
 * is not what was signed. */
enum status public_release_find(struct public_releases *all, struct str name, struct public_release **out,
                                struct err *e) MUST_USE;

/* Forgets the page and the files made of it: what stands beside it in them has changed. */
void public_release_forget(struct public_release *r);

/* The bytes of the file `name` ("lists.csv", "manifest.sig") of the release; false when it has none. */
bool public_release_file(const struct public_release *r, struct str name, struct str *bytes);

#endif
