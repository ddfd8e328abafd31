/* Measures of the action plan. */
#include "plan/measure.h"

#include "../network/city.h"

#include <string.h>

static const struct date today = {2026, 11, 24};

static int64_t add(struct db *db, const char *title, int64_t owner, struct date deadline)
{
    struct measure m = {.goal = PLAN_PREVENT, .title = str_of(title), .owner = owner, .deadline = deadline};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(measure_add(db, &m, &coordinator, &id, &e), OK);
    return id;
}

static struct measure find(struct db *db, int64_t id, struct arena *a)
{
    struct measure m = {0};
    struct err e = {0};

    assert_int_equal(measure_find(db, id, a, &m, &e), OK);
    return m;
}

static void a_measure_reads_back_as_it_was_added(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t owner = add_organisation(db, "Bostad (exempel)", "", ACTOR_LANDLORD, ORGANISATION_MEMBER);
    struct measure m = find(db, add(db, "Granska hyresavtal", owner, today), s->arena);

    assert_str(m.title, "Granska hyresavtal");
    assert_str(m.owner_name, "Bostad (exempel)");
    assert_true(date_equal(m.deadline, today));
    assert_int_equal(m.state, MEASURE_WAITING);
    db_close(db);
}

static void a_measure_past_its_date_is_overdue_until_it_is_done(void **state)
{
    struct measure m = {.deadline = {2026, 11, 23}, .state = MEASURE_WAITING};

    (void)state;
    assert_true(measure_is_overdue(&m, today));
    m.state = MEASURE_DONE;
    assert_false(measure_is_overdue(&m, today));
    m.state = MEASURE_UNDER_WAY;
    m.deadline = today;
    assert_false(measure_is_overdue(&m, today));
    m.deadline = (struct date){0};
    assert_false(measure_is_overdue(&m, today));
}

static void the_second_of_two_changes_from_the_same_version_is_refused(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct measure m = find(db, add(db, "A", 0, today), s->arena);
    struct err e = {0};

    m.title = S("B");
    assert_int_equal(measure_change(db, &m, &coordinator, &e), OK);
    m.title = S("C");
    assert_int_equal(measure_change(db, &m, &coordinator, &e), REFUSED);
    assert_str(find(db, m.id, s->arena).title, "B");
    db_close(db);
}

