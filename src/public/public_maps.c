/* A release does not change; the areas it is drawn on may. */
#include "public/public_maps.h"

#include "area/area_match.h"
#include "portal/portal.h"
#include "public/public_releases.h"

enum status public_maps(const struct request *r, struct public_release *published, struct err *e)
{
    int64_t version = 0;

    TRY(division_version(portal_db(r), &version, e));
    if (version == published->areas_version)
        return OK;
    TRY(area_maps(portal_db(r), published->release, published->arena, &published->map, &published->maps, e));
    public_release_forget(published);
    published->areas_version = version;
    return OK;
}
