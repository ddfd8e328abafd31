/* How far long work has come, and whether it should stop. */
#include "base/progress.h"

#include <stddef.h>

void progress_begin(struct progress *p, const char *what, int64_t steps)
{
    if (!p)
        return;
    p->what = what;
    p->steps = steps > 0 ? steps : 1;
    atomic_store(&p->done, 0);
    atomic_store(&p->shown_percent, -1);
    atomic_flag_clear(&p->is_showing);
}

void progress_step(struct progress *p, int64_t steps)
{
    if (!p)
        return;
    int64_t done = atomic_fetch_add(&p->done, steps) + steps;
    int percent = (int)(100 * done / p->steps);
    if (!p->show || percent <= atomic_load(&p->shown_percent) || atomic_flag_test_and_set(&p->is_showing))
        return;
    atomic_store(&p->shown_percent, percent);
    p->show(p->context, p->what, percent);
    atomic_flag_clear(&p->is_showing);
}

bool progress_should_stop(const struct progress *p)
{
    return p && p->stop && atomic_load(p->stop);
}
