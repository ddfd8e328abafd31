/* Three lists and more: what is found, in every order in which the lists can be given. */
#include "febrl.h"

#include "base/str.h"

#include <string.h>

enum { LISTS = 3, ORDERS = 6, IMPUTATIONS = 10 };

static const uint8_t orders[ORDERS][LISTS] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                              {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

/* Two lists of one size and a smaller one, nearly all of which is on another. */
static const struct linkage_list *lists_of(struct arena *a)
{
    const struct schema *s = febrl_schema("grouped", false, a);
    struct linkage_list *list = arena_new(a, LISTS, struct linkage_list);
    struct febrl *first = febrl_read("febrl4a.csv", s, 1, a);
    struct febrl *second = febrl_read("febrl4b.csv", s, 1, a);

    list[0] = (struct linkage_list){S("shelter"), &febrl_read("febrl4b.csv", s, 2, a)->people};
    list[1] = (struct linkage_list){S("clinic"), &first->people};
    list[2] = (struct linkage_list){S("police"), &second->people};
    first->people.n = second->people.n =
        first->people.n < second->people.n ? first->people.n : second->people.n;
    return list;
}

static struct linkage link_in(const uint8_t order[LISTS], const struct linkage_list *list, struct arena *a)
{
    static const double cuts[] = {-2.0, 2.0};
    const struct linkage_options o = {.profile = PROFILE_GROUPED,
                                      .noise_percent = 5,
                                      .imputations = IMPUTATIONS,
                                      .seed = 1,
                                      .with_others = true,
                                      .cut = cuts,
                                      .cuts = 2};
    struct linkage_list given[LISTS];
    struct linkage x;
    struct err e = {OK, ""};

    for (size_t k = 0; k < LISTS; k++)
        given[k] = list[order[k]];
    if (linkage_run(given, LISTS, &o, a, &x, &e) != OK)
        fail_msg("%s", e.what);
    return x;
}

/* The place of list `l` in an order. */
static size_t place_of(const uint8_t order[LISTS], uint8_t l)
{
    size_t k = 0;

    while (order[k] != l)
        k++;
    return k;
}

static bool is_same_link(const struct linkage_link *x, const struct linkage_link *y)
{
    return x->list_a == y->list_a && x->i == y->i && x->list_b == y->list_b && x->j == y->j &&
           x->pattern == y->pattern && x->log_odds == y->log_odds && x->p == y->p;
}

/* A link as the first order tells it. */
static struct linkage_link as_first(const struct linkage_link *link, const uint8_t order[LISTS])
{
    struct linkage_link to = *link;

    to.list_a = order[link->list_a];
    to.list_b = order[link->list_b];
    if (to.list_a > to.list_b) {
        to.list_a = order[link->list_b];
        to.list_b = order[link->list_a];
        to.i = link->j;
        to.j = link->i;
    }
    return to;
}

static void assert_same_links(const struct linkage *x, const struct linkage *first,
                              const uint8_t order[LISTS])
{
    assert_int_equal(x->links, first->links);
    for (size_t k = 0; k < x->links; k++) {
        struct linkage_link link = as_first(&x->link[k], order);
        size_t found = 0;

        for (size_t m = 0; m < first->links; m++)
            found += is_same_link(&link, &first->link[m]);
        assert_int_equal(found, 1);
    }
}

static void assert_same_counts(const struct linkage *x, const struct linkage *first,
                               const uint8_t order[LISTS])
{
    assert_int_equal(x->known, first->known);
    assert_int_equal(x->others, first->others);
    for (uint8_t i = 0; i < LISTS; i++) {
        size_t a = place_of(order, i);

        assert_true(str_equal(x->name[a], first->name[i]));
        assert_int_equal(x->people[a], first->people[i]);
        for (uint8_t j = (uint8_t)(i + 1); j < LISTS; j++) {
            size_t b = place_of(order, j);
            const struct linkage_overlap *o = &x->overlap[a < b ? a : b][a < b ? b : a];

            assert_memory_equal(o, &first->overlap[i][j], sizeof *o);
        }
    }
    for (size_t c = 0; c < x->cuts; c++)
        for (unsigned mask = 1; mask < 1U << LISTS; mask++) {
            unsigned of_first = 0;

            for (size_t k = 0; k < LISTS; k++)
                of_first |= (mask >> k & 1U) << order[k];
            assert_int_equal(x->cut[c].people[mask], first->cut[c].people[of_first]);
        }
}

/* How many people each imputation has with each history, with the lists in the first order. */
static void read_histories(const struct linkage *x, const uint8_t order[LISTS],
                           int64_t people[IMPUTATIONS + 1][1 << LISTS])
{
    for (struct str rest = x->histories, line; rest.n > 0;) {
        unsigned imputation = 0;
        unsigned on[LISTS] = {0};
        long count = 0;
        char text[80];
        unsigned mask = 0;

        str_cut(rest, '\n', &line, &rest);
        snprintf(text, sizeof text, "%.*s", STR(line));
        if (sscanf(text, "%u,%u,%u,%u,%ld", &imputation, &on[0], &on[1], &on[2], &count) != 5)
            continue;
        for (size_t k = 0; k < LISTS; k++)
            mask |= on[k] << order[k];
        assert_in_range(imputation, 1, IMPUTATIONS);
        people[imputation][mask] += count;
    }
}

static void three_lists_are_linked_alike_in_any_order(void **state)
{
    const struct linkage_list *list = lists_of(*state);
    struct linkage first = link_in(orders[0], list, *state);
    int64_t people[2][IMPUTATIONS + 1][1 << LISTS] = {{{0}}};

    assert_true(first.links > 100);
    read_histories(&first, orders[0], people[0]);
    for (size_t k = 1; k < ORDERS; k++) {
        struct linkage x = link_in(orders[k], list, *state);

        assert_same_counts(&x, &first, orders[k]);
        assert_same_links(&x, &first, orders[k]);
        memset(people[1], 0, sizeof people[1]);
        read_histories(&x, orders[k], people[1]);
        assert_memory_equal(people[1], people[0], sizeof people[0]);
    }
}

/* Owners know the lists by the names that were given: all their answers come to the pairs that they are
 * about. */
struct owners {
    const struct linkage *first;
    struct linkage_answer answer[4];
};

static enum status answer(void *context, const struct linkage *first, struct linkage_answers *out,
                          struct err *e)
{
    struct owners *o = context;
    size_t n = 0;

    (void)e;
    for (size_t k = 0; k < first->links && n < 4; k += first->links / 4) {
        const struct linkage_link *link = &first->link[k];

        o->answer[n++] = (struct linkage_answer){link->list_a, link->i, link->list_b, link->j, false};
    }
    *out = (struct linkage_answers){n, o->answer};
    return OK;
}

static void answers_come_to_their_pairs_in_any_order(void **state)
{
    const struct linkage_list *list = lists_of(*state);

    for (size_t k = 0; k < ORDERS; k += 5) {
        struct owners owners = {0};
        const struct linkage_options o = {.profile = PROFILE_GROUPED,
                                          .noise_percent = 5,
                                          .imputations = IMPUTATIONS,
                                          .seed = 1,
                                          .ask = answer,
                                          .owners = &owners};
        const struct linkage_list given[LISTS] = {list[orders[k][0]], list[orders[k][1]], list[orders[k][2]]};
        struct linkage x;
        struct err e = {OK, ""};

        assert_int_equal(linkage_run(given, LISTS, &o, *state, &x, &e), OK);
        assert_int_equal(x.answers, 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(three_lists_are_linked_alike_in_any_order),
        WITH_ARENA(answers_come_to_their_pairs_in_any_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
