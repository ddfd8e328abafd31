/* Links in letters that act for their reader: "…/<id>-<proof>". The proof is a keyed hash (BLAKE2b-128) of
 * what the link is for, the row's number and its nonce; the key lies in keys/, so that the database alone
 * makes no link. A new nonce ends all links of a row. */
#ifndef LYKTA_MAIL_READER_LINK_H
#define LYKTA_MAIL_READER_LINK_H

#include "base/str.h"
#include "web/language.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* Whose links: `key` has KEY_BYTES (store/keys.h); `address` is the site's, without a closing slash. */
struct reader_links {
    struct str address;
    const unsigned char *key;
};

/* 64 random bits as text, in `a`. */
struct str reader_link_nonce(struct arena *a);

/* The last part of a link for the pages in `folder` ("utskick/avsluta"), and the whole of it, to the page in
 * `language`; in `a`. */
struct str reader_link_part(const struct reader_links *links, const char *folder, int64_t id,
                            struct str nonce, struct arena *a);
struct str reader_link(const struct reader_links *links, enum language language, const char *folder,
                       int64_t id, struct str nonce, struct arena *a);

/* The number in a link's last part, still unproved; 0: it is not one. */
int64_t reader_link_id(struct str part);

/* Is `part` the last part of that row's link? In constant time. */
bool reader_link_holds(const struct reader_links *links, const char *folder, int64_t id, struct str nonce,
                       struct str part, struct arena *a);

#endif
