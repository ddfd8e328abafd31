/* Links in the letters of seminars: mail/reader_link.h, by what they are for. */
#ifndef LYKTA_SEMINAR_SEMINAR_LINK_H
#define LYKTA_SEMINAR_SEMINAR_LINK_H

#include "base/str.h"
#include "web/language.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct seminar_office;

enum seminar_link {
    SEMINAR_LINK_GUEST,      /* of a signup: "/seminarier/anmalan/…" */
    SEMINAR_LINK_INVITATION, /* of an invitation: "/seminarier/inbjudan/…" */
    SEMINAR_LINK_STOP        /* of an invitation: "/utskick/avsluta/…" */
};

/* 64 random bits as text, in `a`. */
struct str seminar_link_nonce(struct arena *a);

/* The last part of a link, and the whole of it, to the page in `language`; in `a`. */
struct str seminar_link_part(const struct seminar_office *o, enum seminar_link kind, int64_t id,
                             struct str nonce, struct arena *a);
struct str seminar_link(const struct seminar_office *o, enum language language, enum seminar_link kind,
                        int64_t id, struct str nonce, struct arena *a);

/* The number in a link's last part, still unproved; 0: it is not one. */
int64_t seminar_link_id(struct str part);

/* Is `part` the last part of that row's link? In constant time. */
bool seminar_link_holds(const struct seminar_office *o, enum seminar_link kind, int64_t id, struct str nonce,
                        struct str part, struct arena *a);

#endif
