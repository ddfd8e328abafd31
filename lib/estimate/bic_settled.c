/* How far down the list of models a bootstrap by BIC has to go. */
#include "estimate/bic_settled.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static const double most_tables = 0.95; /* the share for the second rank */

struct bic_chosen *bic_chosen_open(struct arena *a)
{
    struct bic_chosen *c = arena_new(a, 1, struct bic_chosen);

    *c = (struct bic_chosen){.lock = PTHREAD_MUTEX_INITIALIZER, .a = a};
    return c;
}

void bic_chosen_add(struct bic_chosen *c, const uint64_t *in, size_t n)
{
    if (n == 0)
        return;
    pthread_mutex_lock(&c->lock);
    c->in = arena_grow(c->a, c->in, c->n + n, &c->room, sizeof *c->in);
    memcpy(c->in + c->n, in, n * sizeof *in);
    c->n += n;
    pthread_mutex_unlock(&c->lock);
}

static int compare_models(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left;
    const uint64_t b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

/* The first place in the sorted in[n] that does not hold less than `model`. */
static size_t first_not_below(const uint64_t *in, size_t n, uint64_t model)
{
    size_t from = 0;

    while (n > 0) {
        size_t half = n / 2;

        if (in[from + half] < model) {
            from += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return from;
}

static size_t times_chosen(const struct bic_chosen *c, uint64_t model)
{
    size_t first = first_not_below(c->in, c->n, model);
    size_t n = 0;

    while (first + n < c->n && c->in[first + n] == model)
        n++;
    return n;
}

/* Down the list of the data, until all tables have met their model. */
struct estimate_settled bic_settled_in(struct bic_chosen *c, const struct bic_list *list)
{
    struct estimate_settled s = {.tables = (int64_t)c->n, .listed = (int64_t)list->n};
    size_t met = 0;

    if (c->n > 0)
        qsort(c->in, c->n, sizeof *c->in, compare_models);
    for (size_t i = 0; i < list->n && met < c->n; i++) {
        met += times_chosen(c, list->fit[i].in);
        if (s.rank95 == 0 && (double)met >= most_tables * (double)c->n)
            s.rank95 = (int64_t)i + 1;
        if (met == c->n)
            s.rank = (int64_t)i + 1;
    }
    return s;
}
