/* Memory that is freed at once, and wiped when it held what nobody may read. */
#include "../unit.h"

#include "base/poison.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* Reads what has been given back, which the sanitizer would not allow. */
__attribute__((no_sanitize("address"))) static char left_at(const volatile char *p)
{
    return *p;
}

static void a_secret_arena_is_wiped_when_it_is_reset(void **state)
{
    struct arena *a = arena_open_secret();
    char *small = arena_cstr(a, "Påhittad", 9);

    (void)state;
    arena_reset(a);
    assert_int_equal(left_at(small), 0);
    assert_int_equal(left_at(small + 8), 0);
    arena_close(a);
}

/* The flags of a mapping in /proc/self/smaps: "dd" is left out of cores, "lo" locked. */
static bool has_flag(const void *p, const char *flag)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    char line[512];
    unsigned long long from = 0;
    unsigned long long to = 0;
    bool is_in = false;
    bool found = false;

    while (maps && fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%llx-%llx ", &from, &to) == 2)
            is_in = (uintptr_t)p >= from && (uintptr_t)p < to;
        else if (is_in && strncmp(line, "VmFlags:", 8) == 0)
            found = strstr(line, flag) != NULL;
    }
    if (maps)
        fclose(maps);
    return found;
}

static void a_secret_arena_is_left_out_of_cores_and_locked_when_it_says_so(void **state)
{
    struct arena *a = arena_open_secret();
    const char *small = arena_cstr(a, "x", 1);
    const char *large = arena_new(a, 100000, char);

    (void)state;
    assert_true(has_flag(small, " dd") && has_flag(large, " dd"));
#ifndef __SANITIZE_ADDRESS__ /* the sanitizer makes mlock do nothing */
    if (arena_is_locked(a))
        assert_true(has_flag(small, " lo") && has_flag(large, " lo"));
#endif
    arena_close(a);
    struct arena *plain = arena_open();
    assert_false(arena_is_locked(plain));
    arena_close(plain);
}

#ifdef LYKTA_IS_WATCHED
/* In a process of its own, which the sanitizer ends. */
static bool is_ended_by_reading(const volatile char *p)
{
    int outcome = 0;
    pid_t child = fork();

    if (child == 0) {
        fclose(stderr);
        _exit(*p ? 0 : 0);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    return !(WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
}

static void what_is_not_handed_out_cannot_be_read_under_the_sanitizer(void **state)
{
    struct arena *a = *state;
    const char *first = arena_new(a, 32, char);
    const char *second = arena_new(a, 5, char);
    const char *none = arena_new(a, 0, char);

    assert_false(is_ended_by_reading(first + 31));
    assert_true(is_ended_by_reading(first + 32));
    assert_false(is_ended_by_reading(second + 4));
    assert_true(is_ended_by_reading(second + 5));
    assert_true(is_ended_by_reading(none));
    arena_reset(a);
    assert_true(is_ended_by_reading(first));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_wiped_arena_holds_nothing_of_what_was_in_it),
        WITH_ARENA(a_wiped_arena_keeps_what_it_hands_out_apart),
        cmocka_unit_test(a_secret_arena_is_wiped_when_it_is_reset),
        cmocka_unit_test(a_secret_arena_is_left_out_of_cores_and_locked_when_it_says_so),
#ifdef LYKTA_IS_WATCHED
        WITH_ARENA(what_is_not_handed_out_cannot_be_read_under_the_sanitizer),
#endif
    };

    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
