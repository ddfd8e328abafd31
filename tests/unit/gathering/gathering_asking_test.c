/* Questions to those who keep the lists: who may ask, who may answer, and what becomes of the answers. */
#include "gathering/gathering_asking.h"

#include "../scratch_city.h"
#include "../unit.h"
#include "handed_in.h"

#include "gathering/gathering_letter.h"
#include "store/db.h"

#define HEAD "number,list_a,row_a,list_b,row_b,answer\n"

static const char questions[] =
    HEAD "1,Polisen,7,Boendet,3,\n2,Boendet,5,Polisen,7,\n3,Polisen,9,Boendet,4,\n";

static struct gathering_asking asked(void **state)
{
    struct gathering *g = arena_new(arena_of(state), 1, struct gathering);
    struct gathering_asking x;
    struct err e = {0};

    *g = found(state);
    assert_int_equal(gathering_asking_find(db_of(state), g, arena_of(state), &x, &e), OK);
    return x;
}

static enum status ask(void **state, const char *csv, int64_t person)
{
    struct err e = {0};

    return gathering_ask(db_of(state), 1, str_of(csv), person, &tester, &e);
}

static void put_questions(void **state)
{
    hand_in_lists(state);
    assert_int_equal(ask(state, questions, ANALYST), OK);
}

static enum status answer(void **state, int64_t person, int64_t number, enum gathering_answer said)
{
    const struct gathering_said one = {number, said};
    const struct gathering_saying saying = {asked(state).asked_at, 1, &one};
    struct err e = {0};

    return gathering_answer(db_of(state), 1, &saying, person, &tester, &e);
}

static struct str csv_of(void **state)
{
    struct gathering g = found(state);
    struct gathering_asking x;
    struct err e = {0};

    assert_int_equal(gathering_asking_find(db_of(state), &g, arena_of(state), &x, &e), OK);
    return gathering_answers_csv(&g, &x, arena_of(state));
}

