/* Linking, on synthetic people whose truth is known and not used. */
#include "febrl.h"

#include "base/progress.h"
#include "estimate/counts.h"

#include <math.h>

static struct linkage_options options_of(enum profile profile)
{
    return (struct linkage_options){.profile = profile, .noise_percent = 5, .imputations = 20, .seed = 1};
}

struct quality {
    double precision, recall, f1;
};

static struct quality quality_of(const struct linkage *x, const struct febrl *a, const struct febrl *b)
{
    double right = 0.0;
    double truth = 0.0;

    for (size_t i = 0; i < a->people.n; i++)
        for (size_t j = 0; j < b->people.n; j++)
            truth += a->person[i] == b->person[j];
    for (size_t k = 0; k < x->links; k++)
        right += a->person[x->link[k].i] == b->person[x->link[k].j];
    return (struct quality){right / (double)x->links, right / truth,
                            2.0 * right / ((double)x->links + truth)};
}

static struct linkage link_two(const struct febrl *a, const struct febrl *b, const struct linkage_options *o,
                               struct arena *arena)
{
    const struct linkage_list list[] = {{S("a"), &a->people}, {S("b"), &b->people}};
    struct linkage x;
    struct err e = {OK, ""};

    if (linkage_run(list, 2, o, arena, &x, &e) != OK)
        fail_msg("%s", e.what);
    return x;
}

