/* Decomposable graphs, against brute force over cycles and cliques. */
#include "estimate/decomposable.h"

#include "base/progress.h"

#include "reference.h"

#include "estimate/model.h"

static void there_are_as_many_as_known(void **state)
{
    static const size_t known[] = {2, 8, 61, 822, 18154, 617675};

    (void)state;
    for (size_t lists = 2; lists <= DECOMPOSABLE_MAX_LISTS; lists++) {
        struct decomposable g;
        size_t n = 0;

        for (uint32_t edges = 0; edges >> model_pairs(lists) == 0; edges++)
            n += decomposable_of(lists, edges, &g);
        assert_int_equal(n, known[lists - 2]);
    }
}

/* Each graph by itself, in the order of edges. */
static void the_list_holds_all_in_their_order(void **state)
{
    (void)state;
    for (size_t lists = 2; lists <= 6; lists++) {
        struct decomposable_all all;
        struct decomposable g;
        uint32_t edges = 0;
        size_t n = 0;

        assert_true(decomposable_open(lists, 2, NULL, &all));
        for (size_t i = 0; i < all.parts; i++)
            for (size_t k = 0; k < all.part[i].n; k++, n++) {
                while (!decomposable_of(lists, edges, &g))
                    edges++;
                assert_int_equal(all.part[i].graph[k].edges, edges);
                assert_memory_equal(all.part[i].graph[k].set, g.set, sizeof g.set);
                edges++;
            }
        assert_int_equal(n, all.n);
        decomposable_close(&all);
    }
}

/* Is there an edge between the two lists of `pair`? */
static bool has_edge(size_t lists, uint32_t edges, size_t pair)
{
    for (size_t k = 0; k < model_pairs(lists); k++)
        if (model_pair(lists, k) == pair)
            return edges >> k & 1U;
    return false;
}

static size_t neighbours_within(size_t lists, uint32_t edges, size_t list, size_t set)
{
    size_t n = 0;

    for (size_t i = 0; i < lists; i++)
        n += i != list && set >> i & 1U && has_edge(lists, edges, (size_t)1 << i | (size_t)1 << list);
    return n;
}

/* Four or five lists that all have two neighbours among each other are a cycle without a chord. */
static bool has_bare_cycle(size_t lists, uint32_t edges)
{
    for (size_t set = 0; set >> lists == 0; set++) {
        bool is_cycle = __builtin_popcountll(set) >= 4;

        for (size_t i = 0; i < lists && is_cycle; i++)
            is_cycle = !(set >> i & 1U) || neighbours_within(lists, edges, i, set) == 2;
        if (is_cycle)
            return true;
    }
    return false;
}

static void a_graph_is_decomposable_unless_a_cycle_has_no_chord(void **state)
{
    struct decomposable g;

    (void)state;
    for (uint32_t edges = 0; edges >> model_pairs(5) == 0; edges++)
        assert_int_equal(decomposable_of(5, edges, &g), !has_bare_cycle(5, edges));
}

static void note_percent(void *context, const char *what, int percent)
{
    assert_string_equal(what, "graphs");
    *(int *)context = percent;
}

static void listing_tells_how_far_it_has_come(void **state)
{
    int percent = 0;
    struct progress p = {.show = note_percent, .context = &percent};
    struct decomposable_all all;

    (void)state;
    assert_true(decomposable_open(6, 1, &p, &all));
    assert_int_equal(percent, 100);
    decomposable_close(&all);
}

static bool is_clique(size_t lists, uint32_t edges, size_t set)
{
    for (size_t i = 0; i < lists; i++)
        if (set >> i & 1U && neighbours_within(lists, edges, i, set) + 1 < (size_t)__builtin_popcountll(set))
            return false;
    return true;
}

static bool is_maximal_clique(size_t lists, uint32_t edges, size_t set)
{
    if (set == 0 || !is_clique(lists, edges, set))
        return false;
    for (size_t i = 0; i < lists; i++)
        if (!(set >> i & 1U) && is_clique(lists, edges, set | (size_t)1 << i))
            return false;
    return true;
}

static void the_cliques_are_all_that_are_within_no_other(void **state)
{
    struct decomposable g;

    (void)state;
    for (uint32_t edges = 0; edges >> model_pairs(5) == 0; edges++) {
        size_t found = 0;

        if (!decomposable_of(5, edges, &g))
            continue;
        for (size_t set = 0; set < 32; set++)
            found += is_maximal_clique(5, edges, set);
        assert_int_equal(g.cliques, found);
        for (size_t k = 0; k < g.cliques; k++)
            assert_true(is_maximal_clique(5, edges, g.set[k]));
    }
}

/* A list is in one clique more than in separators: so any function that adds over lists is counted once. */
static void separators_take_back_what_cliques_count_twice(void **state)
{
    struct decomposable g;

    (void)state;
    for (uint32_t edges = 0; edges >> model_pairs(6) == 0; edges++) {
        if (!decomposable_of(6, edges, &g))
            continue;
        for (size_t i = 0; i < 6; i++) {
            int times = 0;

            for (size_t k = 0; k < g.sets; k++)
                times += (g.set[k] >> i & 1) * (k < g.cliques ? 1 : -1);
            assert_int_equal(times, 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_as_many_as_known),
        cmocka_unit_test(the_list_holds_all_in_their_order),
        cmocka_unit_test(listing_tells_how_far_it_has_come),
        cmocka_unit_test(a_graph_is_decomposable_unless_a_cycle_has_no_chord),
        cmocka_unit_test(the_cliques_are_all_that_are_within_no_other),
        cmocka_unit_test(separators_take_back_what_cliques_count_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
