/* Decomposable graphs, by perfect elimination. */
#include "estimate/decomposable.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/model.h"

enum { SMALL_LISTS = 5 };

/* A list as it is eliminated: it with its remaining neighbours, who all know each other, and those alone. */
struct elimination {
    uint8_t with[DECOMPOSABLE_MAX_LISTS];
    uint8_t without[DECOMPOSABLE_MAX_LISTS];
};

static bool eliminate(size_t lists, uint32_t edges, struct elimination *out);

/* The product over eliminations, of `with` divided by `without`, is that over cliques divided by that over
 * separators: a `with` that is no clique was what an earlier list left behind, and both go. */
bool decomposable_of(size_t lists, uint32_t edges, struct decomposable *out)
{
    struct elimination x;
    uint32_t is_left = 0; /* bit i: without[i] has not been met as some list's `with` */

    if (!eliminate(lists, edges, &x))
        return false;
    *out = (struct decomposable){.edges = edges};
    for (size_t i = 0; i < lists; i++) {
        size_t before = 0;

        while (before < i && !(is_left >> before & 1U && x.without[before] == x.with[i]))
            before++;
        if (before < i)
            is_left &= ~(UINT32_C(1) << before);
        else
            out->set[out->cliques++] = x.with[i];
        is_left |= UINT32_C(1) << i;
    }
    out->sets = out->cliques;
    for (size_t i = 0; i < lists; i++)
        if (is_left >> i & 1U && x.without[i] != 0)
            out->set[out->sets++] = x.without[i];
    return true;
}

static void set_neighbours(size_t lists, uint32_t edges, uint32_t *neighbour)
{
    size_t bit = 0;

    for (size_t i = 0; i < lists; i++)
        for (size_t j = i + 1; j < lists; j++, bit++) {
            neighbour[i] |= (edges >> bit & 1U) << j;
            neighbour[j] |= (edges >> bit & 1U) << i;
        }
}

/* Do the lists of `set` all have edges to each other? */
static bool is_complete(uint32_t set, const uint32_t *neighbour)
{
    for (uint32_t rest = set; rest != 0; rest &= rest - 1) {
        size_t u = (size_t)__builtin_ctz(rest);

        if (set & ~(neighbour[u] | UINT32_C(1) << u))
            return false;
    }
    return true;
}

/* False when some cycle of four lists or more has no chord: then at some point no list can be eliminated. */
static bool eliminate(size_t lists, uint32_t edges, struct elimination *out)
{
    uint32_t neighbour[DECOMPOSABLE_MAX_LISTS] = {0};
    uint32_t left = (UINT32_C(1) << lists) - 1;

    set_neighbours(lists, edges, neighbour);
    for (size_t done = 0; done < lists; done++) {
        size_t v = 0;

        while (v < lists && !(left >> v & 1U && is_complete(neighbour[v] & left, neighbour)))
            v++;
        if (v == lists)
            return false;
        left &= ~(UINT32_C(1) << v);
        out->without[done] = (uint8_t)(neighbour[v] & left);
        out->with[done] = (uint8_t)(out->without[done] | 1U << v);
    }
    return true;
}

static void list_part(void *work, size_t number)
{
    struct decomposable_all *all = work;
    struct decomposable_part *p = &all->part[number];
    struct arena *a = all->arena[number % all->arenas];
    uint32_t share = (UINT32_C(1) << model_pairs(all->lists)) / (uint32_t)all->parts;
    size_t room = 0;

    for (uint32_t k = 0; k < share; k++) {
        struct decomposable g;

        if (!decomposable_of(all->lists, (uint32_t)number * share + k, &g))
            continue;
        p->graph = arena_grow(a, p->graph, p->n + 1, &room, sizeof g);
        p->graph[p->n++] = g;
    }
}

/* With few lists a thread and memory of its own for each part cost more than the graphs: one for all then. */
bool decomposable_open(size_t lists, int threads, struct progress *p, struct decomposable_all *out)
{
    size_t graphs = (size_t)1 << model_pairs(lists); /* decomposable or not */
    bool is_small = lists <= SMALL_LISTS;

    *out = (struct decomposable_all){.lists = lists};
    out->parts = graphs < DECOMPOSABLE_MAX_PARTS ? graphs : DECOMPOSABLE_MAX_PARTS;
    out->arenas = is_small ? 1 : out->parts;
    for (size_t i = 0; i < out->arenas; i++)
        out->arena[i] = arena_open();
    progress_begin(p, "graphs", (int64_t)out->parts);
    bool is_done = parallel_for(out->parts, is_small ? 1 : threads, list_part, out, p);
    for (size_t i = 0; i < out->parts; i++)
        out->n += out->part[i].n;
    return is_done;
}

void decomposable_close(struct decomposable_all *all)
{
    for (size_t i = 0; i < all->arenas; i++)
        arena_close(all->arena[i]);
}
