/* One estimate by several processes. */
#include "command/estimate_share.h"

#include "base/str.h"
#include "command/command.h"
#include "estimate/estimate.h"

static enum status combine(void *context, void *bytes, size_t n, struct err *e)
{
    return ranks_combine(context, bytes, n, e);
}

static enum status check(const struct call *call, struct err *e)
{
    if (call_has(call, "--tables") || call_has(call, "--models"))
        return err_set(e, USAGE,
                       "lykta estimate: --tables and --models have no replicates to share: leave mpirun out");
    if (call->n > 0 && str_is(str_of(call->arguments[0]), "-"))
        return err_set(e, USAGE,
                       "lykta estimate: under mpirun standard input reaches one process alone: give a file");
    return OK;
}

enum status estimate_share_begin(struct estimate_share *x, const struct call *call,
                                 struct estimate_options *options, struct err *e)
{
    if (ranks_are_several())
        TRY(check(call, e));
    TRY(ranks_begin(&x->ranks, e));
    if (x->ranks.size == 1)
        return OK;
    x->share = (struct bootstrap_share){
        .rank = x->ranks.rank, .size = x->ranks.size, .context = &x->ranks, .combine = combine};
    options->share = &x->share;
    return OK;
}

bool estimate_share_prints(const struct estimate_options *options)
{
    return !options->share || options->share->rank == 0;
}

enum status estimate_share_end(const struct estimate_share *x, enum status s, const struct err *e)
{
    ranks_end(&x->ranks, s, e);
    return s == REFUSED && x->ranks.rank > 0 ? OK : s;
}
