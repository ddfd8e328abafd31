/* Hierarchical log-linear models of lists. */
#include "estimate/model.h"

#include "base/text.h"

#include <string.h>

static size_t in_order(const struct model *m, uint32_t generator[MODEL_MAX_CELLS]);

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
    char name[MODEL_MAX_CELLS * (MODEL_MAX_LISTS + 1)];
    size_t n = in_order(m, generator);
    size_t at = 0;

    name[at++] = '[';
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            name[at++] = ',';
        for (size_t list = 0; list < m->lists; list++)
            if (generator[i] >> (MODEL_MAX_LISTS - 1 - list) & 1U)
                name[at++] = (char)('1' + list);
    }
    name[at++] = ']';
    text_add(out, (struct str){name, at});
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

/* A number that is larger for a term that is told earlier: of more lists, then list by list. The lists are
 * its last bits, the first one highest. */
static uint32_t order_of(size_t term)
{
    uint32_t order = 0;
    uint32_t lists = 0;

    for (size_t list = 0; list < MODEL_MAX_LISTS; list++) {
        order = order << 1 | (uint32_t)(term >> list & 1U);
        lists += (uint32_t)(term >> list & 1U);
    }
    return lists << MODEL_MAX_LISTS | order;
}

/* Terms that are within no other: taking a list away from each term leaves those that are, many at once. A
 * list is a bit of a term's place in its word, or of the word's place. */
static struct mask_set generators_of(const struct model *m)
{
    static const uint64_t without[] = {0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f,
                                       0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff};
    enum { WORDS = MODEL_MAX_CELLS / 64, PLACES = sizeof without / sizeof without[0] };
    struct mask_set out = m->terms;

    for (size_t w = 0; w < WORDS; w++) {
        for (size_t list = 0; list < PLACES; list++)
            out.word[w] &= ~(m->terms.word[w] >> ((size_t)1 << list) & without[list]);
        for (size_t beside = 1; beside < WORDS; beside *= 2)
            if (!(w & beside))
                out.word[w] &= ~m->terms.word[w | beside];
    }
    out.word[0] &= ~UINT64_C(1);
    return out;
}

/* The generators, those first that are told first, by their order_of. Returns how many. */
static size_t in_order(const struct model *m, uint32_t generator[MODEL_MAX_CELLS])
{
    struct mask_set all = generators_of(m);
    size_t n = 0;

    for (size_t w = 0; w < MODEL_MAX_CELLS / 64; w++)
        for (uint64_t left = all.word[w]; left != 0; left &= left - 1, n++) {
            uint32_t order = order_of(64 * w + (size_t)__builtin_ctzll(left));
            size_t i = n;

            for (; i > 0 && order > generator[i - 1]; i--)
                generator[i] = generator[i - 1];
            generator[i] = order;
        }
    return n;
}
