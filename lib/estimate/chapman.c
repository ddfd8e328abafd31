/* Two lists. */
#include "estimate/chapman.h"

#include "estimate/by_stepwise.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/note.h"
#include "estimate/stepwise.h"

#include <math.h>

enum status chapman(const struct method_call *call, struct estimate *out, struct err *e)
{
    const uint32_t *y = call->counts->y;
    double both = y[3];
    double first = (double)y[1] + both;
    double second = (double)y[2] + both;
    double variance =
        (first + 1.0) * (second + 1.0) * y[1] * y[2] / ((both + 1.0) * (both + 1.0) * (both + 2.0));
    struct stepwise *s = stepwise_open(call->a, 2);

    (void)e; /* two lists are done before anybody could ask to stop */
    stepwise_set_counts(s, y);
    stepwise_choose(s, 0.0);
    by_stepwise_describe(call, s, out);
    stepwise_close(s);
    double people = (double)call->counts->n;
    double unseen = (double)y[1] * y[2] / (both + 1.0); /* (n1 + 1)(n2 + 1) / (m + 1) - 1 less people */
    out->nhat = people + unseen;
    describe_wald(out, people, unseen, sqrt(log1p(variance / (unseen * unseen))));
    note_warn(out, (struct estimate_note){.kind = ESTIMATE_INDEPENDENCE_ASSUMED}, call->a);
    return OK;
}
