/* Lessons: six situations for everyone, two innocent, easy to read; how far one has come, and nothing more.
 */
#include "learning/learning.h"

#include "../keyring/town.h"
#include "../unit.h"

#include "indicator/indicator.h"
#include "words/lix.h"
#include "words/terms.h"

#include <string.h>

struct material {
    struct indicators indicators;
    struct lessons lessons;
};

static struct material read(struct arena *a)
{
    struct material m;
    struct err e = {0};

    if (indicators_delivered(a, &m.indicators, &e) != OK ||
        lessons_read(&m.indicators, a, &m.lessons, &e) != OK)
        fail_msg("%s", e.what);
    return m;
}

static void every_actor_has_six_situations_of_which_two_are_innocent(void **state)
{
    struct material m = read(*state);

    for (size_t k = 0; k < m.indicators.n_actors; k++) {
        struct lesson lesson = lesson_of(&m.lessons, &m.indicators.actors[k]);
        size_t innocent = 0;

        assert_int_equal(lesson.n, LESSON_SITUATIONS);
        for (size_t i = 0; i < lesson.n; i++)
            innocent += lesson.situation[i]->is_innocent;
        assert_int_equal(innocent, 2);
    }
}

/* Nobody learns to tell about what is innocent, and nobody learns to do nothing about what is not. */
static void the_best_action_fits_what_the_situation_is(void **state)
{
    struct material m = read(*state);

    for (size_t i = 0; i < m.lessons.n; i++) {
        const struct situation *s = &m.lessons.situation[i];
        struct str best = s->action[s->best]->code;
        bool is_calm = str_is(best, "none") || str_is(best, "watch") || str_is(best, "inspect") ||
                       str_is(best, "health");
        bool is_never = str_is(best, "confront") || str_is(best, "refuse") || str_is(best, "question") ||
                        str_is(best, "photo");

        assert_false(is_never);
        if (s->is_innocent && !is_calm)
            fail_msg("situation %zu is innocent and is not met calmly", i);
        if (!s->is_innocent && str_is(best, "none"))
            fail_msg("situation %zu is not innocent and is met with nothing", i);
    }
}

static void the_best_action_has_no_place_of_its_own(void **state)
{
    struct material m = read(*state);
    size_t at[SITUATION_ACTIONS] = {0};

    for (size_t i = 0; i < m.lessons.n; i++)
        at[m.lessons.situation[i].best]++;
    for (size_t i = 0; i < SITUATION_ACTIONS; i++)
        assert_int_equal(at[i], m.lessons.n / SITUATION_ACTIONS);
}

static void assert_easy(struct str text)
{
    struct lix count = {0};
    struct str word;

    lix_add(&count, text);
    if (lix_value(&count) > LIX_MOST)
        fail_msg("LIX %.1f: %.*s", lix_value(&count), STR(text));
    if (terms_forbidden(text, &word))
        fail_msg("\"%.*s\" in: %.*s", STR(word), STR(text));
}

static void every_text_is_easy_to_read_fair_and_there_in_both_languages(void **state)
{
    struct material m = read(*state);

    for (size_t i = 0; i < m.lessons.n; i++) {
        assert_easy(m.lessons.situation[i].sv);
        assert_easy(m.lessons.situation[i].why_sv);
        assert_true(m.lessons.situation[i].en.n > 20 && m.lessons.situation[i].why_en.n > 10);
    }
    for (size_t i = 0; i < m.lessons.n_actions; i++)
        assert_easy(m.lessons.action[i].sv);
}

static void a_lesson_goes_on_where_it_was_left_and_ends_with_a_day(void **state)
{
    struct town *t = *state;
    struct learning_progress p;
    struct err e = {0};

    for (size_t i = 0; i < 3; i++)
        assert_int_equal(learning_answered(t->city->db, 7, S("hotel"), i, 6, &t->who, &e), OK);
    assert_int_equal(learning_answered(t->city->db, 7, S("hotel"), 1, 6, &t->who, &e), OK); /* again */
    assert_int_equal(learning_answered(t->city->db, 7, S("hotel"), 5, 6, &t->who, &e), OK); /* ahead */
    assert_int_equal(learning_progress(t->city->db, 7, S("hotel"), &p, &e), OK);
    assert_int_equal(p.answered, 3);
    assert_int_equal(p.finished_on.year, 0);
    for (size_t i = 3; i < 6; i++)
        assert_int_equal(learning_answered(t->city->db, 7, S("hotel"), i, 6, &t->who, &e), OK);
    assert_int_equal(learning_progress(t->city->db, 7, S("hotel"), &p, &e), OK);
    assert_int_equal(p.finished_on.year, 1970);
    assert_int_equal(learning_again(t->city->db, 7, S("hotel"), &t->who, &e), OK);
    assert_int_equal(learning_progress(t->city->db, 7, S("hotel"), &p, &e), OK);
    assert_int_equal(p.answered, 0);
    assert_int_equal(p.finished_on.year, 1970); /* the certificate stays */
}

static void others_see_counts_alone(void **state)
{
    struct town *t = *state;
    struct learning_counts counts;
    struct err e = {0};

    for (int64_t account = 1; account <= 6; account++)
        for (size_t i = 0; i < (account < 4 ? 6u : 2u); i++)
            assert_int_equal(learning_answered(t->city->db, account, S("school"), i, 6, &t->who, &e), OK);
    assert_int_equal(learning_counts(t->city->db, t->arena, &counts, &e), OK);
    assert_int_equal(counts.n, 1);
    assert_int_equal(counts.count[0].begun, 6);
    assert_int_equal(counts.count[0].finished, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_actor_has_six_situations_of_which_two_are_innocent),
        WITH_ARENA(the_best_action_fits_what_the_situation_is),
        WITH_ARENA(the_best_action_has_no_place_of_its_own),
        WITH_ARENA(every_text_is_easy_to_read_fair_and_there_in_both_languages),
        IN_TOWN(a_lesson_goes_on_where_it_was_left_and_ends_with_a_day),
        IN_TOWN(others_see_counts_alone),
    };

    return cmocka_run_group_tests_name("learning", tests, NULL, NULL);
}
