/* The network's office. */
#include "network/network_office.h"

#include "network/network_letter.h"
#include "store/city.h"
#include "web/address.h"

#include <time.h>

enum { HOUR_MS = 3600 * 1000 };

struct network_office network_office_of(const struct city *city, int64_t now_at, struct arena *a)
{
    const struct config *c = &city_settings(city)->config;

    return (struct network_office){.city = city_settings(city)->name,
                                   .address = city_site(city, a),
                                   .email = address_is_valid(c->email) ? c->email : S(""),
                                   .now_at = now_at};
}

static enum status take_care(const struct errand_round *r, struct err *e)
{
    const struct network_office o = network_office_of(r->city, (int64_t)time(NULL), r->arena);
    size_t n = 0;

    return network_remind(r->db, &o, "lykta serve", &n, e);
}

const struct errand network_errand = {.name = "network", .every_ms = HOUR_MS, .run = take_care};
