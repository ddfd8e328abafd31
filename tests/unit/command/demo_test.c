/* lykta demo --programme: all of it, or nothing. That what it makes is whole is shown in
 * tests/e2e/programme.test.mjs. */
#include "../scratch.h"
#include "program.h"

#include <string.h>
#include <unistd.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

static void a_folder_that_is_there_stays_as_it_is(void **state)
{
    struct scratch *s = *state;
    struct err e;

    assert_int_equal(folder_make(scratch_path(s, "there"), 0755, &e), OK);
    struct program p = program_run_line(s, "demo @there --programme");
    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "there"));
    assert_int_equal(rmdir(scratch_path(s, "there")), 0); /* it is empty */
}

static void a_programme_that_cannot_be_finished_leaves_nothing(void **state)
{
    struct scratch *s = *state;

    struct program p =
        program_run_line(s, "demo @new --programme --db postgresql://nobody@127.0.0.1:1/none#x");
    assert_int_equal(p.status, SYSTEM);
    assert_int_equal(p.out.n, 0);
    assert_int_not_equal(access(scratch_path(s, "new"), F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_folder_that_is_there_stays_as_it_is),
        WITH_SCRATCH(a_programme_that_cannot_be_finished_leaves_nothing),
    };

    return cmocka_run_group_tests_name("demo command", tests, NULL, NULL);
}
