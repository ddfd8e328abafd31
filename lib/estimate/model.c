/* Hierarchical log-linear models of lists. */
#include "estimate/model.h"

#include "base/text.h"

#include <string.h>

static bool is_generator(const struct model *m, size_t term);
static uint32_t order_of(size_t term);

bool mask_set_has(const struct mask_set *s, size_t mask)
{
    return s->word[mask / 64] >> mask % 64 & 1U;
}

void mask_set_add(struct mask_set *s, size_t mask)
{
    s->word[mask / 64] |= UINT64_C(1) << mask % 64;
}

struct model model_independence(size_t lists)
{
    struct model m = {.lists = lists};

    mask_set_add(&m.terms, 0);
    for (size_t i = 0; i < lists; i++)
        mask_set_add(&m.terms, (size_t)1 << i);
    return m;
}

void model_add(struct model *m, size_t term)
{
    for (size_t part = term; part > 0; part = (part - 1) & term)
        mask_set_add(&m->terms, part);
}

size_t model_size(const struct model *m)
{
    size_t n = 0;

    for (size_t i = 0; i < MODEL_MAX_CELLS / 64; i++)
        n += (size_t)__builtin_popcountll(m->terms.word[i]);
    return n;
}

size_t model_pair(size_t lists, size_t k)
{
    size_t first = 0;

    while (k >= lists - 1 - first) {
        k -= lists - 1 - first;
        first++;
    }
    return (size_t)1 << first | (size_t)1 << (first + 1 + k);
}

size_t model_pairs(size_t lists)
{
    return lists * (lists - 1) / 2;
}

void model_put_name(struct text *out, const struct model *m)
{
    uint32_t generator[MODEL_MAX_CELLS];
    size_t n = 0;

    for (size_t term = 1; term >> m->lists == 0; term++) {
        size_t i = n;

        if (!is_generator(m, term))
            continue;
        uint32_t order = order_of(term);
        for (; i > 0 && order > generator[i - 1]; i--)
            generator[i] = generator[i - 1];
        generator[i] = order;
        n++;
    }
    text_byte(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            text_byte(out, ',');
        for (size_t list = 0; list < m->lists; list++)
            if (generator[i] >> (MODEL_MAX_LISTS - 1 - list) & 1U)
                text_byte(out, (char)('1' + list));
    }
    text_byte(out, ']');
}

bool model_from_name(struct str name, size_t lists, struct model *out)
{
    struct model m = model_independence(lists);
    size_t term = 0;

    if (name.n < 2 || name.p[0] != '[' || name.p[name.n - 1] != ']')
        return false;
    for (size_t i = 1; i < name.n; i++) {
        size_t list = (size_t)(unsigned char)name.p[i] - '1';

        if (name.p[i] == ',' || i + 1 == name.n) {
            if (term == 0)
                return false;
            model_add(&m, term);
            term = 0;
        } else if (list < lists) {
            term |= (size_t)1 << list;
        } else {
            return false;
        }
    }
    *out = m;
    return true;
}

static bool is_generator(const struct model *m, size_t term)
{
    if (!mask_set_has(&m->terms, term))
        return false;
    for (size_t i = 0; i < m->lists; i++)
        if (!(term >> i & 1U) && mask_set_has(&m->terms, term | (size_t)1 << i))
            return false;
    return true;
}

/* A number that is larger for a term that is told earlier: of more lists, then list by list. The lists are
 * its last bits, the first one highest. */
static uint32_t order_of(size_t term)
{
    uint32_t order = (uint32_t)__builtin_popcountll(term);

    for (size_t list = 0; list < MODEL_MAX_LISTS; list++)
        order = order << 1 | (uint32_t)(term >> list & 1U);
    return order;
}
