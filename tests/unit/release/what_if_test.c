/* What would change a release's estimate, in words. */
#include "release/what_if.h"

#include "../unit.h"

#include <string.h>

/* Three lists; 100, 80 and 60 people on one alone, 30, 20 and 10 on two, none on all three. */
static struct release *release_of(void **state)
{
    static const int64_t people[] = {100, 80, 30, 60, 20, 10, 0};
    struct release *r = arena_new(*state, 1, struct release);
    struct release_row *row = arena_new(*state, 7, struct release_row);
    struct release_row *number = arena_new(*state, 3, struct release_row);

    r->mapping = (struct mapping){.lists = 3};
    for (size_t i = 0; i < 3; i++)
        r->mapping.list[i] = (struct label){str_of((const char *[]){"A", "B", "C"}[i]),
                                            str_of((const char *[]){"Polisen", "Kommunen", "Föreningar"}[i]),
                                            str_of((const char *[]){"Police", "City", "Charities"}[i])};
    for (uint32_t h = 1; h <= 7; h++)
        row[h - 1] = (struct release_row){.lists = h,
                                          .figure = {.people = people[h - 1],
                                                     .lo = people[h - 1] ? people[h - 1] - 4 : 0,
                                                     .hi = people[h - 1] + 4}};
    number[0] = (struct release_row){.label = {.code = S("1")}, .figure = {240, 228, 252, S(""), S("")}};
    number[1] = (struct release_row){.label = {.code = S("2")}, .figure = {60, 48, 72, S(""), S("")}};
    number[2] = (struct release_row){.label = {.code = S("3")}, .figure = {0, 0, 4, S(""), S("")}};
    r->tables = 2;
    r->table[0] = (struct release_table){.label = {.code = S("overlap")}, .n = 7, .row = row};
    r->table[1] = (struct release_table){.label = {.code = S("number")}, .n = 3, .row = number};
    r->seen = (struct release_figure){.people = 300, .lo = 296, .hi = 304};
    r->estimate = (struct release_estimate){.answer = RELEASE_POINT, .nhat = 700, .ci95 = {550, 900}};
    r->estimate.methods = (struct release_methods){
        .n = 2,
        .range = {540, 12000},
        .method = {{S("stepwise"), S("Lågt."), S("Low.")}, {S("graphs"), S("Högt."), S("High.")}},
        .lowest = S("stepwise"),
        .highest = S("graphs")};
    return r;
}

static struct what_if *of(void **state, const struct release *r)
{
    struct what_if *x = arena_new(*state, 1, struct what_if);

    what_if_of(r, *state, x);
    return x;
}

static const char *said(const struct what_if *x, const char *code, bool is_english)
{
    for (size_t i = 0; i < x->notes; i++)
        if (str_is(x->note[i].code, code))
            return is_english ? x->note[i].en.p : x->note[i].sv.p;
    return NULL;
}

/* 296 + (96 * 76 + 96 * 56 + 76 * 56) / (72 + 1): the ends that make it smallest, 528 rounded down. */
static void the_lower_bound_takes_the_ends_that_make_it_smallest(void **state)
{
    struct release *r = release_of(state);

    assert_int_equal(of(state, r)->at_least, 520);
    r->table[1].row[1].figure.hi = 700; /* then no more than 304 - 228 are on two lists */
    assert_int_equal(of(state, r)->at_least, 510);
}

static void a_bound_that_is_no_more_than_are_known_is_not_said(void **state)
{
    struct release *r = release_of(state);

    for (size_t i = 0; i < 7; i++)
        r->table[0].row[i].figure.lo = 0;
    assert_int_equal(of(state, r)->at_least, RELEASE_UNKNOWN);
    assert_null(said(of(state, r), "at_least", false));
}

static void half_and_twice_as_many_unseen_come_from_the_rounded_figures(void **state)
{
    const struct what_if *x = of(state, release_of(state));

    assert_int_equal(x->half, 500);
    assert_int_equal(x->twice, 1100);
    assert_non_null(strstr(said(x, "unseen_tie", false), "omkring 500."));
    assert_non_null(strstr(said(x, "unseen_tie", true), "about 1,100."));
}

static void a_range_has_no_half_and_no_twice(void **state)
{
    struct release *r = release_of(state);

    r->estimate.answer = RELEASE_RANGE;
    assert_int_equal(of(state, r)->half, RELEASE_UNKNOWN);
    assert_null(said(of(state, r), "unseen_tie", false));
}

static void the_list_that_shares_most_is_named_with_rounded_figures(void **state)
{
    const struct what_if *x = of(state, release_of(state));

    assert_int_equal(x->on_list, 50);
    assert_int_equal(x->shared, 60);
    assert_non_null(strstr(said(x, "list", false), "”Polisen” flest människor gemensamma"));
    assert_non_null(strstr(said(x, "list", true), "about 50 of about 60"));
}

static void lists_that_share_few_are_not_named(void **state)
{
    struct release *r = release_of(state);

    for (size_t i = 0; i < 7; i++)
        r->table[0].row[i].figure.people = 5;
    assert_int_equal(of(state, r)->list.code.n, 0);
    assert_null(said(of(state, r), "list", false));
}

static void the_methods_are_told_with_both_ends_and_that_no_list_can_choose(void **state)
{
    const struct what_if *x = of(state, release_of(state));

    assert_string_equal(
        said(x, "methods", false),
        "Antalet är räknat på två sätt. De som ger ett svar ger tillsammans mellan 540 och "
        "12\u00a0000. Det lägsta svaret bygger på detta: Lågt. Det högsta bygger på detta: Högt. "
        "Listorna kan inte visa vilket som är rätt.");
    assert_string_equal(
        said(x, "methods", true),
        "The number was worked out in two ways. Those that give an answer give between 540 and "
        "12,000 together. The lowest answer rests on this: Low. The highest rests on this: High. "
        "The lists cannot show which is right.");
}

static void a_range_without_an_upper_end_says_so(void **state)
{
    struct release *r = release_of(state);

    r->estimate.methods.range[1] = RELEASE_UNKNOWN;
    assert_non_null(
        strstr(said(of(state, r), "methods", false), "minst 540, och någon övre gräns finns inte"));
}

static void one_method_is_no_range(void **state)
{
    struct release *r = release_of(state);

    r->estimate.methods.n = 1;
    assert_null(said(of(state, r), "methods", false));
}

static void of_a_refusal_only_the_bound_is_told(void **state)
{
    struct release *r = release_of(state);

    r->estimate.answer = RELEASE_REFUSED;
    const struct what_if *x = of(state, r);
    assert_int_equal(x->notes, 1);
    assert_non_null(said(x, "at_least", false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_lower_bound_takes_the_ends_that_make_it_smallest),
        WITH_ARENA(a_bound_that_is_no_more_than_are_known_is_not_said),
        WITH_ARENA(half_and_twice_as_many_unseen_come_from_the_rounded_figures),
        WITH_ARENA(a_range_has_no_half_and_no_twice),
        WITH_ARENA(the_list_that_shares_most_is_named_with_rounded_figures),
        WITH_ARENA(lists_that_share_few_are_not_named),
        WITH_ARENA(the_methods_are_told_with_both_ends_and_that_no_list_can_choose),
        WITH_ARENA(a_range_without_an_upper_end_says_so),
        WITH_ARENA(one_method_is_no_range),
        WITH_ARENA(of_a_refusal_only_the_bound_is_told),
    };

    return cmocka_run_group_tests_name("what_if", tests, NULL, NULL);
}
