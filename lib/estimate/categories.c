/* The different values of a column. */
#include "estimate/categories.h"

#include "base/arena.h"

enum { FIRST_SLOTS = 64 };

/* FNV-1a (Fowler, Noll & Vo), folded. */
static size_t hash(struct str s)
{
    uint64_t h = 0xCBF29CE484222325U;

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3U;
    return (size_t)(h ^ h >> 32);
}

/* The slot of `value`: its own, or the empty one where it would go. */
static uint32_t *find(const struct categories *c, struct str value)
{
    size_t i = hash(value) & (c->slots - 1);

    while (c->slot[i] != 0 && !str_equal(c->value[c->slot[i] - 1], value))
        i = (i + 1) & (c->slots - 1);
    return &c->slot[i];
}

/* At most half of the slots are taken, so that a search is short and always ends. */
static void make_room(struct categories *c, struct arena *a)
{
    if (2 * c->n < c->slots)
        return;
    c->slots = c->slots == 0 ? FIRST_SLOTS : 2 * c->slots;
    c->slot = arena_new(a, c->slots, uint32_t);
    for (size_t i = 0; i < c->n; i++)
        *find(c, c->value[i]) = (uint32_t)(i + 1);
}

size_t categories_index(struct categories *c, struct str value, struct arena *a)
{
    make_room(c, a);
    uint32_t *slot = find(c, value);
    if (*slot == 0) {
        c->value = arena_grow(a, c->value, c->n + 1, &c->room, sizeof *c->value);
        c->value[c->n] = str_copy(value, a);
        *slot = (uint32_t)++c->n;
    }
    return *slot - 1;
}
