/* Letters to those whom a step of a gathering waits for. */
#include "gathering/gathering_letter.h"

#include "../scratch_city.h"
#include "../unit.h"
#include "handed_in.h"
#include "round.h"

#include "store/db.h"

#include <string.h>

/* Writes all letters that are due; the addresses that got one, in order. */
static struct str told(void **state)
{
    static const char sql[] =
        "select coalesce(group_concat(address), '') from (select address from mail_letter order by address)";
    struct scratch *s = *state;
    struct err e = {0};
    bool has_told = true;

    while (has_told)
        assert_int_equal(gathering_letter_next(s->mine, db_of(state), NOON, &has_told, &e), OK);
    struct query q = db_query(db_of(state), sql);
    struct str addresses = query_next(&q) ? query_str(&q, 0, arena_of(state)) : S("");
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(db_script(db_of(state), "delete from mail_letter", &e), OK);
    return addresses;
}

static void keepers_without_a_key_and_analysts_are_asked_for_keys(void **state)
{
    struct err e = {0};

    assert_int_equal(open_first(state, &e), OK);
    assert_str(told(state), "b@lund.example,c@lund.example,d@lund.example");
    assert_str(told(state), "");
}

static void keepers_are_told_to_compare_the_digits_until_they_have(void **state)
{
    struct err e = {0};

    hand_in_keys(state);
    assert_int_equal(gathering_compare(db_of(state), 1, KEEPER, true, &tester, &e), OK);
    assert_str(told(state), "d@lund.example");
}

static void both_are_told_that_one_makes_the_secret(void **state)
{
    hand_in_keys(state);
    compare_digits(state);
    assert_str(told(state), "c@lund.example,d@lund.example");
}

static void who_has_handed_in_a_list_is_not_asked_for_it(void **state)
{
    const struct gathering_told counts = {.people = 40};
    struct err e = {0};

    share_secret(state);
    assert_int_equal(
        gathering_take_list(db_of(state), 1, sealed_list(arena_of(state)), &counts, KEEPER, &tester, &e), OK);
    assert_str(told(state), "d@lund.example");
}

static void the_linkage_unit_is_told_when_all_are_in(void **state)
{
    hand_in_lists(state);
    assert_str(told(state), "b@lund.example");
}

static void nobody_is_told_to_link_short_lists_before_they_are_agreed_to(void **state)
{
    const struct gathering_told few = {.people = 3};
    struct err e = {0};

    hand_in_lists(state);
    assert_int_equal(
        gathering_take_list(db_of(state), 1, sealed_list(arena_of(state)), &few, KEEPER, &tester, &e), OK);
    assert_str(told(state), "");
    assert_int_equal(gathering_agree_short(db_of(state), 1, &tester, &e), OK);
    assert_str(told(state), "b@lund.example");
}

static void keepers_are_asked_for_receipts_when_it_has_ended(void **state)
{
    struct err e = {0};

    hand_in_lists(state);
    assert_int_equal(gathering_end(db_of(state), 1, &tester, &e), OK);
    assert_str(told(state), "c@lund.example,d@lund.example");
    assert_str(told(state), "");
}

static void beginning_anew_asks_anew(void **state)
{
    const struct who because = {.name = "test", .now_at = NOON, .why = "x"};
    struct err e = {0};

    hand_in_keys(state);
    told(state);
    assert_int_equal(gathering_begin_anew(db_of(state), 1, &because, &e), OK);
    assert_int_equal(gathering_leave(db_of(state), 1, KEEPER, &tester, &e), OK);
    assert_str(told(state), "c@lund.example");
}

static void closed_accounts_get_no_letter(void **state)
{
    struct err e = {0};

    hand_in_keys(state);
    assert_int_equal(db_script(db_of(state), "update person set state = 'closed' where id = 3", &e), OK);
    assert_str(told(state), "d@lund.example");
}

