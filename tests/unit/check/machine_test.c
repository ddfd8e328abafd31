/* What is said of the machine: its clock and the room on a disk. */
#include "../unit.h"

#include "check/check.h"

#include <string.h>
#include <sys/timex.h>

static void a_clock_that_nothing_sets_is_told(void **state)
{
    struct findings found = findings_open(*state);

    check_clock_state(TIME_OK, &found);
    assert_int_equal(findings_faults(&found), 0);
    check_clock_state(TIME_INS, &found); /* a leap second is no fault */
    assert_int_equal(findings_faults(&found), 0);
    check_clock_state(TIME_ERROR, &found);
    assert_int_equal(findings_faults(&found), 1);
    check_clock_state(-1, &found);
    assert_int_equal(findings_faults(&found), 2);
}

static void too_little_room_is_told_to_the_byte(void **state)
{
    struct findings found = findings_open(*state);

    check_room_of("/x", &(struct check_room){.needed = 1000, .free = 1000}, &found);
    assert_int_equal(findings_faults(&found), 0);
    check_room_of("/x", &(struct check_room){.needed = 1000, .free = 999}, &found);
    assert_int_equal(findings_faults(&found), 1);
}

static void a_long_sentence_is_cut_and_not_lost(void **state)
{
    struct findings found = findings_open(*state);
    char name[3000];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    find_fault(&found, "disk", S("Do something."), "%s", name);
    assert_int_equal(found.finding[0].is.n, 999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_clock_that_nothing_sets_is_told),
        WITH_ARENA(too_little_room_is_told_to_the_byte),
        WITH_ARENA(a_long_sentence_is_cut_and_not_lost),
    };

    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
