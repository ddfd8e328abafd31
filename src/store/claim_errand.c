/* Holding on to the claim, as an errand. */
#include "store/city.h"
#include "store/claim.h"
#include "store/errand.h"

static enum status hold(const struct errand_round *r, struct err *e)
{
    return city_claim(r->city, r->db, e);
}

const struct errand claim_errand = {
    .name = "claim", .every_ms = CLAIM_RENEWED_MS, .run = hold, .in_each_process = true};
