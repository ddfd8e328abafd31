/* Rounds of mapping side by side. */
#include "release/series.h"

#include "../unit.h"

#include <string.h>

enum { MOVE = 5 };

static struct release_figure about(int64_t people)
{
    return (struct release_figure){.people = people,
                                   .lo = people > MOVE ? people - MOVE : 0,
                                   .hi = people + MOVE,
                                   .sv = S("cirka"),
                                   .en = S("about")};
}

static void add_table(void **state, struct release *r, const char *code, const char *const rows[],
                      const int64_t people[], size_t n)
{
    struct release_table *t = &r->table[r->tables++];

    t->label = (struct label){str_of(code), str_of(code), str_of(code)};
    t->n = n;
    t->row = arena_new(*state, n, struct release_row);
    for (size_t i = 0; i < n; i++)
        t->row[i] =
            (struct release_row){{str_of(rows[i]), str_of(rows[i]), str_of(rows[i])}, 0, about(people[i])};
}

/* Two lists, people on the first and on the second, and how many of all are known. */
static struct release *round_of(void **state, int year, int64_t first, int64_t second, int64_t known)
{
    static const char *const codes[] = {"PF", "SO"};
    struct release *r = arena_new(*state, 1, struct release);

    r->name = str_of(arena_printf(*state, "1281-%d", year));
    r->mapping = (struct mapping){
        .first_year = year,
        .last_year = year,
        .lists = 2,
        .people_sv = S("möjliga offer"),
        .list = {{S("PF"), S("Polisen"), S("Police")}, {S("SO"), S("Socialtjänsten"), S("Social services")}}};
    r->seen = about(known);
    r->estimate = (struct release_estimate){
        .answer = RELEASE_POINT, .nhat = 1000, .ci95 = {800, 1200}, .method = S("stepwise")};
    add_table(state, r, "lists", codes, (const int64_t[]){first, second}, 2);
    return r;
}

static struct series_finding found_between(void **state, const struct release *old, const struct release *now)
{
    struct series s;

    series_make(now, &old, 1, *state, &s);
    assert_int_equal(s.rounds, 2);
    return series_find(&s);
}

static void rounds_that_are_alike_can_be_compared(void **state)
{
    assert_int_equal(
        series_differences(round_of(state, 2025, 100, 50, 120), round_of(state, 2024, 10, 90, 95)), 0);
}

static void other_people_are_another_thing(void **state)
{
    struct release *old = round_of(state, 2024, 100, 50, 120);

    old->mapping.people_sv = S("barn som utnyttjas");
    assert_int_equal(series_differences(round_of(state, 2025, 100, 50, 120), old), SERIES_PEOPLE);
}

static void a_list_of_another_name_code_or_number_is_another_thing(void **state)
{
    const struct release *now = round_of(state, 2025, 100, 50, 120);
    struct release *renamed = round_of(state, 2024, 100, 50, 120);
    struct release *recoded = round_of(state, 2024, 100, 50, 120);
    struct release *fewer = round_of(state, 2024, 100, 50, 120);

    renamed->mapping.list[1].sv = S("Socialjouren");
    recoded->mapping.list[1].code = S("SJ");
    fewer->mapping.lists = 1;
    assert_int_equal(series_differences(now, renamed), SERIES_LISTS);
    assert_int_equal(series_differences(now, recoded), SERIES_LISTS);
    assert_int_equal(series_differences(now, fewer), SERIES_LISTS);
}

static void the_same_lists_in_another_order_are_the_same(void **state)
{
    struct release *old = round_of(state, 2024, 100, 50, 120);
    const struct label first = old->mapping.list[0];

    old->mapping.list[0] = old->mapping.list[1];
    old->mapping.list[1] = first;
    assert_int_equal(series_differences(round_of(state, 2025, 100, 50, 120), old), 0);
}

static void length_method_and_origin_are_told_together(void **state)
{
    struct release *old = round_of(state, 2024, 100, 50, 120);

    old->mapping.first_year = 2022;
    old->mapping.is_example = true;
    old->estimate.method = S("chapman");
    assert_int_equal(series_differences(round_of(state, 2025, 100, 50, 120), old),
                     SERIES_LENGTH | SERIES_METHOD | SERIES_ORIGIN);
}

