/* What a worker of the portal holds. */
#include "portal/worker.h"

#include "base/arena.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"

static enum status open_parts(struct portal_worker *w, struct err *e)
{
    const struct portal_room *const *rooms = w->portal->rooms;

    TRY(city_connect(w->portal->city, DB_READ, &w->read, e));
    TRY(city_connect(w->portal->city, DB_WRITE, &w->write, e));
    for (size_t i = 0; rooms[i]; i++)
        if (rooms[i]->keep_open)
            TRY(rooms[i]->keep_open(w, &w->kept[i], e));
    return OK;
}

enum status portal_worker_open(void *context, void **worker, struct err *e)
{
    struct arena *a = arena_open();
    struct portal_worker *w = arena_new(a, 1, struct portal_worker);

    w->portal = context;
    w->arena = a;
    enum status s = open_parts(w, e);
    if (s == OK)
        *worker = w;
    else
        portal_worker_close(w);
    return s;
}

void portal_worker_close(void *worker)
{
    struct portal_worker *w = worker;

    if (!w)
        return;
    for (size_t i = 0; w->portal->rooms[i]; i++)
        if (w->kept[i])
            w->portal->rooms[i]->keep_close(w->kept[i]);
    db_close(w->read);
    db_close(w->write);
    arena_close(w->arena);
}