/* Mail is read on the way: the mapping is named, and no list. */
static void no_letter_names_a_list(void **state)
{
    static const char sql[] =
        "select count(*) from mail_letter where plain || html || subject like '%Polisen%' or "
        "plain || html || subject like '%Boendet%'";
    struct scratch *s = *state;
    struct err e = {0};
    bool has_told = false;

    hand_in_keys(state);
    assert_int_equal(gathering_letter_next(s->mine, db_of(state), NOON, &has_told, &e), OK);
    assert_true(has_told);
    struct query q = db_query(db_of(state), sql);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 0);
    assert_int_equal(query_end(&q, &e), OK);
}

static void keepers_without_a_list_are_asked_to_join_a_ring(void **state)
{
    struct agencies x;

    agencies_come(&x, db_of(state), arena_of(state));
    open_ring(&x);
    assert_int_equal(join(&x, 0, started_list(&x, 0, ROUND_PEOPLE)), RING_FAULT_NONE);
    assert_str(told(state), "d@lund.example,e@lund.example");
}

static void an_agency_is_told_once_while_lists_wait_for_it(void **state)
{
    struct agencies x;

    agencies_come(&x, db_of(state), arena_of(state));
    let_go_round(&x);
    assert_str(told(state), "c@lund.example,d@lund.example,e@lund.example");
    assert_int_equal(pass_on(&x, 1, raised_list(&x, 0, 1)), RING_FAULT_NONE);
    assert_str(told(state), ""); /* the third has a list that waits already */
    assert_int_equal(pass_on(&x, 2, raised_list(&x, 0, 2)), RING_FAULT_NONE);
    assert_int_equal(pass_on(&x, 2, raised_list(&x, 1, 2)), RING_FAULT_NONE);
    assert_int_equal(pass_on(&x, 0, raised_list(&x, 1, 0)), RING_FAULT_NONE);
    assert_int_equal(pass_on(&x, 0, raised_list(&x, 2, 0)), RING_FAULT_NONE);
    assert_str(told(state), "d@lund.example");
}

static void who_may_count_is_told_when_all_lists_have_gone_round(void **state)
{
    struct agencies x;
    struct err e = {0};

    agencies_come(&x, db_of(state), arena_of(state));
    go_all_the_way(&x);
    assert_str(told(state), "b@lund.example");
    assert_int_equal(gathering_end(db_of(state), 1, &tester, &e), OK);
    assert_str(told(state), "c@lund.example,d@lund.example,e@lund.example");
}

static void who_is_next_after_a_dropped_agency_is_told(void **state)
{
    const struct who because = {.name = "test", .now_at = NOON, .why = "x"};
    struct agencies x;
    struct err e = {0};

    agencies_come(&x, db_of(state), arena_of(state));
    let_go_round(&x);
    told(state);
    assert_int_equal(pass_on(&x, 0, raised_list(&x, 2, 0)), RING_FAULT_NONE);
    assert_int_equal(gathering_ring_take_out(x.db, 1, found_ring(&x).list[1].id, &because, &e), OK);
    assert_str(told(state), "e@lund.example");
}

#define IN_CITY(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_CITY(keepers_without_a_key_and_analysts_are_asked_for_keys),
        IN_CITY(keepers_are_told_to_compare_the_digits_until_they_have),
        IN_CITY(both_are_told_that_one_makes_the_secret),
        IN_CITY(who_has_handed_in_a_list_is_not_asked_for_it),
        IN_CITY(the_linkage_unit_is_told_when_all_are_in),
        IN_CITY(nobody_is_told_to_link_short_lists_before_they_are_agreed_to),
        IN_CITY(keepers_are_asked_for_receipts_when_it_has_ended),
        IN_CITY(beginning_anew_asks_anew),
        IN_CITY(closed_accounts_get_no_letter),
        IN_CITY(no_letter_names_a_list),
        IN_CITY(keepers_without_a_list_are_asked_to_join_a_ring),
        IN_CITY(an_agency_is_told_once_while_lists_wait_for_it),
        IN_CITY(who_may_count_is_told_when_all_lists_have_gone_round),
        IN_CITY(who_is_next_after_a_dropped_agency_is_told),
    };

    return cmocka_run_group_tests_name("gathering letters", tests, NULL, NULL);
}