static void the_first_round_stands_first_and_the_compared_last(void **state)
{
    const struct release *earlier[] = {round_of(state, 2024, 1, 1, 20), round_of(state, 2023, 1, 1, 10)};
    struct series s;

    series_make(round_of(state, 2025, 1, 1, 30), earlier, 2, *state, &s);
    assert_int_equal(s.rounds, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(s.row[SERIES_KNOWN].figure[i].people, 10 * ((int64_t)i + 1));
}

static void no_more_rounds_than_there_is_room_for_and_the_latest_of_them(void **state)
{
    const struct release *earlier[SERIES_EARLIER];
    struct series s;

    for (int i = 0; i < SERIES_EARLIER; i++)
        earlier[i] = round_of(state, 2024 - i, 1, 1, 50);
    series_make(round_of(state, 2025, 1, 1, 50), earlier, SERIES_EARLIER, *state, &s);
    assert_int_equal(s.rounds, SERIES_ROUNDS);
    assert_int_equal(s.round[0]->mapping.first_year, 2025 - (SERIES_ROUNDS - 1));
    assert_int_equal(s.others, 0);
}

static void a_round_that_differs_stands_apart(void **state)
{
    struct release *other = round_of(state, 2024, 1, 1, 30);
    const struct release *earlier[] = {other, round_of(state, 2023, 1, 1, 20)};
    struct series s;

    other->mapping.people_sv = S("andra");
    series_make(round_of(state, 2025, 1, 1, 40), earlier, 2, *state, &s);
    assert_int_equal(s.rounds, 2);
    assert_int_equal(s.round[0]->mapping.first_year, 2023);
    assert_int_equal(s.others, 1);
    assert_ptr_equal(s.other[0].release, other);
}

static void entries_are_the_sum_of_the_lists_with_its_limits(void **state)
{
    const struct release *old = round_of(state, 2024, 100, 50, 120);
    struct series s;

    series_make(round_of(state, 2025, 200, 60, 220), &old, 1, *state, &s);
    assert_int_equal(s.row[SERIES_ENTRIES].figure[0].people, 150);
    assert_int_equal(s.row[SERIES_ENTRIES].figure[1].people, 260);
    assert_int_equal(s.row[SERIES_ENTRIES].figure[1].lo, 260 - 2 * MOVE);
    assert_int_equal(s.row[SERIES_ENTRIES].figure[1].hi, 260 + 2 * MOVE);
}

static void entries_too_few_to_be_shown_are_told_by_their_upper_limit(void **state)
{
    const struct release *old = round_of(state, 2024, 0, 0, 0);
    struct series s;

    series_make(round_of(state, 2025, 100, 50, 120), &old, 1, *state, &s);
    assert_true(str_is(s.row[SERIES_ENTRIES].figure[0].sv, "högst 10"));
    assert_true(str_is(s.row[SERIES_ENTRIES].figure[0].en, "at most 10"));
}

static void a_figure_has_changed_when_the_limits_do_not_meet(void **state)
{
    const struct release *old = round_of(state, 2024, 100, 50, 100);

    assert_int_equal(found_between(state, old, round_of(state, 2025, 100, 50, 100 + 2 * MOVE)).known,
                     SERIES_ALIKE);
    assert_int_equal(found_between(state, old, round_of(state, 2025, 100, 50, 100 + 2 * MOVE + 1)).known,
                     SERIES_MORE);
    assert_int_equal(found_between(state, old, round_of(state, 2025, 100, 50, 100 - 2 * MOVE)).known,
                     SERIES_ALIKE);
    assert_int_equal(found_between(state, old, round_of(state, 2025, 100, 50, 100 - 2 * MOVE - 1)).known,
                     SERIES_FEWER);
}

static void entries_change_by_limits_of_their_own(void **state)
{
    const struct release *old = round_of(state, 2024, 100, 50, 100);

    assert_int_equal(found_between(state, old, round_of(state, 2025, 120, 50, 100)).entries, SERIES_ALIKE);
    assert_int_equal(found_between(state, old, round_of(state, 2025, 121, 50, 100)).entries, SERIES_MORE);
    assert_int_equal(found_between(state, old, round_of(state, 2025, 79, 50, 100)).entries, SERIES_FEWER);
}

static void a_share_is_of_twenty_or_more_and_of_a_change(void **state)
{
    assert_int_equal(
        found_between(state, round_of(state, 2024, 1, 1, 20), round_of(state, 2025, 1, 1, 35)).percent, 75);
    assert_int_equal(
        found_between(state, round_of(state, 2024, 1, 1, 35), round_of(state, 2025, 1, 1, 20)).percent, 43);
    assert_int_equal(
        found_between(state, round_of(state, 2024, 1, 1, 19), round_of(state, 2025, 1, 1, 35)).percent, 0);
    assert_int_equal(
        found_between(state, round_of(state, 2024, 1, 1, 35), round_of(state, 2025, 1, 1, 19)).percent, 0);
    assert_int_equal(
        found_between(state, round_of(state, 2024, 1, 1, 35), round_of(state, 2025, 1, 1, 45)).percent, 0);
}

static enum series_change likely(void **state, struct release_estimate old, struct release_estimate now)
{
    struct release *before = round_of(state, 2024, 100, 50, 120);
    struct release *after = round_of(state, 2025, 100, 50, 120);

    old.method = now.method = S("stepwise");
    before->estimate = old;
    after->estimate = now;
    return found_between(state, before, after).likely;
}

static void the_likely_number_has_changed_when_the_intervals_do_not_meet(void **state)
{
    const struct release_estimate old = {.answer = RELEASE_POINT, .ci95 = {800, 1200}};

    assert_int_equal(
        likely(state, old, (struct release_estimate){.answer = RELEASE_POINT, .ci95 = {1200, 1500}}),
        SERIES_ALIKE);
    assert_int_equal(
        likely(state, old, (struct release_estimate){.answer = RELEASE_POINT, .ci95 = {1201, 1500}}),
        SERIES_MORE);
    assert_int_equal(
        likely(state, old, (struct release_estimate){.answer = RELEASE_RANGE, .range = {500, 799}}),
        SERIES_FEWER);
}

static void without_an_upper_end_nothing_is_higher_than_it(void **state)
{
    const struct release_estimate open = {.answer = RELEASE_RANGE, .range = {1300, RELEASE_UNKNOWN}};
    const struct release_estimate closed = {.answer = RELEASE_POINT, .ci95 = {800, 1200}};

    assert_int_equal(likely(state, closed, open), SERIES_MORE);
    assert_int_equal(likely(state, open, closed), SERIES_FEWER);
    assert_int_equal(likely(state, open, open), SERIES_ALIKE);
}

static void a_refusal_is_compared_with_nothing(void **state)
{
    const struct release_estimate refused = {.answer = RELEASE_REFUSED};
    const struct release_estimate closed = {.answer = RELEASE_POINT, .ci95 = {800, 1200}};

    assert_int_equal(likely(state, refused, closed), SERIES_UNKNOWN);
    assert_int_equal(likely(state, closed, refused), SERIES_UNKNOWN);
}

static void a_column_is_compared_when_every_round_has_the_same_categories(void **state)
{
    static const char *const two[] = {"woman", "man"};
    static const char *const three[] = {"woman", "man", "other"};
    const int64_t people[] = {60, 40, 20};
    struct release *now = round_of(state, 2025, 100, 50, 120);
    struct release *old = round_of(state, 2024, 100, 50, 120);
    const struct release *earlier = old;
    struct series s;

    add_table(state, now, "gender", two, people, 2);
    series_make(now, &earlier, 1, *state, &s);
    assert_int_equal(s.rows, 4);
    add_table(state, old, "gender", three, people, 3);
    series_make(now, &earlier, 1, *state, &s);
    assert_int_equal(s.rows, 4);
    old->tables--;
    add_table(state, old, "gender", two, people, 2);
    series_make(now, &earlier, 1, *state, &s);
    assert_int_equal(s.rows, 6);
    assert_int_equal(s.lists, 2);
    assert_true(str_is(s.row[4].label.sv, "gender: woman"));
    assert_int_equal(s.row[5].figure[0].people, 40);
}

static void combinations_and_numbers_of_lists_are_not_laid_side_by_side(void **state)
{
    static const char *const rows[] = {"1", "2"};
    const int64_t people[] = {60, 40};
    struct release *now = round_of(state, 2025, 100, 50, 120);
    struct release *old = round_of(state, 2024, 100, 50, 120);
    const struct release *earlier = old;
    struct series s;

    add_table(state, now, "number", rows, people, 2);
    add_table(state, old, "number", rows, people, 2);
    series_make(now, &earlier, 1, *state, &s);
    assert_int_equal(s.rows, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(rounds_that_are_alike_can_be_compared),
        WITH_ARENA(other_people_are_another_thing),
        WITH_ARENA(a_list_of_another_name_code_or_number_is_another_thing),
        WITH_ARENA(the_same_lists_in_another_order_are_the_same),
        WITH_ARENA(length_method_and_origin_are_told_together),
        WITH_ARENA(the_first_round_stands_first_and_the_compared_last),
        WITH_ARENA(no_more_rounds_than_there_is_room_for_and_the_latest_of_them),
        WITH_ARENA(a_round_that_differs_stands_apart),
        WITH_ARENA(entries_are_the_sum_of_the_lists_with_its_limits),
        WITH_ARENA(entries_too_few_to_be_shown_are_told_by_their_upper_limit),
        WITH_ARENA(a_figure_has_changed_when_the_limits_do_not_meet),
        WITH_ARENA(entries_change_by_limits_of_their_own),
        WITH_ARENA(a_share_is_of_twenty_or_more_and_of_a_change),
        WITH_ARENA(the_likely_number_has_changed_when_the_intervals_do_not_meet),
        WITH_ARENA(without_an_upper_end_nothing_is_higher_than_it),
        WITH_ARENA(a_refusal_is_compared_with_nothing),
        WITH_ARENA(a_column_is_compared_when_every_round_has_the_same_categories),
        WITH_ARENA(combinations_and_numbers_of_lists_are_not_laid_side_by_side),
    };

    return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
