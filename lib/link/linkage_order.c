/* The order in which lists are led past each other, so that what is found does not depend on the order in
 * which they are given: the largest first, and lists of one size by the hash of what they hold. What is found
 * is told in the order given. Of two lists nothing hangs on it (partition_best). */
#include "link/linkage_own.h"

#include "base/arena.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_BYTES = 32 };

struct place {
    uint8_t given;
    size_t n;
    unsigned char hash[HASH_BYTES];
};

static void hash_people(const struct encodings *people, unsigned char out[HASH_BYTES])
{
    crypto_generichash_state hash;

    crypto_generichash_init(&hash, NULL, 0, HASH_BYTES);
    crypto_generichash_update(&hash, people->present, people->n);
    for (size_t g = 0; g < people->groups; g++)
        crypto_generichash_update(&hash, (const unsigned char *)people->group[g].word,
                                  people->n * (people->group[g].bits / 8));
    if (people->gender)
        crypto_generichash_update(&hash, people->gender, people->n);
    if (people->age)
        crypto_generichash_update(&hash, people->age, people->n);
    crypto_generichash_final(&hash, out, HASH_BYTES);
}

static int by_size(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;

    return x->n != y->n ? (x->n > y->n ? -1 : 1) : memcmp(x->hash, y->hash, HASH_BYTES);
}

void linkage_order(struct linking *x, const struct linkage_list *list)
{
    struct linkage_list *ordered = arena_new(x->a, x->lists, struct linkage_list);
    struct place place[LINKAGE_MAX_LISTS];

    for (size_t i = 0; i < x->lists; i++) {
        place[i] = (struct place){.given = (uint8_t)i, .n = list[i].people->n};
        hash_people(list[i].people, place[i].hash);
    }
    if (x->lists > 2)
        qsort(place, x->lists, sizeof *place, by_size);
    for (size_t k = 0; k < x->lists; k++) {
        ordered[k] = list[place[k].given];
        x->given[k] = place[k].given;
        x->place[place[k].given] = (uint8_t)k;
    }
    x->list = ordered;
}

uint32_t linkage_given_mask(const struct linking *x, uint32_t mask)
{
    uint32_t out = 0;

    for (size_t k = 0; k < x->lists; k++)
        out |= (mask >> k & 1U) << x->given[k];
    return out;
}

static int by_records(const void *a, const void *b)
{
    const struct linkage_link *x = a;
    const struct linkage_link *y = b;
    const uint32_t of_x[] = {x->list_a, x->i, x->list_b, x->j};
    const uint32_t of_y[] = {y->list_a, y->i, y->list_b, y->j};

    for (size_t k = 0; k < sizeof of_x / sizeof *of_x; k++)
        if (of_x[k] != of_y[k])
            return of_x[k] < of_y[k] ? -1 : 1;
    return 0;
}

static struct linkage_link *links_as_given(const struct linking *x, const struct linkage_link *link, size_t n)
{
    struct linkage_link *out = arena_new(x->a, n, struct linkage_link);

    for (size_t k = 0; k < n; k++) {
        struct linkage_link to = link[k];

        to.list_a = x->given[link[k].list_a];
        to.list_b = x->given[link[k].list_b];
        if (to.list_a > to.list_b) {
            to = (struct linkage_link){to.list_b,       link[k].j,        to.list_a, link[k].i,
                                       link[k].pattern, link[k].log_odds, link[k].p};
        }
        out[k] = to;
    }
    if (n > 1)
        qsort(out, n, sizeof *out, by_records);
    return out;
}

struct linkage linkage_as_given(const struct linking *x, const struct linkage *found)
{
    struct linkage out = *found;

    for (size_t i = 0; i < x->lists; i++) {
        out.name[x->given[i]] = found->name[i];
        out.records[x->given[i]] = found->records[i];
        out.people[x->given[i]] = found->people[i];
        for (size_t j = i + 1; j < x->lists; j++) {
            uint8_t a = x->given[i];
            uint8_t b = x->given[j];

            out.overlap[a < b ? a : b][a < b ? b : a] = found->overlap[i][j];
        }
    }
    out.link = links_as_given(x, found->link, found->links);
    out.other = links_as_given(x, found->other, found->others);
    out.cut = arena_new(x->a, found->cuts, struct linkage_cut);
    for (size_t c = 0; c < found->cuts; c++) {
        out.cut[c] = found->cut[c];
        out.cut[c].people = arena_new(x->a, (size_t)1 << x->lists, uint32_t);
        for (uint32_t mask = 0; mask < 1U << x->lists; mask++)
            out.cut[c].people[linkage_given_mask(x, mask)] = found->cut[c].people[mask];
    }
    return out;
}
