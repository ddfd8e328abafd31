/* The files of src/asset (style sheet, icons, pictures), embedded in the program by embed.py. */
#ifndef LYKTA_WEB_ASSET_H
#define LYKTA_WEB_ASSET_H

#include "base/str.h"

/* `url` is /a/<hash>/<name>: other bytes have another address, so browsers keep them for a year. `gzip` is
 * empty where it would not be a tenth shorter.                                                            */
struct asset {
    struct str url;
    struct str name;
    const char *type;
    struct str bytes;
    struct str gzip;
};

/* All of them; ends with an empty url. */
extern const struct asset assets[];

/* NULL when there is none. */
const struct asset *asset_find(struct str url);
const struct asset *asset_named(struct str name); /* "lykta.css" */

#endif
