/* Everything a page of the programme is made from. */
#include "programme/programme_reading.h"

#include "portal/portal.h"
#include "store/city.h"
#include "web/request.h"

enum status programme_reading_of(const struct request *r, struct programme_reading *x, struct err *e)
{
    struct db *db = portal_db(r);

    TRY(programme_is(db, &x->is_programme, e));
    if (!x->is_programme)
        return OK;
    TRY(programme_cities(db, r->arena, &x->cities, e));
    TRY(programme_arrivals(portal_of(r)->city, db, r->now_at, r->arena, &x->arrivals, e));
    enum status s = programme_pool(db, &x->arrivals, r->arena, &x->pooled, e);
    x->has_pooled = s == OK;
    return x->has_pooled ? pooled_map_read(db, &x->pooled, r->arena, &x->map, e) : s == REFUSED ? OK : s;
}
