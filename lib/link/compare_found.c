/* The pairs that a comparison keeps, until it is known which of them are wanted: four bytes a pair, as far
 * more are kept than wanted. */
#include "link/compare_own.h"

#include "base/arena.h"

#include <string.h>

/* A word is a record of list a, within its stretch, or a pair of the last one that was told: the record's
 * place in the block, and the pattern. Some words at a time: a list that doubled would hold twice as many. */
enum { SOME = 1020, ROW = 1 << 30, LANE_SHIFT = KERNEL_PATTERN_BITS };

struct compare_some {
    struct compare_some *next;
    size_t n;
    uint32_t word[SOME];
};

static void put(struct compare_unit *u, uint32_t word)
{
    if (!u->arena)
        u->arena = arena_open();
    if (!u->last || u->last->n == SOME) {
        struct compare_some *more = arena_new(u->arena, 1, struct compare_some);

        if (u->last)
            u->last->next = more;
        else
            u->first = more;
        u->last = more;
    }
    u->last->word[u->last->n++] = word;
}

void compare_unit_add(struct compare_unit *u, size_t row, size_t lane, unsigned pattern)
{
    if (u->pairs == 0 || row != u->row)
        put(u, (uint32_t)(ROW | row));
    put(u, (uint32_t)(lane << LANE_SHIFT | pattern));
    u->row = row;
    u->pairs++;
}

struct compare_found *compare_found_make(const struct comparison *c, struct arena *a)
{
    struct compare_found *out = arena_new(a, 1, struct compare_found);

    out->rows = c->a->people->n;
    out->blocks = (c->b->people->n + COMPARE_BLOCK - 1) / COMPARE_BLOCK;
    out->stretches = (out->rows + COMPARE_STRETCH - 1) / COMPARE_STRETCH;
    out->unit = arena_new(a, out->blocks * out->stretches, struct compare_unit);
    return out;
}

size_t compare_found_pairs(const struct compare_found *found)
{
    size_t n = 0;

    for (size_t u = 0; u < found->blocks * found->stretches; u++)
        n += found->unit[u].pairs;
    return n;
}

void compare_drop(struct compare_found *found)
{
    for (size_t u = 0; found && u < found->blocks * found->stretches; u++) {
        arena_close(found->unit[u].arena);
        found->unit[u] = (struct compare_unit){0};
    }
}

/* Adds how many pairs each row has that are wanted. */
static void count_rows(const struct compare_unit *u, const bool keep[PATTERNS], size_t *rows)
{
    size_t row = 0;

    for (const struct compare_some *s = u->first; s; s = s->next)
        for (size_t k = 0; k < s->n; k++) {
            if (s->word[k] & ROW)
                row = s->word[k] - ROW;
            else
                rows[row] += keep[s->word[k] % PATTERNS];
        }
}

/* Puts each of them where its row has its next. */
static void place_pairs(const struct compare_unit *u, const bool keep[PATTERNS], size_t first_row,
                        size_t first, size_t *place, struct record_pair *pair)
{
    size_t row = 0;

    for (const struct compare_some *s = u->first; s; s = s->next)
        for (size_t k = 0; k < s->n; k++) {
            uint32_t word = s->word[k];

            if (word & ROW)
                row = word - ROW;
            else if (keep[word % PATTERNS])
                pair[place[row]++] = (struct record_pair){
                    (uint32_t)(first_row + row), (uint32_t)(first + (word >> LANE_SHIFT)), word % PATTERNS};
        }
}

/* Blocks follow each other in j, and so do the pairs of a record in its block: a counting sort by i is
 * enough. */
void compare_found_take(struct compare_found *found, const bool keep[PATTERNS], struct arena *a,
                        struct record_pairs *out)
{
    struct arena *own = arena_open();
    size_t *place = arena_new(own, found->rows, size_t);
    size_t before = 0;

    for (size_t u = 0; u < found->blocks * found->stretches; u++)
        count_rows(&found->unit[u], keep, place + u / found->blocks * COMPARE_STRETCH);
    for (size_t i = 0; i < found->rows; i++) {
        size_t n = place[i];

        place[i] = before;
        before += n;
    }
    *out = (struct record_pairs){before, arena_new(a, before, struct record_pair)};
    for (size_t u = 0; u < found->blocks * found->stretches; u++) {
        size_t first_row = u / found->blocks * COMPARE_STRETCH;

        place_pairs(&found->unit[u], keep, first_row, u % found->blocks * COMPARE_BLOCK, place + first_row,
                    out->pair);
    }
    compare_drop(found);
    arena_close(own);
}