static void each_step_of_the_follow_up_is_kept(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t id = add(db, "A", 0, today);
    struct measure_step *steps = NULL;
    struct err e = {0};
    size_t n = 0;

    assert_int_equal(measure_follow_up(db, id, MEASURE_UNDER_WAY, S("börjat"), &coordinator, &e), OK);
    assert_int_equal(measure_follow_up(db, id, MEASURE_DONE, S("klart"), &coordinator, &e), OK);
    assert_int_equal(measure_steps(db, id, s->arena, &steps, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_str(steps[0].note, "klart");
    assert_int_equal(steps[1].state, MEASURE_UNDER_WAY);
    assert_int_equal(find(db, id, s->arena).state, MEASURE_DONE);
    db_close(db);
}

static void a_list_is_by_goal_then_deadline_and_can_be_narrowed(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct measures all;
    struct err e = {0};

    add(db, "later", 0, (struct date){2027, 1, 1});
    add(db, "no date", 0, (struct date){0});
    add(db, "late", 0, (struct date){2026, 1, 1});
    assert_int_equal(measure_list(db, &(struct measure_filter){0}, s->arena, &all, &e), OK);
    assert_int_equal(all.n, 3);
    assert_str(all.measure[0].title, "late");
    assert_str(all.measure[2].title, "no date");
    assert_int_equal(measure_list(db, &(struct measure_filter){.overdue = today}, s->arena, &all, &e), OK);
    assert_int_equal(all.n, 1);
    db_close(db);
}

/* Measure `id` waits for the others; what writing it comes to. */
static enum status wait_for(struct db *db, struct arena *a, int64_t id, int64_t first, int64_t second)
{
    struct measure m = find(db, id, a);
    struct err e = {0};

    m.waits = second ? 2 : 1;
    m.wait[0].id = first;
    m.wait[1].id = second;
    return measure_change(db, &m, &coordinator, &e);
}

static void a_measure_is_held_until_what_it_waits_for_is_done(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t first = add(db, "Utbilda", 0, today);
    int64_t second = add(db, "Granska", 0, today);
    struct err e = {0};

    assert_int_equal(wait_for(db, s->arena, second, first, 0), OK);
    struct measure m = find(db, second, s->arena);
    assert_int_equal(m.waits, 1);
    assert_str(m.wait[0].title, "Utbilda");
    assert_true(measure_is_held(&m));
    assert_int_equal(measure_follow_up(db, first, MEASURE_DONE, S(""), &coordinator, &e), OK);
    m = find(db, second, s->arena);
    assert_false(measure_is_held(&m));
    db_close(db);
}

static void a_measures_ties_come_in_order_each_of_its_own_kind(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t first = add(db, "Ö", 0, today);
    int64_t second = add(db, "A", 0, today);
    struct measure m = find(db, add(db, "Granska", 0, today), s->arena);
    struct err e = {0};

    m.waits = m.links = 2;
    m.wait[0].id = second;
    m.wait[1].id = first;
    m.link[0] = (struct measure_link){LINK_SEMINAR, S("/seminarier/3"), S("Seminarium (exempel)")};
    m.link[1] =
        (struct measure_link){LINK_RELEASE, S("/kartlaggning/1281-2025"), S("Kartläggning (exempel)")};
    assert_int_equal(measure_change(db, &m, &coordinator, &e), OK);
    m = find(db, m.id, s->arena);
    assert_int_equal(m.waits, 2);
    assert_int_equal(m.wait[0].id, first);
    assert_str(m.wait[1].title, "A");
    assert_int_equal(m.wait[1].state, MEASURE_WAITING);
    assert_int_equal(m.links, 2);
    assert_int_equal(m.link[0].kind, LINK_RELEASE);
    assert_str(m.link[0].title, "Kartläggning (exempel)");
    assert_str(m.link[1].path, "/seminarier/3");
    db_close(db);
}

static void no_measure_waits_for_itself_not_even_by_a_way_around(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t a = add(db, "A", 0, today);
    int64_t b = add(db, "B", 0, today);
    int64_t c = add(db, "C", 0, today);

    assert_int_equal(wait_for(db, s->arena, a, a, 0), REFUSED);
    assert_int_equal(wait_for(db, s->arena, a, b, 0), OK);
    assert_int_equal(wait_for(db, s->arena, b, c, 0), OK);
    assert_int_equal(wait_for(db, s->arena, c, a, 0), REFUSED);
    assert_int_equal(wait_for(db, s->arena, a, b, c), OK);
    assert_int_equal(find(db, c, s->arena).waits, 0);
    assert_int_equal(find(db, a, s->arena).waits, 2);
    assert_int_equal(wait_for(db, s->arena, c, 4711, 0), BAD_INPUT);
    db_close(db);
}

static void nothing_waits_for_what_is_taken_out(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t a = add(db, "A", 0, today);
    int64_t b = add(db, "B", 0, today);
    struct err e = {0};

    assert_int_equal(wait_for(db, s->arena, a, b, 0), OK);
    assert_int_equal(measure_remove(db, b, &coordinator, &e), OK);
    assert_int_equal(find(db, a, s->arena).waits, 0);
    db_close(db);
}

static void a_measure_without_a_title_is_refused(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct measure m = {.title = S("  ")};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(measure_add(db, &m, &coordinator, &id, &e), BAD_INPUT);
    db_close(db);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_measure_reads_back_as_it_was_added),
        cmocka_unit_test(a_measure_past_its_date_is_overdue_until_it_is_done),
        IN_SCRATCH(the_second_of_two_changes_from_the_same_version_is_refused),
        IN_SCRATCH(each_step_of_the_follow_up_is_kept),
        IN_SCRATCH(a_list_is_by_goal_then_deadline_and_can_be_narrowed),
        IN_SCRATCH(a_measure_is_held_until_what_it_waits_for_is_done),
        IN_SCRATCH(a_measures_ties_come_in_order_each_of_its_own_kind),
        IN_SCRATCH(no_measure_waits_for_itself_not_even_by_a_way_around),
        IN_SCRATCH(nothing_waits_for_what_is_taken_out),
        IN_SCRATCH(a_measure_without_a_title_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
