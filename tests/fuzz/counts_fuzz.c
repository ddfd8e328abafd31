/* Any bytes as capture histories: what is read adds up, and tables are estimated by each method that chooses
 * a model, or refused; a figure is a number, is not below the people seen, and lies where its limits allow.
 */
#include "base/arena.h"
#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "estimate/method.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_sums(const struct counts *c)
{
    int64_t in_cells = 0;
    int64_t in_records = 0;

    assert(c->lists >= 1 && c->lists <= COUNTS_MAX_LISTS && c->y[0] == 0);
    for (size_t h = 0; h >> c->lists == 0; h++)
        in_cells += c->y[h];
    for (size_t i = 0; i < c->records; i++)
        in_records += c->record[i].people;
    assert(in_cells == c->n && in_records == c->n && c->n <= COUNTS_MAX_PEOPLE);
}

/* Which method is tried hangs on the input, so that what fails fails again. */
static struct estimate_options options_of(size_t size)
{
    static const char *const names[] = {"stepwise", "bic", "graphs", "chao", "unequal", "stepwise"};
    enum { METHODS = sizeof names / sizeof names[0] };

    return (struct estimate_options){.method = method_find(str_of(names[size % METHODS])),
                                     .threshold = 0.02,
                                     .order = 2,
                                     .interval = size % METHODS == METHODS - 1 ? ESTIMATE_PROFILE
                                                                               : ESTIMATE_NO_INTERVAL,
                                     .threads = 1};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct estimate_options options = options_of(size);
    struct arena *a = arena_open();
    struct counts counts;
    struct estimate x;
    struct err e = {OK, ""};

    if (counts_read(&counts, "fuzz", (struct str){(const char *)data, size}, a, &e) == OK) {
        check_sums(&counts);
        enum status s = estimate(&counts, &options, a, &x, &e);
        assert(s == OK);
        assert(x.status == ESTIMATE_REFUSED || x.nhat >= (double)x.n);
        assert(x.status == ESTIMATE_REFUSED || x.ci95[0] <= x.ci95[1]);
        assert(x.status == ESTIMATE_REFUSED || x.ci95[0] >= (double)x.n);
        assert(x.status != ESTIMATE_RANGE || (x.range[0] >= (double)x.n && x.range[0] <= x.range[1]));
        assert(x.status != ESTIMATE_REFUSED || isnan(x.nhat));
    } else {
        assert(e.status == BAD_INPUT && e.what[0]);
    }
    arena_close(a);
    return 0;
}
