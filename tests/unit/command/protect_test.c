/* lykta protect and lykta attack, as a person calls them. */
#include "../scratch.h"
#include "program.h"

#include "base/text.h"

#include <string.h>
#include <unistd.h>

static const char e1[] = TEST_DATA "/disclosure/e1_input.csv";
static const char uk[] = TEST_DATA "/mse/UKdat.csv";
static const char key_digits[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

static const char *write_file(struct scratch *s, const char *name, struct str bytes)
{
    const char *path = scratch_path(s, name);
    struct err e;

    assert_int_equal(file_write(path, bytes, 0600, &e), OK);
    return path;
}

/* The table of `path` protected with the test's key, to standard output. */
static struct program protect_with_key(struct scratch *s, const char *path)
{
    const char *key = write_file(s, "city.key", str_of(key_digits));

    return program_run(ARGUMENTS("protect", path, "-o", "-", "--key", key, "--id", "test"), S(""), s->arena);
}

static void assert_bad_input(struct scratch *s, const char *csv, const char *says)
{
    const char *out = scratch_path(s, "out.csv");
    struct program p = program_run(ARGUMENTS("protect", "-", "-o", out), str_of(csv), s->arena);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, says));
    assert_int_not_equal(access(out, F_OK), 0);
}

static void the_same_table_and_key_give_the_same_bytes(void **state)
{
    struct program first = protect_with_key(*state, e1);
    struct program second = protect_with_key(*state, e1);

    assert_int_equal(first.status, OK);
    assert_true(str_starts(first.out, S("d,f,n,lo,hi,shown\nTotal,Total,")));
    assert_true(str_equal(first.out, second.out));
}

static void a_key_of_32_bytes_is_the_same_as_its_digits(void **state)
{
    struct scratch *s = *state;
    char bytes[32];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    const char *key = write_file(s, "raw.key", (struct str){bytes, sizeof bytes});
    struct program raw =
        program_run(ARGUMENTS("protect", e1, "-o", "-", "--key", key, "--id", "test"), S(""), s->arena);
    assert_true(str_equal(raw.out, protect_with_key(s, e1).out));
}

/* Two keys give this small table the same figures about every second time: 30 times in a row by chance, below
 * 1 in 10^8. */
static void without_a_key_other_figures_come_out(void **state)
{
    struct scratch *s = *state;
    struct program first = program_run(ARGUMENTS("protect", uk, "-o", "-"), S(""), s->arena);
    bool is_another = false;

    assert_int_equal(first.status, OK);
    for (int i = 0; i < 30 && !is_another; i++) {
        struct program next = program_run(ARGUMENTS("protect", uk, "-o", "-"), S(""), s->arena);
        is_another = !str_equal(first.out, next.out);
    }
    assert_true(is_another);
}

static void what_protect_writes_survives_attack(void **state)
{
    struct scratch *s = *state;
    const char *out = write_file(s, "out.csv", protect_with_key(s, uk).out);
    struct program p = program_run(ARGUMENTS("attack", out, "--json"), S(""), s->arena);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "\"status\": \"passed\""));
    assert_non_null(strstr(p.out.p, "\"cells\": 728"));
}

static void the_note_is_printed_as_json_beside_the_file(void **state)
{
    struct scratch *s = *state;
    const char *out = scratch_path(s, "out.csv");
    struct program p = program_run(ARGUMENTS("protect", uk, "-o", out, "--json"), S(""), s->arena);

    assert_int_equal(p.status, OK);
    assert_int_equal(access(out, R_OK), 0);
    assert_non_null(strstr(p.out.p, "\"structural_zeros\": 1"));
    assert_non_null(strstr(p.out.p, "\"exposed_cells\": 0"));
}

static void a_spoiled_table_is_refused_with_its_cells(void **state)
{
    static const char spoiled[] = "x,n,lo,hi,shown\nTotal,4,4,4,4\na,0,0,4,\nb,4,0,8,\nc,0,0,1,\n";
    struct program p =
        program_run(ARGUMENTS("attack", "-", "--json"), str_of(spoiled), ((struct scratch *)*state)->arena);

    assert_int_equal(p.status, REFUSED);
    assert_non_null(strstr(p.out.p, "\"status\": \"refused\""));
    assert_non_null(strstr(p.out.p, "\"cell\": [\"c\"]"));
}

