/* What has been changed on the page of settings, taken over. */
#include "setting/setting_errand.h"

#include "store/city.h"

static enum status take_over(const struct errand_round *r, struct err *e)
{
    return city_refresh(r->city, r->db, e);
}

const struct errand setting_errand = {
    .name = "settings", .every_ms = 1000, .run = take_over, .in_each_process = true};