static void names_and_birth_dates_link_with_f1_of_at_least_95_percent(void **state)
{
    const struct schema *s = febrl_schema("grouped", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 3, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 10, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    struct linkage x = link_two(a, b, &o, *state);

    assert_int_equal(x.caution, LINKAGE_NAMES_AND_BIRTH);
    assert_true(quality_of(&x, a, b).f1 >= 0.95);
    assert_true(fabs(x.overlap[0][1].matches / (double)a->people.n - 1.0) < 0.05);
}

static void all_fields_link_with_f1_of_at_least_999_in_a_thousand(void **state)
{
    const struct schema *s = febrl_schema("grouped", true, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 3, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 10, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    struct linkage x = link_two(a, b, &o, *state);

    assert_int_equal(x.caution, LINKAGE_NO_CAUTION);
    assert_true(quality_of(&x, a, b).f1 >= 0.999);
    assert_true(x.overlap[0][1].low <= (double)a->people.n && (double)a->people.n <= x.overlap[0][1].high);
}

static void one_filter_for_all_links_better_than_a_fixed_cut(void **state)
{
    const struct schema *s = febrl_schema("clk", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 3, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 10, *state);
    struct linkage_options o = options_of(PROFILE_CLK);
    struct linkage x = link_two(a, b, &o, *state);

    assert_int_equal(x.caution, LINKAGE_ONE_FILTER);
    assert_true(quality_of(&x, a, b).f1 >= 0.876); /* Dice 0.80 on the same job */
}

static void count_comparisons(void *context, const char *what, int percent)
{
    if (percent == 100 && strcmp(what, "comparing") == 0)
        ++*(int *)context;
}

/* Each list with itself and with the other: in a sample, and in full once. */
static void pairs_are_compared_once_after_a_sample(void **state)
{
    const struct schema *s = febrl_schema("grouped", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 3, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 10, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    int comparisons = 0;
    struct progress p = {.show = count_comparisons, .context = &comparisons};

    o.threads = 1;
    o.progress = &p;
    link_two(a, b, &o, *state);
    assert_int_equal(comparisons, 6);
}

static void lists_without_anybody_in_common_are_refused(void **state)
{
    const struct schema *s = febrl_schema("grouped", true, *state);
    struct febrl *a = febrl_read("febrl4a.csv", s, 10, *state);
    struct febrl *b = febrl_read("febrl4a.csv", s, 10, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    struct linkage x;
    struct err e = {OK, ""};

    a->people.n = 1000;
    for (size_t g = 0; g < GROUPS; g++)
        b->people.group[g].word += 3000 * b->people.group[g].bits / 64;
    b->people.present += 3000;
    b->people.n = 1000;
    const struct linkage_list list[] = {{S("a"), &a->people}, {S("b"), &b->people}};
    assert_int_equal(linkage_run(list, 2, &o, *state, &x, &e), REFUSED);
    assert_says(e, "too few to learn from");
}

static void every_imputation_holds_every_person_of_every_list_once(void **state)
{
    const struct schema *s = febrl_schema("grouped", true, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 2, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 4, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    struct linkage x = link_two(a, b, &o, *state);
    int64_t sum[2] = {0};

    for (struct str rest = x.histories, line; rest.n > 0;) {
        unsigned imputation = 0;
        unsigned on[2] = {0};
        long count = 0;
        char text[80];

        str_cut(rest, '\n', &line, &rest);
        snprintf(text, sizeof text, "%.*s", STR(line));
        if (sscanf(text, "%u,%u,%u,%ld", &imputation, &on[0], &on[1], &count) != 4)
            continue;
        assert_in_range(imputation, 1, o.imputations);
        sum[0] += on[0] ? count : 0;
        sum[1] += on[1] ? count : 0;
    }
    assert_int_equal(sum[0], x.people[0] * (int64_t)o.imputations);
    assert_int_equal(sum[1], x.people[1] * (int64_t)o.imputations);
}

static void one_and_two_threads_give_the_same_histories(void **state)
{
    const struct schema *s = febrl_schema("grouped", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 1, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 2, *state);
    struct linkage_options one = options_of(PROFILE_GROUPED);
    struct linkage_options two = one;

    one.threads = 1;
    two.threads = 2;
    assert_true(str_equal(link_two(a, b, &one, *state).histories, link_two(a, b, &two, *state).histories));
}

/* Answers the owners of two lists give about all links and others of which the draws are not sure. */
struct owners {
    const struct febrl *a, *b;
    struct arena *arena;
    size_t errors; /* links that are wrong or missed, before */
    bool has_nothing;
};

static size_t errors_of(const struct linkage *x, const struct febrl *a, const struct febrl *b)
{
    struct quality q = quality_of(x, a, b);
    double right = q.precision * (double)x->links;

    return (size_t)lround((double)x->links - right + right / q.recall - right);
}

static enum status answer(void *context, const struct linkage *first, struct linkage_answers *out,
                          struct err *e)
{
    struct owners *o = context;
    struct linkage_answer *said = arena_new(o->arena, first->links + first->others, struct linkage_answer);

    (void)e;
    o->errors = errors_of(first, o->a, o->b);
    *out = (struct linkage_answers){0, said};
    for (size_t k = 0; !o->has_nothing && k < first->links + first->others; k++) {
        const struct linkage_link *pair =
            k < first->links ? &first->link[k] : &first->other[k - first->links];

        if (pair->p > 0.02 && pair->p < 0.98)
            said[out->n++] = (struct linkage_answer){0, pair->i, 1, pair->j,
                                                     o->a->person[pair->i] == o->b->person[pair->j]};
    }
    return OK;
}

static void what_the_owners_say_makes_links_right(void **state)
{
    const struct schema *s = febrl_schema("grouped", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 3, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 10, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    struct owners owners = {a, b, *state, 0, false};

    o.with_others = true;
    o.ask = answer;
    o.owners = &owners;
    struct linkage x = link_two(a, b, &o, *state);
    assert_true(x.answers > 20);
    if (2 * errors_of(&x, a, b) > owners.errors)
        fail_msg("%zu links wrong or missed, before the answers %zu", errors_of(&x, a, b), owners.errors);
}

static void owners_who_say_nothing_change_nothing(void **state)
{
    const struct schema *s = febrl_schema("grouped", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 1, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 2, *state);
    struct linkage_options alone = options_of(PROFILE_GROUPED);
    struct linkage_options asked = alone;
    struct owners owners = {a, b, *state, 0, true};

    asked.ask = answer;
    asked.owners = &owners;
    struct linkage x = link_two(a, b, &asked, *state);
    assert_int_equal(x.answers, 0);
    assert_true(str_equal(link_two(a, b, &alone, *state).histories, x.histories));
}

static void a_linkage_taken_for_certain_is_read_as_counts(void **state)
{
    const struct schema *s = febrl_schema("grouped", true, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 2, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 4, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    struct counts counts;
    struct err e = {OK, ""};

    o.imputations = 0;
    struct linkage x = link_two(a, b, &o, *state);
    assert_int_equal(counts_read(&counts, "histories", x.histories, *state, &e), OK);
    assert_int_equal(counts.n, x.known);
    assert_int_equal(counts.y[3], x.overlap[0][1].links);
}

static void doubles_inside_a_list_become_one_person(void **state)
{
    const struct schema *s = febrl_schema("grouped", true, *state);
    const struct febrl *doubles = febrl_read("febrl3.csv", s, 3, *state);
    const struct febrl *again = febrl_read("febrl3.csv", s, 3, *state);
    struct linkage_options o = options_of(PROFILE_GROUPED);
    struct linkage x = link_two(doubles, again, &o, *state);
    size_t people = 0;

    for (size_t i = 0; i < doubles->people.n; i++) {
        bool is_new = true;

        for (size_t k = 0; k < i; k++)
            is_new &= doubles->person[k] != doubles->person[i];
        people += is_new;
    }
    assert_true(fabs((double)x.people[0] / (double)people - 1.0) < 0.02);
    assert_true(fabs((double)x.known / (double)people - 1.0) < 0.03);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(names_and_birth_dates_link_with_f1_of_at_least_95_percent),
        WITH_ARENA(all_fields_link_with_f1_of_at_least_999_in_a_thousand),
        WITH_ARENA(one_filter_for_all_links_better_than_a_fixed_cut),
        WITH_ARENA(lists_without_anybody_in_common_are_refused),
        WITH_ARENA(pairs_are_compared_once_after_a_sample),
        WITH_ARENA(every_imputation_holds_every_person_of_every_list_once),
        WITH_ARENA(one_and_two_threads_give_the_same_histories),
        WITH_ARENA(what_the_owners_say_makes_links_right),
        WITH_ARENA(owners_who_say_nothing_change_nothing),
        WITH_ARENA(a_linkage_taken_for_certain_is_read_as_counts),
        WITH_ARENA(doubles_inside_a_list_become_one_person),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
