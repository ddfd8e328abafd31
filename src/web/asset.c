/* The embedded files. */
#include "web/asset.h"

#include <stddef.h>

const struct asset *asset_find(struct str url)
{
    for (const struct asset *a = assets; a->url.n > 0; a++)
        if (str_equal(a->url, url))
            return a;
    return NULL;
}

const struct asset *asset_named(struct str name)
{
    for (const struct asset *a = assets; a->url.n > 0; a++)
        if (str_equal(a->name, name))
            return a;
    return NULL;
}