static void base_10_and_english_can_be_asked_for(void **state)
{
    struct scratch *s = *state;
    struct program p = program_run(ARGUMENTS("protect", "-", "-o", "-", "--base", "10", "--language", "en"),
                                   S("f,n\na,0\nb,20\n"), s->arena);

    assert_non_null(strstr(p.out.p, "a,0,0,9,fewer than 10\n"));
    assert_non_null(strstr(p.out.p, "b,20,11,29,about 20\n"));
}

static void wrong_options_are_told(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;

    assert_int_equal(program_run(ARGUMENTS("protect", e1), S(""), a).status, USAGE);
    assert_int_equal(program_run(ARGUMENTS("protect", e1, "-o", "-", "--json"), S(""), a).status, USAGE);
    assert_int_equal(program_run(ARGUMENTS("protect", e1, "-o", "-", "--base", "3"), S(""), a).status, USAGE);
    assert_int_equal(program_run(ARGUMENTS("protect", e1, "-o", "-", "--language", "fi"), S(""), a).status,
                     USAGE);
    assert_int_equal(program_run(ARGUMENTS("protect", e1, "-o", "-", "--groups", "d=x"), S(""), a).status,
                     USAGE);
    assert_int_equal(program_run(ARGUMENTS("protect", e1, "-o", "-", "--lists", "x,y"), S(""), a).status,
                     USAGE);
}

static void a_file_that_is_no_key_is_told(void **state)
{
    struct scratch *s = *state;
    const char *key = write_file(s, "bad.key", S("0011"));
    struct program p = program_run(ARGUMENTS("protect", e1, "-o", "-", "--key", key), S(""), s->arena);

    assert_int_equal(p.status, BAD_INPUT);
    assert_int_equal(p.out.n, 0);
    assert_non_null(strstr(p.err.p, "bad.key:1:1: not a key"));
}

static void each_fault_in_a_table_is_told_with_its_place_and_nothing_is_written(void **state)
{
    assert_bad_input(*state, "f,g\na,b\n", "standard input:1:2: the last column is \"g\"");
    assert_bad_input(*state, "f,n\na\n", "standard input:2:2:");
    assert_bad_input(*state, "f,n\na,-3\n", "standard input:2:2: expected a whole number");
    assert_bad_input(*state, "A,B,n\n0,0,3\n", "standard input:2:1: 0 on every list");
    assert_bad_input(*state, "A,A,n\n1,0,3\n", "standard input:1:2: the column \"A\" is there twice");
    assert_bad_input(*state, "f,n\n\xE5,3\n", "standard input:2:1: not UTF-8");
}

static void a_folder_that_is_not_there_is_a_failure_of_the_system(void **state)
{
    struct program p = program_run(ARGUMENTS("protect", e1, "-o", "/no/such/out.csv"), S(""),
                                   ((struct scratch *)*state)->arena);

    assert_int_equal(p.status, SYSTEM);
    assert_non_null(strstr(p.err.p, "/no/such/out.csv"));
}

static void a_protected_table_with_a_row_left_out_is_bad_input(void **state)
{
    struct program p = program_run(ARGUMENTS("attack", "-"), S("x,n,lo,hi,shown\na,5,1,9,cirka 5\n"),
                                   ((struct scratch *)*state)->arena);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "the row of Total is missing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(the_same_table_and_key_give_the_same_bytes),
        WITH_SCRATCH(a_key_of_32_bytes_is_the_same_as_its_digits),
        WITH_SCRATCH(without_a_key_other_figures_come_out),
        WITH_SCRATCH(what_protect_writes_survives_attack),
        WITH_SCRATCH(the_note_is_printed_as_json_beside_the_file),
        WITH_SCRATCH(a_spoiled_table_is_refused_with_its_cells),
        WITH_SCRATCH(base_10_and_english_can_be_asked_for),
        WITH_SCRATCH(wrong_options_are_told),
        WITH_SCRATCH(a_file_that_is_no_key_is_told),
        WITH_SCRATCH(each_fault_in_a_table_is_told_with_its_place_and_nothing_is_written),
        WITH_SCRATCH(a_folder_that_is_not_there_is_a_failure_of_the_system),
        WITH_SCRATCH(a_protected_table_with_a_row_left_out_is_bad_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
