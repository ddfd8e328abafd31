/* The postman as an errand. */
#include "mail/mail_errand.h"

#include "mail/postman.h"

#include <time.h>

static int64_t now_at(void)
{
    return (int64_t)time(NULL);
}

static enum status open_postman(const struct city *city, struct db *db, const atomic_bool *stop, void **kept,
                                struct err *e)
{
    struct postman *p = NULL;

    TRY(postman_open(city, db, now_at, carrier_load, stop, &p, e));
    *kept = p;
    return OK;
}

static enum status go_round(const struct errand_round *r, struct err *e)
{
    size_t sent = 0;

    return postman_round(r->kept, &sent, e);
}

static void close_postman(void *kept)
{
    postman_close(kept);
}

const struct errand mail_errand = {
    .name = "mail", .every_ms = 1000, .run = go_round, .open = open_postman, .close = close_postman};
