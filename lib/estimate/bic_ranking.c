/* The best fits met so far. */
#include "estimate/bic_ranking.h"

#include "base/arena.h"

struct bic_ranking bic_ranking_open(struct arena *a, size_t most)
{
    return (struct bic_ranking){.most = most, .fit = arena_new(a, most, struct bic_fit)};
}

/* The better model first; ties by fewer terms, then by the order of terms. */
static int compare_fits(const struct bic_fit *a, const struct bic_fit *b)
{
    if (a->bic < b->bic || a->bic > b->bic)
        return a->bic < b->bic ? -1 : 1;
    int more = __builtin_popcountll(a->in) - __builtin_popcountll(b->in);
    if (more != 0)
        return more;
    return (a->in > b->in) - (a->in < b->in);
}

static void sift_down(struct bic_fit *heap, size_t n, struct bic_fit f)
{
    size_t at = 0;

    for (size_t below = 1; below < n; below = 2 * at + 1) {
        if (below + 1 < n && compare_fits(&heap[below + 1], &heap[below]) > 0)
            below++;
        if (compare_fits(&f, &heap[below]) >= 0)
            break;
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = f;
}

static void sift_up(struct bic_fit *heap, size_t at, struct bic_fit f)
{
    for (; at > 0 && compare_fits(&f, &heap[(at - 1) / 2]) > 0; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = f;
}

void bic_ranking_add(struct bic_ranking *r, const struct bic_fit *f)
{
    if (r->n < r->most)
        sift_up(r->fit, r->n++, *f);
    else if (compare_fits(f, &r->fit[0]) < 0)
        sift_down(r->fit, r->n, *f);
}

/* The worst goes to the end, again and again: no memory beside the heap is needed. */
void bic_ranking_sort(struct bic_ranking *r)
{
    for (size_t n = r->n; n-- > 1;) {
        struct bic_fit worst = r->fit[0];

        sift_down(r->fit, n, r->fit[n]);
        r->fit[n] = worst;
    }
}
