/* Results are handed in by the link of a study: whole, for as long as the link is the researcher's. */
#include "handed.h"

#include "../failing_store.h"
#include "../unit.h"

#include "research/study_access.h"
#include "store/city.h"
#include "store/db.h"

#include <string.h>

#define TO_RESEARCHER "select count(*) from mail_letter where address = 'forskare@exempel.se'"
#define TO_LEAD "select count(*) from mail_letter where address = 'ledare@lan.example'"

static void what_is_handed_in_waits_and_both_sides_are_told(void **state)
{
    const struct results x = handed_results();
    struct err e = {0};

    assert_int_equal(handed_in(state, &x, &e), OK);
    assert_int_equal(handed_study(state).results, RESULTS_WAIT);
    assert_str(handed_found(state).title[LANGUAGE_SV], "Mörkertalet är osäkert");
    assert_int_equal(handed_count(state, TO_RESEARCHER), 1);
    assert_int_equal(handed_count(state, TO_LEAD), 1);
    assert_int_equal(handed_count(state, "select count(*) from mail_letter"), 2); /* not to the officer */
    assert_int_equal(handed_count(state, "select count(*) from audit where action = 'results.hand_in'"), 1);
}

static void a_file_comes_back_as_it_was_sent_with_its_checksum(void **state)
{
    const struct results x = handed_results();
    struct results_file file;
    struct err e = {0};

    assert_int_equal(handed_in(state, &x, &e), OK);
    assert_int_equal(
        results_file_find(handed_city(state)->db, HANDED_STUDY, S("kod.r"), handed_arena(state), &file, &e),
        OK);
    assert_str(file.bytes, "x <- 1");
    /* printf 'x <- 1' | sha256sum */
    assert_str(file.hash, "2429888e54c9330985e34c5658c090bcbfda645f11083b3c6b1b772ea3a9bd69");
    assert_int_equal(
        results_file_find(handed_city(state)->db, HANDED_STUDY, S("kod.zip"), handed_arena(state), &file, &e),
        OK);
    assert_int_equal(file.bytes.n, 0);
}

static void handing_in_anew_replaces_what_waited_and_tells_those_who_decide_once(void **state)
{
    struct results x = handed_results();
    struct err e = {0};

    assert_int_equal(handed_in(state, &x, &e), OK);
    x.title[LANGUAGE_SV] = S("Mörkertalet är säkrare");
    x.file[RESULTS_CODE] = (struct results_file){.name = S("kod.py"), .size = 5, .bytes = S("x = 2")};
    x.file[RESULTS_METHOD] = (struct results_file){.size = 0}; /* stays as it was */
    assert_int_equal(handed_in(state, &x, &e), OK);
    const struct results found = handed_found(state);
    assert_str(found.title[LANGUAGE_SV], "Mörkertalet är säkrare");
    assert_int_equal(found.version, 2);
    assert_str(found.file[RESULTS_METHOD].name, "metod.txt");
    assert_str(found.file[RESULTS_CODE].name, "kod.py");
    assert_int_equal(handed_count(state, "select count(*) from research_results_file"), 2);
    assert_int_equal(handed_count(state, TO_LEAD), 1);
    assert_int_equal(handed_count(state, TO_RESEARCHER), 2);
}

static void results_have_a_text_notes_and_code(void **state)
{
    struct results x = handed_results();
    struct err e = {0};

    x.words[LANGUAGE_SV] = S(" ");
    assert_int_equal(handed_in(state, &x, &e), BAD_INPUT);
    x = handed_results();
    x.file[RESULTS_CODE] = (struct results_file){.size = 0};
    assert_int_equal(handed_in(state, &x, &e), BAD_INPUT);
    assert_says(e, "with the code");
    x = handed_results();
    x.title[LANGUAGE_EN] = S("A title alone");
    assert_int_equal(handed_in(state, &x, &e), BAD_INPUT);
    assert_int_equal(handed_count(state, "select count(*) from research_results"), 0);
    assert_int_equal(handed_study(state).results, RESULTS_NONE);
}

/* Is the link one that takes results? */
static bool takes(void **state)
{
    struct study x;
    struct err e = {0};

    assert_int_equal(
        study_by_link_for_results(handed_city(state)->db, handed_token(), handed_arena(state), &x, &e), OK);
    return x.id == HANDED_STUDY;
}

static void the_link_takes_results_when_its_time_is_over(void **state)
{
    const struct results x = handed_results();
    struct err e = {0};

    handed_run(state, "update research_study set ends_at = 2");
    assert_true(takes(state));
    assert_int_equal(handed_in(state, &x, &e), OK);
}

static void a_link_that_a_person_has_ended_takes_nothing(void **state)
{
    const struct results x = handed_results();
    struct err e = {0};

    handed_run(state, "update research_study set ended_at = 2");
    assert_false(takes(state));
    assert_int_equal(handed_in(state, &x, &e), REFUSED);
}

static void nothing_is_taken_before_the_terms_are_agreed_to(void **state)
{
    const struct results x = handed_results();
    struct err e = {0};

    handed_run(state, "update research_study set agreed_at = 0");
    assert_false(takes(state));
    assert_int_equal(handed_in(state, &x, &e), REFUSED);
}

static void a_name_is_taken_away_when_the_researcher_says_so(void **state)
{
    struct results x = handed_results();
    struct err e = {0};

    x.is_named = true;
    assert_int_equal(handed_in(state, &x, &e), OK);
    assert_true(handed_found(state).is_named);
    assert_int_equal(results_unname(handed_city(state)->db, HANDED_STUDY, &handed_who, &e), OK);
    assert_false(handed_found(state).is_named);
}

struct handing_in {
    struct db *db;
    const struct city *city;
    struct study study;
    struct results results;
};

static enum status hand_in(void *test, struct err *e)
{
    const struct handing_in *x = test;

    return results_hand_in(x->city, x->db, &x->study, &x->results, &handed_who, e);
}

static int begin_failing(void **state)
{
    failing_store_on();
    return handed_begin(state);
}

static void each_statement_may_fail_and_nothing_is_half_handed_in(void **state)
{
    struct handing_in x = {handed_city(state)->db, handed_city(state), handed_study(state), handed_results()};

    assert_each_statement_may_fail(hand_in, &x);
    assert_int_equal(handed_found(state).version, 1);
    assert_int_equal(handed_count(state, TO_LEAD), 1);
}

#define WITH_A_STUDY(test) cmocka_unit_test_setup_teardown(test, handed_begin, handed_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_A_STUDY(what_is_handed_in_waits_and_both_sides_are_told),
        WITH_A_STUDY(a_file_comes_back_as_it_was_sent_with_its_checksum),
        WITH_A_STUDY(handing_in_anew_replaces_what_waited_and_tells_those_who_decide_once),
        WITH_A_STUDY(results_have_a_text_notes_and_code),
        WITH_A_STUDY(the_link_takes_results_when_its_time_is_over),
        WITH_A_STUDY(a_link_that_a_person_has_ended_takes_nothing),
        WITH_A_STUDY(nothing_is_taken_before_the_terms_are_agreed_to),
        WITH_A_STUDY(a_name_is_taken_away_when_the_researcher_says_so),
        cmocka_unit_test_setup_teardown(each_statement_may_fail_and_nothing_is_half_handed_in, begin_failing,
                                        handed_end),
    };

    return cmocka_run_group_tests_name("results", tests, NULL, NULL);
}
