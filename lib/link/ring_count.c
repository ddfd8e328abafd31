/* How many people are on which combination of lists that have gone round. */
#include "link/ring_count.h"

#include "base/arena.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* An element of some row; rows are numbered through all lists. */
struct standing {
    const unsigned char *point;
    uint32_t row;
    uint16_t list;
};

/* Rows that are one person, as a forest; `lists` of a root says on which lists the person is. */
struct persons {
    size_t n;
    uint32_t *parent;
    uint16_t *lists;
};

static enum status check_lists(const struct ring_list *list, size_t lists, struct err *e);
static void match_kind(struct ring_counts *out, enum ring_key key, const struct ring_list *list,
                       struct persons *p, struct arena *a);

enum status ring_count(struct ring_counts *out, const struct ring_list *list, size_t lists, struct arena *a,
                       struct err *e)
{
    struct ring_counts counts = {.lists = lists};
    struct persons p = {0};
    size_t row = 0;

    TRY(check_lists(list, lists, e));
    for (size_t l = 0; l < lists; l++)
        p.n += list[l].n;
    p.parent = arena_new(a, p.n, uint32_t);
    p.lists = arena_new(a, p.n, uint16_t);
    for (size_t l = 0; l < lists; l++)
        for (size_t i = 0; i < list[l].n; i++, row++) {
            p.parent[row] = (uint32_t)row;
            p.lists[row] = (uint16_t)(1U << l);
        }
    for (int k = 0; k < RING_KEYS; k++)
        if (list[0].kinds >> k & 1U)
            match_kind(&counts, (enum ring_key)k, list, &p, a);
    counts.count = arena_new(a, ((size_t)1 << lists) - 1, int64_t);
    for (size_t i = 0; i < p.n; i++)
        if (p.parent[i] == i)
            counts.count[p.lists[i] - 1]++;
    *out = counts;
    return OK;
}

/* Has `x` been raised by exactly those who raised `y`? The order of a ring is free. */
static bool same_agencies(const struct ring_list *x, const struct ring_list *y)
{
    size_t found = 0;

    for (size_t i = 0; i < x->passed; i++)
        for (size_t k = 0; k < y->passed; k++)
            found += memcmp(x->by[i], y->by[k], RING_POINT) == 0;
    return x->passed == y->passed && found == x->passed;
}

static enum status check_lists(const struct ring_list *list, size_t lists, struct err *e)
{
    if (lists < 2 || lists > RING_MAX_AGENCIES)
        return err_set(e, USAGE, "expected 2 to %d lists", RING_MAX_AGENCIES);
    for (size_t i = 0; i < lists; i++) {
        const struct ring_list *x = &list[i];

        for (size_t k = 0; k < i; k++)
            if (str_equal(x->list, list[k].list))
                return err_set(e, BAD_INPUT, "the list \"%.*s\" is there twice", STR(x->list));
        if (!str_equal(x->project, list[0].project) || !str_equal(x->round, list[0].round) ||
            memcmp(x->schema_hash, list[0].schema_hash, sizeof x->schema_hash) != 0 ||
            x->kinds != list[0].kinds)
            return err_set(
                e, BAD_INPUT,
                "the lists \"%.*s\" and \"%.*s\" are of different projects, rounds, schemas or kinds of "
                "keys",
                STR(list[0].list), STR(x->list));
        if (!same_agencies(x, &list[0]) || x->passed < 2)
            return err_set(
                e, REFUSED,
                "the lists \"%.*s\" and \"%.*s\" have not been raised by the same two or more agencies: "
                "let each agency raise every list; when one has dropped out, start every list again that "
                "it has raised",
                STR(list[0].list), STR(x->list));
    }
    return OK;
}

static uint32_t root_of(struct persons *p, uint32_t row)
{
    while (p->parent[row] != row) {
        p->parent[row] = p->parent[p->parent[row]];
        row = p->parent[row];
    }
    return row;
}

static int compare_standings(const void *a, const void *b)
{
    const struct standing *x = a;
    const struct standing *y = b;
    int order = memcmp(x->point, y->point, RING_POINT);

    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* Makes one person of those in `s[0..n-1]`, who have the same element, unless two are of one list. */
static void unite(struct ring_counts *out, enum ring_key key, const struct standing *s, size_t n,
                  struct persons *p)
{
    uint32_t first = root_of(p, s[0].row);
    unsigned lists = p->lists[first];
    bool is_clear = true;

    for (size_t i = 1; i < n; i++) {
        uint32_t root = root_of(p, s[i].row);
        bool is_counted = root == first;

        for (size_t k = 1; k < i && !is_counted; k++)
            is_counted = root_of(p, s[k].row) == root;
        if (is_counted)
            continue;
        is_clear = is_clear && !(lists & p->lists[root]);
        lists |= p->lists[root];
    }
    out->ambiguous += !is_clear;
    for (size_t i = 1; i < n && is_clear; i++) {
        uint32_t root = root_of(p, s[i].row);

        if (root != first) {
            p->parent[root] = first;
            out->matched[key]++;
        }
    }
    if (is_clear)
        p->lists[first] = (uint16_t)lists;
}

static void match_kind(struct ring_counts *out, enum ring_key key, const struct ring_list *list,
                       struct persons *p, struct arena *a)
{
    struct standing *s = arena_new(a, p->n, struct standing);
    size_t column = (size_t)__builtin_popcount(list[0].kinds & ((1U << key) - 1));
    size_t n = 0;
    uint32_t row = 0;

    for (size_t l = 0; l < out->lists; l++)
        for (size_t i = 0; i < list[l].n; i++, row++) {
            const unsigned char *point = list[l].point + (i * list[l].width + column) * RING_POINT;

            if (!sodium_is_zero(point, RING_POINT))
                s[n++] = (struct standing){point, row, (uint16_t)l};
        }
    if (n > 1)
        qsort(s, n, sizeof *s, compare_standings);
    for (size_t from = 0, to = 0; from < n; from = to) {
        while (to < n && memcmp(s[to].point, s[from].point, RING_POINT) == 0)
            to++;
        /* More than the lists that there are: two of them are of one list, and looking at all would be slow.
         */
        if (to - from > out->lists)
            out->ambiguous++;
        else if (to - from > 1)
            unite(out, key, s + from, to - from, p);
    }
}
