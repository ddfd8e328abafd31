/* Results are published, sent back and withdrawn: as they were read, with words, and somebody's name. */
#include "results/results_decide.h"

#include "handed.h"

#include "../unit.h"

#include "store/city.h"
#include "store/db.h"

#include <string.h>

static enum status decide(void **state, enum results_act act, const char *words, struct err *e)
{
    const struct results_decision d = {.act = act,
                                       .study = HANDED_STUDY,
                                       .version = handed_found(state).version,
                                       .by = HANDED_LEAD,
                                       .words = str_of(words)};

    return results_decide(handed_city(state), handed_city(state)->db, &d, &handed_who, e);
}

static void hand_in(void **state)
{
    const struct results x = handed_results();
    struct err e = {0};

    if (handed_in(state, &x, &e) != OK)
        fail_msg("%s", e.what);
}

static void what_is_published_is_noted_with_who_decided(void **state)
{
    struct err e = {0};

    hand_in(state);
    assert_int_equal(decide(state, RESULTS_PUBLISH, "", &e), OK);
    const struct results x = handed_found(state);
    assert_int_equal(handed_study(state).results, RESULTS_PUBLISHED);
    assert_int_equal(x.published_at, HANDED_NOON);
    assert_int_equal(x.decided_by, HANDED_LEAD);
    assert_int_equal(handed_count(state, "select count(*) from audit where action = 'results.publish'"), 1);
}

static void what_is_published_is_not_replaced(void **state)
{
    const struct results x = handed_results();
    struct err e = {0};

    hand_in(state);
    assert_int_equal(decide(state, RESULTS_PUBLISH, "", &e), OK);
    assert_int_equal(handed_in(state, &x, &e), REFUSED);
    assert_says(e, "published already");
}

static void what_was_handed_in_anew_meanwhile_is_not_published_unread(void **state)
{
    const struct results_decision d = {
        .act = RESULTS_PUBLISH, .study = HANDED_STUDY, .version = 1, .by = HANDED_LEAD};
    struct err e = {0};

    hand_in(state);
    hand_in(state);
    assert_int_equal(results_decide(handed_city(state), handed_city(state)->db, &d, &handed_who, &e),
                     REFUSED);
    assert_int_equal(handed_study(state).results, RESULTS_WAIT);
}

static void sending_back_and_withdrawing_need_words(void **state)
{
    struct err e = {0};

    hand_in(state);
    assert_int_equal(decide(state, RESULTS_RETURN, " ", &e), BAD_INPUT);
    assert_int_equal(decide(state, RESULTS_PUBLISH, "", &e), OK);
    assert_int_equal(decide(state, RESULTS_WITHDRAW, "", &e), BAD_INPUT);
    assert_int_equal(handed_study(state).results, RESULTS_PUBLISHED);
}

static void the_researcher_reads_why_results_came_back_and_hands_in_anew(void **state)
{
    struct err e = {0};

    hand_in(state);
    assert_int_equal(decide(state, RESULTS_RETURN, "Skriv kortare.", &e), OK);
    assert_int_equal(handed_study(state).results, RESULTS_RETURNED);
    assert_int_equal(handed_count(state, "select count(*) from mail_letter where address = "
                                         "'forskare@exempel.se' and plain like '%Skriv kortare.%'"),
                     1);
    hand_in(state);
    assert_int_equal(handed_study(state).results, RESULTS_WAIT);
    assert_int_equal(handed_found(state).reason.n, 0);
}

static void what_does_not_wait_is_not_decided_about(void **state)
{
    struct err e = {0};

    assert_int_equal(decide(state, RESULTS_PUBLISH, "", &e), REFUSED);
    hand_in(state);
    assert_int_equal(decide(state, RESULTS_WITHDRAW, "Fel.", &e), REFUSED);
    assert_int_equal(decide(state, RESULTS_RETURN, "Fel.", &e), OK);
    assert_int_equal(decide(state, RESULTS_PUBLISH, "", &e), REFUSED);
}

/* The address says why until other results are published there. */
static void why_something_was_withdrawn_stays_until_other_results_are_published(void **state)
{
    struct err e = {0};

    hand_in(state);
    assert_int_equal(decide(state, RESULTS_PUBLISH, "", &e), OK);
    assert_int_equal(decide(state, RESULTS_WITHDRAW, "Ett fel i tabell 2.", &e), OK);
    assert_int_equal(handed_study(state).results, RESULTS_WITHDRAWN);
    hand_in(state);
    assert_str(handed_found(state).withdrawal, "Ett fel i tabell 2.");
    assert_int_equal(handed_found(state).withdrawn_at, HANDED_NOON);
    assert_int_equal(decide(state, RESULTS_PUBLISH, "", &e), OK);
    assert_int_equal(handed_found(state).withdrawn_at, 0);
}

#define WITH_A_STUDY(test) cmocka_unit_test_setup_teardown(test, handed_begin, handed_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_A_STUDY(what_is_published_is_noted_with_who_decided),
        WITH_A_STUDY(what_is_published_is_not_replaced),
        WITH_A_STUDY(what_was_handed_in_anew_meanwhile_is_not_published_unread),
        WITH_A_STUDY(sending_back_and_withdrawing_need_words),
        WITH_A_STUDY(the_researcher_reads_why_results_came_back_and_hands_in_anew),
        WITH_A_STUDY(what_does_not_wait_is_not_decided_about),
        WITH_A_STUDY(why_something_was_withdrawn_stays_until_other_results_are_published),
    };

    return cmocka_run_group_tests_name("results decide", tests, NULL, NULL);
}
