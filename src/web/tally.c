/* What has been answered since the server started. */
#include "web/tally.h"

#include "base/str.h"
#include "web/exchange.h"

#include <stddef.h>

const int64_t tally_step_ms[TALLY_STEPS] = {5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000};

static enum tally_class class_of(const struct exchange *x)
{
    const struct route *route = x->match.route;

    if (x->asset)
        return TALLY_FILE;
    if (!route)
        return TALLY_OTHER;
    bool is_form = str_is(str_of(route->method), "POST");
    if (route->permission == ROUTE_ANYONE)
        return is_form ? TALLY_FORM : TALLY_PAGE;
    return is_form ? TALLY_PORTAL_FORM : TALLY_PORTAL_PAGE;
}

void tally_add(struct tally *t, const struct exchange *x, int http_status, int64_t ms)
{
    enum tally_class class = class_of(x);
    int status = http_status / 100 - 1;
    size_t step = 0;

    while (step < TALLY_STEPS && ms > tally_step_ms[step])
        step++;
    if (status >= 0 && status < TALLY_STATUSES)
        atomic_fetch_add(&t->answers[class][status], 1);
    atomic_fetch_add(&t->took[class][step], 1);
    atomic_fetch_add(&t->took_ms[class], (unsigned long long)(ms > 0 ? ms : 0));
}

uint64_t tally_answers(const struct tally *t)
{
    uint64_t n = 0;

    for (size_t c = 0; c < TALLY_CLASSES; c++)
        for (size_t i = 0; i < TALLY_STATUSES; i++)
            n += atomic_load(&t->answers[c][i]);
    return n;
}
