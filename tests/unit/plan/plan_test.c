/* The template, and the plan as it was decided. */
#include "plan/plan.h"

#include "../network/city.h"
#include "plan/plan_template.h"

#include <string.h>

static const struct plan_decision decision = {
    .decided_on = {2026, 11, 24}, .number = {"KS 2026/1", 9}, .body = {"Kommunstyrelsen (exempel)", 25}};

static int64_t decide(struct db *db)
{
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(plan_decide(db, &decision, &coordinator, &id, &e), OK);
    return id;
}

static int64_t add(struct db *db, const char *title)
{
    int64_t owner = add_organisation(db, title, "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    struct measure m = {.title = str_of(title), .owner = owner, .note = S("internt")};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(measure_add(db, &m, &coordinator, &id, &e), OK);
    return id;
}

static void the_template_has_measures_for_every_goal_in_both_languages(void **state)
{
    struct scratch *s = *state;
    struct template_measure *rows = NULL;
    size_t per_goal[PLAN_GOALS] = {0};
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(plan_template(s->arena, &rows, &n, &e), OK);
    assert_int_equal(n, 50);
    for (size_t i = 0; i < n; i++) {
        per_goal[rows[i].goal]++;
        for (int language = 0; language < LANGUAGES; language++)
            assert_true(rows[i].title[language].n > 0 && rows[i].done_when[language].n > 0);
    }
    for (int goal = 0; goal < PLAN_GOALS; goal++)
        assert_true(per_goal[goal] > 0);
}

static void a_row_of_the_template_is_in_the_plan_once_and_owned_by_the_only_one_who_could(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t owner =
        add_organisation(db, "Socialtjänsten (exempel)", "", ACTOR_SOCIAL_SERVICES, ORGANISATION_MEMBER);
    const struct str codes[] = {{"SAM01", 5}, {"SAM01", 5}};
    struct measures all;
    struct err e = {0};
    size_t added = 0;

    assert_int_equal(plan_begin(db, codes, 2, LANGUAGE_SV, &coordinator, &added, &e), OK);
    assert_int_equal(added, 1);
    assert_int_equal(measure_list(db, &(struct measure_filter){0}, s->arena, &all, &e), OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.measure[0].owner, owner);
    db_close(db);
}

static void an_unknown_row_of_the_template_adds_nothing(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    const struct str codes[] = {{"SAM01", 5}, {"XXX99", 5}};
    struct measures all;
    struct err e = {0};
    size_t added = 0;

    assert_int_equal(plan_begin(db, codes, 2, LANGUAGE_SV, &coordinator, &added, &e), BAD_INPUT);
    assert_int_equal(measure_list(db, &(struct measure_filter){0}, s->arena, &all, &e), OK);
    assert_int_equal(all.n, 0);
    db_close(db);
}

static void a_plan_in_which_nobody_owns_a_measure_is_not_decided(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct measure m = {.title = S("Föräldralös")};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(plan_decide(db, &decision, &coordinator, &id, &e), REFUSED);
    assert_int_equal(measure_add(db, &m, &coordinator, &id, &e), OK);
    assert_int_equal(plan_decide(db, &decision, &coordinator, &id, &e), REFUSED);
    assert_says(e, "Föräldralös");
    db_close(db);
}

static void a_decided_plan_stays_as_it_was_and_tells_what_has_changed(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t first = add(db, "A");
    int64_t gone = add(db, "B");
    int64_t version = decide(db);
    struct measures decided;
    struct measures now;
    struct measure m;
    struct err e = {0};
    size_t removed = 0;

    assert_int_equal(measure_find(db, first, s->arena, &m, &e), OK);
    m.title = S("A, ändrad");
    assert_int_equal(measure_change(db, &m, &coordinator, &e), OK);
    assert_int_equal(measure_remove(db, gone, &coordinator, &e), OK);
    add(db, "C");
    assert_int_equal(plan_decided(db, version, s->arena, &decided, &e), OK);
    assert_int_equal(decided.n, 2);
    assert_str(decided.measure[0].title, "A");
    assert_int_equal(decided.measure[0].note.n, 0);
    assert_int_equal(measure_list(db, &(struct measure_filter){0}, s->arena, &now, &e), OK);
    enum plan_change *changes = plan_changes(&decided, &now, s->arena, &removed);
    assert_int_equal(changes[0], PLAN_CHANGED);
    assert_int_equal(changes[1], PLAN_NEW);
    assert_int_equal(removed, 1);
    db_close(db);
}

static void a_decided_plan_keeps_what_a_measure_waits_for_and_rests_on(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t first = add(db, "A");
    int64_t second = add(db, "B");
    struct measures decided;
    struct measures now;
    struct measure m;
    struct err e = {0};
    size_t removed = 0;

    assert_int_equal(measure_find(db, second, s->arena, &m, &e), OK);
    m.waits = m.links = 1;
    m.wait[0].id = first;
    m.link[0] = (struct measure_link){LINK_SEMINAR, S("/seminarier/3"), S("Seminarium 1 maj 2026")};
    assert_int_equal(measure_change(db, &m, &coordinator, &e), OK);
    int64_t version = decide(db);
    assert_int_equal(measure_find(db, second, s->arena, &m, &e), OK);
    m.waits = 0;
    assert_int_equal(measure_change(db, &m, &coordinator, &e), OK);
    assert_int_equal(plan_decided(db, version, s->arena, &decided, &e), OK);
    assert_str(decided.measure[1].wait[0].title, "A");
    assert_str(decided.measure[1].link[0].title, "Seminarium 1 maj 2026");
    assert_int_equal(measure_list(db, &(struct measure_filter){0}, s->arena, &now, &e), OK);
    assert_int_equal(now.measure[1].waits, 0);
    assert_int_equal(now.measure[1].links, 1);
    enum plan_change *changes = plan_changes(&decided, &now, s->arena, &removed);
    assert_int_equal(changes[0], PLAN_SAME);
    assert_int_equal(changes[1], PLAN_CHANGED);
    assert_int_not_equal(db_script(db, "delete from plan_decided_wait", &e), OK);
    assert_int_not_equal(db_script(db, "update plan_decided_link set title = 'x'", &e), OK);
    db_close(db);
}

static void nobody_can_change_a_decided_plan_not_even_in_the_database(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct err e = {0};

    add(db, "A");
    decide(db);
    assert_int_not_equal(db_script(db, "update plan_decided set title = 'x'", &e), OK);
    assert_int_not_equal(db_script(db, "delete from plan_decided", &e), OK);
    assert_int_not_equal(db_script(db, "update plan_decision set number = 'x'", &e), OK);
    db_close(db);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_template_has_measures_for_every_goal_in_both_languages),
        IN_SCRATCH(a_row_of_the_template_is_in_the_plan_once_and_owned_by_the_only_one_who_could),
        IN_SCRATCH(an_unknown_row_of_the_template_adds_nothing),
        IN_SCRATCH(a_plan_in_which_nobody_owns_a_measure_is_not_decided),
        IN_SCRATCH(a_decided_plan_stays_as_it_was_and_tells_what_has_changed),
        IN_SCRATCH(a_decided_plan_keeps_what_a_measure_waits_for_and_rests_on),
        IN_SCRATCH(nobody_can_change_a_decided_plan_not_even_in_the_database),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
