/* What a room tells the portal of itself. */
#ifndef LYKTA_PORTAL_ROOM_H
#define LYKTA_PORTAL_ROOM_H

#include "base/err.h"
#include "portal/permission.h"
#include "web/language.h"
#include "web/route.h"

struct portal_worker;

enum { PORTAL_MOST_ROOMS = 32 };

/* A link in a menu, shown to who has the permission. */
struct portal_link {
    const char *path;
    enum text_key text;
    enum permission permission;
};

struct portal_room {
    const struct route *routes;
    const struct portal_link *menu; /* for everyone, in the head; NULL or ended by a row without path */
    const struct portal_link *work; /* for who is signed in, in a row under it */
    const struct portal_link *foot;

    /* What a worker keeps for the room as long as it lives, such as what it has read; NULL: nothing. */
    enum status (*keep_open)(struct portal_worker *w, void **kept, struct err *e);
    void (*keep_close)(void *kept);
};

#endif