static int64_t count(void **state, const char *sql)
{
    struct query q = db_query(db_of(state), sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static int64_t kept(void **state)
{
    static const char sql[] = "select (select count(*) from gathering_question) + "
                              "(select count(*) from gathering_answer)";

    return count(state, sql);
}

/* As `lykta link --answers --json` prints it. */
static struct str told(struct arena *a, int asked_about, int yes, int no)
{
    static const char none[] = "{\"linked\": false, \"pairs\": 9, \"asked\": 0, \"yes\": 0, \"no\": 0}";

    return str_of(arena_printf(
        a,
        "{\"program\": \"lykta link\", \"sample\": {\"parts\": [{\"linked\": true, \"pairs\": 40, "
        "\"asked\": %d, \"yes\": %d, \"no\": %d}, %s, %s, %s, %s, %s], \"matches_not_asked_about\": 0.5, "
        "\"precision\": {\"share\": 0.9746, \"low95\": 0.91, \"high95\": 1.0}, "
        "\"recall\": {\"share\": 0.8, \"low95\": 0.75, \"high95\": 0.85}}}",
        asked_about, yes, no, none, none, none, none, none));
}

static enum status take_accuracy(void **state, struct str json, int64_t person)
{
    struct err e = {0};

    return gathering_take_accuracy(db_of(state), 1, json, person, &tester, &e);
}

static void nothing_is_asked_before_all_lists_are_in(void **state)
{
    share_secret(state);
    assert_int_equal(ask(state, questions, ANALYST), REFUSED);
    assert_int_equal(kept(state), 0);
}

static void who_keeps_a_list_asks_nothing(void **state)
{
    hand_in_lists(state);
    assert_int_equal(ask(state, questions, KEEPER), REFUSED);
    assert_int_equal(kept(state), 0);
}

static void a_short_list_is_not_asked_about_before_the_coordinator_has_agreed(void **state)
{
    const struct gathering_told few = {.people = 3};
    struct err e = {0};

    hand_in_lists(state);
    assert_int_equal(
        gathering_take_list(db_of(state), 1, sealed_list(arena_of(state)), &few, KEEPER, &tester, &e), OK);
    assert_int_equal(ask(state, questions, ANALYST), REFUSED);
    assert_int_equal(gathering_agree_short(db_of(state), 1, &tester, &e), OK);
    assert_int_equal(ask(state, questions, ANALYST), OK);
}

static void only_a_sample_of_these_lists_is_asked_about(void **state)
{
    struct text many = text_open(arena_of(state));

    text_lit(&many, HEAD);
    for (int i = 1; i <= GATHERING_QUESTIONS + 1; i++)
        text_format(&many, "%d,Polisen,%d,Boendet,%d,\n", i, i, i);
    hand_in_lists(state);
    assert_int_equal(ask(state, "", ANALYST), BAD_INPUT);
    assert_int_equal(ask(state, HEAD, ANALYST), BAD_INPUT);
    assert_int_equal(ask(state, HEAD "1,Polisen,7,Kyrkan,3,\n", ANALYST), BAD_INPUT);
    assert_int_equal(ask(state, HEAD "1,Polisen,7,Boendet,3,yes\n", ANALYST), BAD_INPUT);
    assert_int_equal(ask(state, arena_cstr(arena_of(state), many.p, many.n), ANALYST), BAD_INPUT);
    assert_int_equal(kept(state), 0);
}

static void an_answer_is_for_the_keeper_of_one_of_the_two_lists(void **state)
{
    put_questions(state);
    assert_int_equal(answer(state, ANALYST, 1, GATHERING_SAME), REFUSED);
    assert_int_equal(answer(state, COORDINATOR, 1, GATHERING_SAME), REFUSED);
    assert_int_equal(answer(state, KEEPER, 4, GATHERING_SAME), REFUSED);
    assert_int_equal(answer(state, KEEPER, 0, GATHERING_SAME), REFUSED);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_NO_ANSWER), REFUSED);
    assert_int_equal(kept(state), 3);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    assert_int_equal(answer(state, KEEPER + 1, 2, GATHERING_OTHER), OK);
    assert_int_equal(kept(state), 5);
}

static void a_question_of_other_lists_keeps_nothing_of_what_was_said(void **state)
{
    static const char third[] =
        "insert into gathering_list (id, round, keeper, name, open_key, digits, bytes) "
        "values (3, 1, 1, 'Kyrkan', zeroblob(1), 'same', 1)";
    const struct gathering_said said[] = {{1, GATHERING_SAME}, {2, GATHERING_SAME}};
    struct err e = {0};

    hand_in_lists(state);
    assert_int_equal(db_script(db_of(state), third, &e), OK);
    assert_int_equal(ask(state, HEAD "1,Polisen,7,Boendet,3,\n2,Boendet,5,Kyrkan,7,\n", ANALYST), OK);
    const struct gathering_saying saying = {asked(state).asked_at, 2, said};
    assert_int_equal(gathering_answer(db_of(state), 1, &saying, KEEPER, &tester, &e), REFUSED);
    assert_int_equal(kept(state), 2);
}

static void one_owner_is_enough_and_two_who_differ_are_no_answer(void **state)
{
    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    assert_int_equal(asked(state).question[0].verdict, VERDICT_SAME);
    assert_int_equal(answer(state, KEEPER + 1, 1, GATHERING_OTHER), OK);
    assert_int_equal(asked(state).question[0].verdict, VERDICT_DIFFER);
    assert_int_equal(answer(state, KEEPER + 1, 1, GATHERING_UNSURE), OK);
    assert_int_equal(asked(state).question[0].verdict, VERDICT_UNSURE);
    assert_int_equal(answer(state, KEEPER + 1, 1, GATHERING_SAME), OK);
    assert_int_equal(asked(state).question[0].verdict, VERDICT_SAME);
    struct gathering_asking x = asked(state);
    assert_int_equal(x.of[VERDICT_SAME], 1);
    assert_int_equal(x.of[VERDICT_WAITS], 2);
}

