/* What must hold of a table before a model is fitted to it. */
#include "estimate/gate.h"

#include "estimate/describe.h"
#include "estimate/note.h"

static int64_t people_on(const struct counts *c, uint32_t lists);
static bool holds_same_people(const struct counts *c, size_t i, size_t j);
static bool refuse(struct estimate *out, enum estimate_note_kind kind, double value, struct arena *a);

/* The lists of `c` that nobody or everybody is on, as a mask; each is a warning. */
static uint32_t empty_or_full(const struct counts *c, struct arena *a, struct estimate *out)
{
    uint32_t found = 0;

    for (size_t i = 0; i < c->lists; i++) {
        struct estimate_note note = {.list = c->list[i]};
        int64_t people = people_on(c, UINT32_C(1) << i);

        if (people > 0 && people < c->n)
            continue;
        found |= UINT32_C(1) << i;
        note.kind = people == 0 ? ESTIMATE_LIST_EMPTY : ESTIMATE_LIST_HOLDS_ALL;
        note_warn(out, note, a);
    }
    return found;
}

void gate_clean(struct counts *clean, const struct counts *counts, struct arena *a, struct estimate *out)
{
    struct counts rest = *counts;
    uint32_t dropped = 0;

    /* Without a list that everybody is on, another may hold all that remain. */
    while ((dropped = empty_or_full(&rest, a, out)) != 0)
        counts_without(&rest, &rest, dropped, a);
    for (size_t i = 0; i < rest.lists; i++) {
        for (size_t j = i + 1; j < rest.lists; j++) {
            struct estimate_note note = {
                .kind = ESTIMATE_LISTS_IDENTICAL, .list = rest.list[i], .other = rest.list[j]};

            if (holds_same_people(&rest, i, j))
                note_warn(out, note, a);
        }
    }
    *clean = rest;
}

/* Pairs of lists that have anybody in common, and whether such pairs lead from the first list to every other.
 */
static size_t overlapping_pairs(const struct counts *c, bool *is_connected)
{
    uint32_t reached = 1;
    size_t pairs = 0;

    for (size_t round = 0; round < c->lists; round++) {
        pairs = 0;
        for (size_t i = 0; i < c->lists; i++)
            for (size_t j = i + 1; j < c->lists; j++) {
                uint32_t pair = UINT32_C(1) << i | UINT32_C(1) << j;

                if (people_on(c, pair) == 0)
                    continue;
                pairs++;
                if (reached & pair)
                    reached |= pair;
            }
    }
    *is_connected = reached + 1 == UINT32_C(1) << c->lists;
    return pairs;
}

bool gate_has_overlap(const struct counts *clean, size_t most_lists, struct arena *a, struct estimate *out)
{
    bool is_connected = false;

    if (clean->lists > most_lists)
        return refuse(out, ESTIMATE_TOO_MANY_LISTS, (double)clean->lists, a);
    if (clean->lists < 2)
        return refuse(out, ESTIMATE_TOO_FEW_LISTS, (double)clean->lists, a);
    if (overlapping_pairs(clean, &is_connected) == 0)
        return refuse(out, ESTIMATE_NO_OVERLAP, 0.0, a);
    return true;
}

bool gate_passes(const struct counts *clean, size_t most_lists, struct arena *a, struct estimate *out)
{
    bool is_connected = false;

    if (!gate_has_overlap(clean, most_lists, a, out))
        return false;
    size_t pairs = overlapping_pairs(clean, &is_connected);
    if (clean->lists > 2 && pairs < 3)
        return refuse(out, ESTIMATE_FEW_OVERLAPPING_PAIRS, (double)pairs, a);
    if (!is_connected)
        return refuse(out, ESTIMATE_NOT_CONNECTED, 0.0, a);
    return true;
}

static int64_t people_on(const struct counts *c, uint32_t lists)
{
    int64_t n = 0;

    for (uint32_t h = 1; h >> c->lists == 0; h++)
        if ((h & lists) == lists)
            n += c->y[h];
    return n;
}

static bool holds_same_people(const struct counts *c, size_t i, size_t j)
{
    for (uint32_t h = 1; h >> c->lists == 0; h++)
        if (c->y[h] > 0 && (h >> i & 1U) != (h >> j & 1U))
            return false;
    return true;
}

static bool refuse(struct estimate *out, enum estimate_note_kind kind, double value, struct arena *a)
{
    describe_refusal(out, (struct estimate_note){.kind = kind, .value = value}, a);
    return false;
}
