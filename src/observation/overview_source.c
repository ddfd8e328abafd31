/* Where a page's rounded figures come from. */
#include "observation/overview_source.h"

#include "portal/portal.h"
#include "store/city.h"
#include "web/request.h"

enum status overview_source_open(const struct request *r, struct key *key, struct overview_source *out,
                                 struct err *e)
{
    const struct city *city = portal_of(r)->city;

    TRY(key_read(city->path, KEY_CUBE, key, e));
    *out = (struct overview_source){.db = portal_db(r),
                                    .municipality = city->municipality,
                                    .key = key->bytes,
                                    .today = date_of(r->now_at)};
    return OK;
}
