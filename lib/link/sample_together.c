/* Whether the owners' answers can all be true of lists that hold each person once. */
#include "link/sample.h"

#include "base/arena.h"

#include <stdlib.h>

/* A record that was asked about, and who it is: itself, or another record that is the same person. */
struct told {
    uint32_t list, row;
    struct told *same;
    struct told *on[LINKAGE_MAX_LISTS]; /* of a person: the record of each list */
};

static int by_place(const void *a, const void *b)
{
    const struct told *x = a;
    const struct told *y = b;

    return x->list != y->list ? (x->list < y->list ? -1 : 1)
           : x->row != y->row ? (x->row < y->row ? -1 : 1)
                              : 0;
}

/* All records that were asked about, each once; returns how many. */
static size_t told_of(const struct sample *x, struct told *told)
{
    size_t n = 0;
    size_t once = 0;

    for (size_t k = 0; k < x->n; k++) {
        told[n++] = (struct told){.list = x->pair[k]->list_a, .row = x->pair[k]->i};
        told[n++] = (struct told){.list = x->pair[k]->list_b, .row = x->pair[k]->j};
    }
    if (n > 1)
        qsort(told, n, sizeof *told, by_place);
    for (size_t k = 0; k < n; k++)
        if (once == 0 || by_place(&told[once - 1], &told[k]) != 0)
            told[once++] = told[k];
    for (size_t k = 0; k < once; k++) {
        told[k].same = &told[k];
        told[k].on[told[k].list] = &told[k];
    }
    return once;
}

static struct told *person_of(struct told *told, size_t n, uint32_t list, uint32_t row)
{
    const struct told wanted = {.list = list, .row = row};
    struct told *x = bsearch(&wanted, told, n, sizeof *told, by_place);

    while (x->same != x)
        x = x->same;
    return x;
}

/* False when a list would hold the person twice. */
static bool join(struct told *a, struct told *b)
{
    for (size_t l = 0; a != b && l < LINKAGE_MAX_LISTS; l++)
        if (a->on[l] && b->on[l])
            return false;
    for (size_t l = 0; a != b && l < LINKAGE_MAX_LISTS; l++)
        a->on[l] = a->on[l] ? a->on[l] : b->on[l];
    b->same = a;
    return true;
}

static size_t contradicted(const struct sample *x, struct told *told, bool *is_yes)
{
    size_t n = told_of(x, told);

    *is_yes = true;
    for (size_t k = 0; k < x->n; k++)
        if (x->answer[k] == SAMPLE_SAME && !join(person_of(told, n, x->pair[k]->list_a, x->pair[k]->i),
                                                 person_of(told, n, x->pair[k]->list_b, x->pair[k]->j)))
            return k + 1;
    *is_yes = false;
    for (size_t k = 0; k < x->n; k++)
        if (x->answer[k] == SAMPLE_OTHER && person_of(told, n, x->pair[k]->list_a, x->pair[k]->i) ==
                                                person_of(told, n, x->pair[k]->list_b, x->pair[k]->j))
            return k + 1;
    return 0;
}

size_t sample_contradicted(const struct sample *x, bool *is_yes)
{
    struct arena *own = arena_open();
    size_t number = contradicted(x, arena_new(own, 2 * x->n, struct told), is_yes);

    arena_close(own);
    return number;
}