static void answers_come_back_as_lykta_link_reads_them(void **state)
{
    put_questions(state);
    struct gathering_asking x = asked(state);
    assert_false(gathering_has_answers(&x));
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_OTHER), OK);
    assert_int_equal(answer(state, KEEPER, 2, GATHERING_SAME), OK);
    assert_int_equal(answer(state, KEEPER, 3, GATHERING_UNSURE), OK);
    x = asked(state);
    assert_true(gathering_has_answers(&x));
    assert_str(csv_of(state),
               HEAD "1,Polisen,7,Boendet,3,no\n2,Boendet,5,Polisen,7,yes\n3,Polisen,9,Boendet,4,\n");
}

/* Person 7 of one list would be two of the other. */
static void answers_that_cannot_all_be_true_are_not_given_to_who_links(void **state)
{
    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    assert_int_equal(answer(state, KEEPER + 1, 2, GATHERING_SAME), OK);
    struct gathering_asking x = asked(state);
    assert_int_equal(x.contradicted, 2);
    assert_false(gathering_has_answers(&x));
    assert_int_equal(answer(state, KEEPER + 1, 2, GATHERING_UNSURE), OK);
    x = asked(state);
    assert_int_equal(x.contradicted, 0);
    assert_true(gathering_has_answers(&x));
}

static void another_sample_takes_the_place_of_questions_and_answers(void **state)
{
    const struct gathering_said said = {1, GATHERING_SAME};
    struct err e = {0};

    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    const struct gathering_saying late = {asked(state).asked_at, 1, &said};
    assert_int_equal(ask(state, HEAD "1,Polisen,8,Boendet,8,\n", ANALYST), OK);
    assert_int_equal(kept(state), 1);
    /* A page of the earlier sample is still open somewhere. */
    assert_int_equal(gathering_answer(db_of(state), 1, &late, KEEPER, &tester, &e), REFUSED);
    assert_int_equal(kept(state), 1);
}

static void places_of_a_list_that_is_encoded_anew_are_no_longer_asked_about(void **state)
{
    const struct gathering_told counts = {.people = 40};
    struct err e = {0};

    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    assert_int_equal(
        gathering_take_list(db_of(state), 1, sealed_list(arena_of(state)), &counts, KEEPER, &tester, &e), OK);
    assert_int_equal(kept(state), 0);
}

static void what_the_answers_told_is_kept_when_it_is_of_these_answers(void **state)
{
    struct arena *a = arena_of(state);

    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    assert_int_equal(answer(state, KEEPER, 3, GATHERING_OTHER), OK);
    assert_int_equal(take_accuracy(state, S("{}"), ANALYST), BAD_INPUT);
    assert_int_equal(take_accuracy(state, told(a, 4, 1, 1), ANALYST), BAD_INPUT);
    assert_int_equal(take_accuracy(state, told(a, 3, 2, 0), ANALYST), BAD_INPUT);
    assert_int_equal(take_accuracy(state, told(a, 3, 1, 1), KEEPER), REFUSED);
    assert_false(asked(state).has_accuracy);
    assert_int_equal(take_accuracy(state, told(a, 3, 1, 1), ANALYST), OK);
    struct gathering_asking x = asked(state);
    assert_true(x.has_accuracy);
    assert_int_equal(x.accuracy.asked, 3);
    assert_int_equal(x.accuracy.answered, 2);
    assert_int_equal(x.accuracy.right.share, 975);
    assert_int_equal(x.accuracy.right.high, 1000);
    assert_int_equal(x.accuracy.found.low, 750);
}

