/* Wrong guesses, counted. */
#include "account/attempts.h"

#include "../unit.h"

#include <stdio.h>
#include <string.h>

static const unsigned char home[SOURCE_BYTES] = {1};
static const unsigned char elsewhere[SOURCE_BYTES] = {2};

static int open_attempts(void **state)
{
    *state = attempts_open();
    return 0;
}

static int close_attempts(void **state)
{
    attempts_close(*state);
    return 0;
}

/* Guesses wrongly until it must wait; how many guesses that took. */
static int guess_until_waiting(struct attempts *x, struct str account, const unsigned char *source,
                               int64_t now_at)
{
    int n = 0;

    while (attempts_begin(x, account, source, now_at) == 0)
        n++;
    return n;
}

static void five_wrong_ones_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour(void **state)
{
    int64_t now_at = 1000000;
    int64_t wanted = ATTEMPTS_WAIT_SECONDS;

    assert_int_equal(guess_until_waiting(*state, S("a@b.example"), home, now_at), ATTEMPTS_FREE_PAIR);
    for (int i = 0; i < 10; i++) {
        int64_t wait = attempts_begin(*state, S("a@b.example"), home, now_at);

        assert_int_equal(wait, wanted);
        assert_int_equal(attempts_begin(*state, S("a@b.example"), home, now_at + wait - 1), 1);
        now_at += wait;
        assert_int_equal(attempts_begin(*state, S("a@b.example"), home, now_at), 0);
        wanted = 2 * wanted < ATTEMPTS_MOST_PAIR_SECONDS ? 2 * wanted : ATTEMPTS_MOST_PAIR_SECONDS;
    }
}

static void asking_while_one_waits_makes_the_wait_no_longer(void **state)
{
    guess_until_waiting(*state, S("a"), home, 1000);
    for (int i = 0; i < 100; i++)
        assert_int_equal(attempts_begin(*state, S("a"), home, 1001), ATTEMPTS_WAIT_SECONDS - 1);
}

static void a_right_one_forgets_the_wrong_ones_from_there(void **state)
{
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < ATTEMPTS_FREE_PAIR; i++)
            assert_int_equal(attempts_begin(*state, S("a"), home, 1000), 0);
        attempts_right(*state, S("a"), home, 1000);
    }
}

static void who_comes_from_elsewhere_does_not_wait_for_somebodys_guesses(void **state)
{
    guess_until_waiting(*state, S("a"), home, 1000);
    assert_int_equal(attempts_begin(*state, S("a"), elsewhere, 1000), 0);
    assert_int_equal(attempts_begin(*state, S("b"), home, 1000), 0);
}

static void one_source_that_tries_many_accounts_waits(void **state)
{
    int n = 0;

    for (char account[16] = "a0"; n < 1000; snprintf(account, sizeof account, "a%d", ++n))
        if (attempts_begin(*state, str_of(account), home, 1000) > 0)
            break;
    assert_int_equal(n, ATTEMPTS_FREE_SOURCE);
    assert_int_equal(attempts_begin(*state, S("new"), elsewhere, 1000), 0);
}

static void an_account_tried_from_many_sources_waits_a_minute_at_the_most(void **state)
{
    unsigned char source[SOURCE_BYTES] = {0};
    int64_t longest = 0;
    int n = 0;

    for (int i = 0; i < 1000; i++) {
        source[0] = (unsigned char)i;
        source[1] = (unsigned char)(i >> 8);
        int64_t wait = attempts_begin(*state, S("a"), source, 1000);
        n += wait == 0;
        longest = wait > longest ? wait : longest;
    }
    assert_int_equal(n, ATTEMPTS_FREE_ACCOUNT);
    for (int64_t now_at = 1000; now_at < 3000; now_at++) {
        source[2]++;
        int64_t wait = attempts_begin(*state, S("a"), source, now_at);
        if (wait == 0)
            wait = attempts_begin(*state, S("a"), source, now_at);
        longest = wait > longest ? wait : longest;
    }
    assert_int_equal(longest, ATTEMPTS_MOST_ACCOUNT_SECONDS);
}

static void an_hour_without_a_wrong_one_forgets_all(void **state)
{
    guess_until_waiting(*state, S("a"), home, 1000);
    assert_int_equal(guess_until_waiting(*state, S("a"), home, 1000 + ATTEMPTS_KEPT_SECONDS),
                     ATTEMPTS_FREE_PAIR);
}

static void a_hundred_thousand_accounts_take_no_more_room_and_are_still_counted(void **state)
{
    unsigned char source[SOURCE_BYTES] = {0};
    char account[16];

    for (int i = 0; i < 100000; i++) {
        memcpy(source, &i, sizeof i);
        snprintf(account, sizeof account, "x%d", i);
        assert_int_equal(attempts_begin(*state, str_of(account), source, 1000 + i / 1000), 0);
    }
    assert_int_equal(guess_until_waiting(*state, S("last"), home, 1200), ATTEMPTS_FREE_PAIR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            five_wrong_ones_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour, open_attempts,
            close_attempts),
        cmocka_unit_test_setup_teardown(asking_while_one_waits_makes_the_wait_no_longer, open_attempts,
                                        close_attempts),
        cmocka_unit_test_setup_teardown(a_right_one_forgets_the_wrong_ones_from_there, open_attempts,
                                        close_attempts),
        cmocka_unit_test_setup_teardown(who_comes_from_elsewhere_does_not_wait_for_somebodys_guesses,
                                        open_attempts, close_attempts),
        cmocka_unit_test_setup_teardown(one_source_that_tries_many_accounts_waits, open_attempts,
                                        close_attempts),
        cmocka_unit_test_setup_teardown(an_account_tried_from_many_sources_waits_a_minute_at_the_most,
                                        open_attempts, close_attempts),
        cmocka_unit_test_setup_teardown(an_hour_without_a_wrong_one_forgets_all, open_attempts,
                                        close_attempts),
        cmocka_unit_test_setup_teardown(a_hundred_thousand_accounts_take_no_more_room_and_are_still_counted,
                                        open_attempts, close_attempts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
