/* Held back from disposal: by one, let go by two. */
#include "arrivals.h"

#include "observation/hold.h"
#include "store/db.h"

static const struct who first = {.name = "person 1", .now_at = NOON_AT};
static const struct who second = {.name = "person 2", .now_at = NOON_AT};

static struct hold find(struct town *t)
{
    struct hold h = {0};
    struct err e = {0};

    assert_int_equal(hold_find(t->city->db, 1, t->arena, &h, &e), OK);
    return h;
}

static void a_hold_tells_number_day_and_reason(void **state)
{
    struct town *t = *state;
    struct holds all;
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(find(t).reason.n, 0);
    assert_int_equal(hold_place(t->city->db, 1, S(" Begärd av domstol "), &first, &e), OK);
    assert_int_equal(holds_list(t->city->db, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.hold[0].year, 2026);
    assert_int_equal(all.hold[0].number, 1);
    assert_str(all.hold[0].reason, "Begärd av domstol");
    assert_str(all.hold[0].held_by, "person 1");
    assert_true(date_equal(all.hold[0].held_on, (struct date){2026, 11, 20}));
}

static void a_reason_is_needed_and_points_at_nobody(void **state)
{
    struct town *t = *state;
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(hold_place(t->city->db, 1, S("  "), &first, &e), BAD_INPUT);
    assert_int_equal(hold_place(t->city->db, 1, S("Ring 070-174 06 05"), &first, &e), BAD_INPUT);
    assert_int_equal(hold_place(t->city->db, 7, S("Begärd"), &first, &e), REFUSED);
    assert_int_equal(find(t).reason.n, 0);
}

static void letting_go_takes_two(void **state)
{
    struct town *t = *state;
    struct db *db = t->city->db;
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(hold_ask_release(db, 1, &first, &e), REFUSED);
    assert_int_equal(hold_place(db, 1, S("Begärd av domstol"), &first, &e), OK);
    assert_int_equal(hold_place(db, 1, S("En gång till"), &second, &e), REFUSED);
    assert_int_equal(hold_release(db, 1, &first, &e), REFUSED);
    assert_int_equal(hold_ask_release(db, 1, &first, &e), OK);
    assert_int_equal(hold_ask_release(db, 1, &second, &e), REFUSED);
    assert_int_equal(hold_release(db, 1, &first, &e), REFUSED);
    assert_str(find(t).reason, "Begärd av domstol");
    assert_int_equal(hold_release(db, 1, &second, &e), OK);
    assert_int_equal(find(t).reason.n, 0);
    assert_int_equal(hold_release(db, 1, &second, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(a_hold_tells_number_day_and_reason),
        IN_TOWN(a_reason_is_needed_and_points_at_nobody),
        IN_TOWN(letting_go_takes_two),
    };

    return cmocka_run_group_tests_name("observation hold", tests, NULL, NULL);
}