static void a_share_that_cannot_be_is_refused(void **state)
{
    static const char *const wrong[] = {"1.01", "-0.1", "\"1\"", "null",
                                        "0.5"}; /* the last: below its low end */
    struct str right = S("0.9746");

    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    struct str json = told(arena_of(state), 3, 1, 0);
    size_t at = 0;
    while (!str_starts(str_part(json, at, json.n), right))
        at++;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct str before = str_part(json, 0, at);
        struct str after = str_part(json, at + right.n, json.n);
        const char *all = arena_printf(arena_of(state), "%.*s%s%.*s", STR(before), wrong[i], STR(after));

        assert_int_equal(take_accuracy(state, str_of(all), ANALYST), BAD_INPUT);
    }
    assert_int_equal(take_accuracy(state, json, ANALYST), OK);
}

static void the_end_deletes_questions_and_answers_and_tells_how_many(void **state)
{
    static const char line[] =
        "select count(*) from audit where action = 'gathering.end' and detail = 'questions 3, answers 2'";
    struct err e = {0};

    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    assert_int_equal(answer(state, KEEPER + 1, 1, GATHERING_SAME), OK);
    assert_int_equal(take_accuracy(state, told(arena_of(state), 3, 1, 0), ANALYST), OK);
    assert_int_equal(gathering_end(db_of(state), 1, &tester, &e), OK);
    struct gathering_asking x = asked(state);
    assert_int_equal(kept(state), 0);
    assert_int_equal(x.questions_deleted, 3);
    assert_int_equal(x.answers_deleted, 2);
    assert_true(x.has_accuracy);
    assert_int_equal(count(state, line), 1);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), REFUSED);
}

static void beginning_anew_deletes_all_of_it(void **state)
{
    const struct who with_reason = {.name = "test", .now_at = NOON, .why = "Ett verk har lämnat"};
    struct err e = {0};

    put_questions(state);
    assert_int_equal(answer(state, KEEPER, 1, GATHERING_SAME), OK);
    assert_int_equal(take_accuracy(state, told(arena_of(state), 3, 1, 0), ANALYST), OK);
    assert_int_equal(gathering_begin_anew(db_of(state), 1, &with_reason, &e), OK);
    assert_int_equal(kept(state), 0);
    assert_false(asked(state).has_accuracy);
}

static void those_whose_list_is_asked_about_get_a_letter(void **state)
{
    static const char sql[] = "select count(*) from mail_letter where address in "
                              "('c@lund.example', 'd@lund.example')";
    static const char all[] = "select count(*) from mail_letter";
    const struct scratch *s = *state;
    struct err e = {0};

    put_questions(state);
    assert_int_equal(gathering_letter_asked(s->mine, db_of(state), 1, NOON, &e), OK);
    assert_int_equal(count(state, sql), 2);
    assert_int_equal(count(state, all), 2);
}

#define IN_CITY(test) cmocka_unit_test_setup_teardown(test, begin, scratch_city_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_CITY(nothing_is_asked_before_all_lists_are_in),
        IN_CITY(who_keeps_a_list_asks_nothing),
        IN_CITY(a_short_list_is_not_asked_about_before_the_coordinator_has_agreed),
        IN_CITY(only_a_sample_of_these_lists_is_asked_about),
        IN_CITY(an_answer_is_for_the_keeper_of_one_of_the_two_lists),
        IN_CITY(a_question_of_other_lists_keeps_nothing_of_what_was_said),
        IN_CITY(one_owner_is_enough_and_two_who_differ_are_no_answer),
        IN_CITY(answers_come_back_as_lykta_link_reads_them),
        IN_CITY(answers_that_cannot_all_be_true_are_not_given_to_who_links),
        IN_CITY(another_sample_takes_the_place_of_questions_and_answers),
        IN_CITY(places_of_a_list_that_is_encoded_anew_are_no_longer_asked_about),
        IN_CITY(what_the_answers_told_is_kept_when_it_is_of_these_answers),
        IN_CITY(a_share_that_cannot_be_is_refused),
        IN_CITY(the_end_deletes_questions_and_answers_and_tells_how_many),
        IN_CITY(beginning_anew_deletes_all_of_it),
        IN_CITY(those_whose_list_is_asked_about_get_a_letter),
    };

    return cmocka_run_group_tests_name("gathering_asking", tests, NULL, NULL);
}
