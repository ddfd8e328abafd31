/* Pictures of articles: made anew by a program of its own (picture/picture.h) and kept in the database, so
 * that a copy of the city holds them and a check of it reads them. A picture is named by the hash of its
 * bytes and never changes: "3f…c2.jpg" is at /bilder/3f…c2.jpg for as long as some version of an article
 * names it. */
#ifndef LYKTA_ARTICLE_ARTICLE_PICTURE_H
#define LYKTA_ARTICLE_ARTICLE_PICTURE_H

#include "base/err.h"
#include "base/str.h"
#include "picture/picture.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { ARTICLE_PICTURE_SECONDS = 15 }; /* on the clock; on the processor it has CONFINE_SECONDS */

struct article_picture {
    struct str name;
    const char *type; /* "image/jpeg" */
    int64_t width, height;
    struct str bytes;
};

/* Has `bytes` made anew by the program at the path `program`, in `a`. *fault says what is wrong with them;
 * what makes the program end before it is done is PICTURE_DAMAGED. SYSTEM when it cannot be run. */
enum status article_picture_make(const char *program, struct str bytes, struct arena *a,
                                 enum picture_fault *fault, struct article_picture *out,
                                 struct err *e) MUST_USE;

/* Keeps it, inside the change under way; the same picture again is the same row. */
enum status article_picture_keep(struct db *db, const struct article_picture *picture,
                                 struct err *e) MUST_USE;

/* The picture `name`, in `a`. REFUSED when there is none. */
enum status article_picture_find(struct db *db, struct str name, struct arena *a, struct article_picture *out,
                                 struct err *e) MUST_USE;

/* Its size alone; 0 and 0 when it is no picture that was sent. */
enum status article_picture_size(struct db *db, struct str name, int64_t *width, int64_t *height,
                                 struct err *e) MUST_USE;

/* Where the picture `name` is served, embedded or sent; empty for none. In `a`. */
struct str article_picture_href(struct str name, struct arena *a);

#endif
