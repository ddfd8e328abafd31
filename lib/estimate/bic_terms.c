/* The terms that models are made of. */
#include "estimate/bic.h"

#include <string.h>

bool bic_terms_of(size_t lists, size_t order, struct bic_terms *out)
{
    struct bic_terms t = {.lists = lists, .order = order};

    for (int size = 2; size <= (int)order; size++) {
        for (size_t m = 1; m >> lists == 0; m++) {
            if (__builtin_popcountll(m) != size)
                continue;
            if (t.n == BIC_MAX_TERMS)
                return false;
            t.term[t.n++] = (uint16_t)m;
        }
    }
    for (size_t i = 0; i < t.n; i++) {
        for (size_t j = 0; j < t.n; j++) {
            if ((t.term[j] & ~t.term[i]) == 0 && j != i)
                t.parts[i] |= UINT64_C(1) << j;
            if ((t.term[i] & ~t.term[j]) == 0)
                t.wholes[i] |= UINT64_C(1) << j;
        }
    }
    *out = t;
    return true;
}

enum status bic_terms_for(size_t lists, size_t order, struct bic_terms *out, struct err *e)
{
    if (order == 0)
        order = bic_usual_order(lists);
    if (order >= lists)
        order = lists - 1;
    if (!bic_terms_of(lists, order, out))
        return err_set(e, USAGE, "with %zu lists a term of a model may hold at most %zu of them", lists,
                       bic_usual_order(lists));
    return OK;
}

size_t bic_usual_order(size_t lists)
{
    if (lists <= 6)
        return lists - 1;
    return lists == 7 ? 3 : 2;
}

struct model bic_model_of(const struct bic_terms *terms, uint64_t in)
{
    struct model m = model_independence(terms->lists);

    for (uint64_t left = in; left != 0; left &= left - 1)
        mask_set_add(&m.terms, terms->term[__builtin_ctzll(left)]);
    return m;
}

/* Models are made by adding terms in order, so that each is met once. */
int64_t bic_count(const struct bic_terms *terms)
{
    uint64_t open[BIC_MAX_TERMS + 1];
    uint64_t all = terms->n == 64 ? ~UINT64_C(0) : (UINT64_C(1) << terms->n) - 1;
    size_t depth = 0;
    int64_t n = 1;

    open[0] = all;
    for (;;) {
        if (open[depth] == 0) {
            if (depth == 0)
                return n;
            depth--;
            continue;
        }
        size_t j = (size_t)__builtin_ctzll(open[depth]);
        uint64_t rest = open[depth] & (open[depth] - 1);

        open[depth] &= ~terms->wholes[j];
        open[++depth] = rest;
        if (++n > 1000000000)
            return 0;
    }
}
