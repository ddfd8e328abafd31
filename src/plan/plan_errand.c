/* What the action plan does by itself. */
#include "plan/plan_errand.h"

#include "plan/plan_remind.h"
#include "store/city.h"
#include "store/keys.h"
#include "web/address.h"

#include <time.h>

/* Letters lead to the address of lykta.conf, or, while that is empty, to where the server listens. */
static struct plan_office office_of(const struct city *city, const struct key *key, struct arena *a)
{
    const struct settings *s = city_settings(city);

    return (struct plan_office){.city = s->name,
                                .municipality = city->municipality,
                                .address = city_site(city, a),
                                .contact = s->config.contact,
                                .email = address_is_valid(s->config.email) ? s->config.email : S(""),
                                .link_key = key->bytes};
}

static enum status take_care(const struct errand_round *r, struct err *e)
{
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    struct key key;
    size_t n = 0;

    TRY(key_read(r->city->path, KEY_LINK, &key, e));
    const struct plan_office office = office_of(r->city, &key, r->arena);
    enum status s = plan_remind(r->db, &office, &who, &n, e);
    if (s == OK)
        s = plan_ask(r->db, &office, &who, &n, e);
    if (s == OK)
        s = plan_tell(r->db, &office, &who, &n, e);
    key_wipe(&key);
    return s;
}

const struct errand plan_errand = {.name = "plan", .every_ms = 60000, .run = take_care};
