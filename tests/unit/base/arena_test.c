/* Memory that is freed at once, and wiped when it held what nobody may read. */
#include "../unit.h"

#include <string.h>

static void a_wiped_arena_holds_nothing_of_what_was_in_it(void **state)
{
    struct arena *a = *state;
    char *small = arena_cstr(a, "Påhittad", 9);
    char *large = arena_new(a, 100000, char);

    memset(large, 'P', 100000);
    arena_wipe(a);
    assert_int_equal(small[0], 0);
    assert_int_equal(large[0], 0);
    assert_int_equal(large[99999], 0);
}

static void a_wiped_arena_keeps_what_it_hands_out_apart(void **state)
{
    struct arena *a = *state;
    int *before = arena_new(a, 1, int);

    arena_wipe(a);
    int *after = arena_new(a, 1, int);
    assert_ptr_not_equal(before, after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_wiped_arena_holds_nothing_of_what_was_in_it),
        WITH_ARENA(a_wiped_arena_keeps_what_it_hands_out_apart),
    };

    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
