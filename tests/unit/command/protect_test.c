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

/* The table of `path` protected with the test's key, to standard output. */
static struct program protect_with_key(struct scratch *s, const char *path)
{
    const char *key = scratch_write(s, "city.key", str_of(key_digits));

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
    const char *key = scratch_write(s, "raw.key", (struct str){bytes, sizeof bytes});
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
    const char *out = scratch_write(s, "out.csv", protect_with_key(s, uk).out);
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
    const char *key = scratch_write(s, "bad.key", S("0011"));
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

static const char few[] = "x,n\na,3\nb,2\nc,40\nd,60\ne,20\nf,3\n";

static void small_figures_are_hidden_when_that_is_asked_for(void **state)
{
    struct scratch *s = *state;
    struct program p =
        program_run(ARGUMENTS("protect", "-", "-o", "-", "--method", "suppress"), str_of(few), s->arena);

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "\na,..,..,..,..\n"));
    assert_non_null(strstr(p.out.p, "\nc,40,40,40,40\n"));
}

static void hidden_figures_that_can_be_worked_out_are_refused(void **state)
{
    struct scratch *s = *state;
    const char *out = scratch_path(s, "out.csv");
    struct program p = program_run(ARGUMENTS("protect", "-", "-o", out, "--method", "suppress", "--json"),
                                   S("x,n\na,1\nb,1\nc,1\nd,90\n"), s->arena);

    assert_int_equal(p.status, REFUSED);
    assert_non_null(strstr(p.out.p, "\"status\": \"refused\""));
    assert_int_not_equal(access(out, F_OK), 0);
}

static void an_option_of_another_method_is_not_ignored(void **state)
{
    struct scratch *s = *state;
    struct program p =
        program_run(ARGUMENTS("protect", "-", "-o", "-", "--threshold", "9"), str_of(few), s->arena);

    assert_int_equal(p.status, USAGE);
    assert_non_null(strstr(p.err.p, "--threshold is for --method suppress"));
}

static void the_same_persons_show_the_same_figure_by_cell_keys(void **state)
{
    struct scratch *s = *state;
    const char *key = scratch_write(s, "city.key", str_of(key_digits));
    struct program p = program_run(
        ARGUMENTS("protect", "-", "-o", "-", "--method", "cellkey", "--person", "id", "--key", key),
        S("x,y,id\na,k,1\na,k,2\na,k,3\nb,k,4\n"), s->arena);
    const char *total = strstr(p.out.p, "\nTotal,Total,");
    const char *k = strstr(p.out.p, "\nTotal,k,");

    assert_int_equal(p.status, OK);
    assert_memory_equal(total + strlen("\nTotal,Total,"), k + strlen("\nTotal,k,"), 6);
    assert_null(strstr(p.out.p, ",1\n"));
}

static void a_person_twice_is_told_by_line_and_not_by_name(void **state)
{
    struct scratch *s = *state;
    const char *key = scratch_write(s, "city.key", str_of(key_digits));
    struct program p = program_run(
        ARGUMENTS("protect", "-", "-o", "-", "--method", "cellkey", "--person", "id", "--key", key),
        S("x,id\na,secret-7\nb,2\nb,secret-7\n"), s->arena);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "4:2: the same person as on line 2"));
    assert_null(strstr(p.err.p, "secret"));
}

static void two_tables_that_give_a_figure_away_together_are_named(void **state)
{
    struct scratch *s = *state;
    const char *a =
        scratch_write(s, "a.csv", S("old,n,lo,hi,shown\nTotal,50,50,50,\nA,30,30,30,\nB,20,20,20,\n"));
    const char *b =
        scratch_write(s, "b.csv", S("new,n,lo,hi,shown\nTotal,50,50,50,\nP,28,28,28,\nQ,22,22,22,\n"));
    const char *map = scratch_write(s, "map.csv", S("old,new\nA,P\nA,Q\nB,Q\n"));
    struct program apart = program_run(ARGUMENTS("attack", a, b), S(""), s->arena);
    struct program together = program_run(ARGUMENTS("attack", a, b, "--map", map, "--json"), S(""), s->arena);

    assert_int_equal(apart.status, OK);
    assert_int_equal(together.status, REFUSED);
    assert_non_null(strstr(together.out.p, "between 2 and 2"));
    assert_non_null(strstr(together.out.p, "a.csv"));
    assert_non_null(strstr(together.out.p, "b.csv"));
}

static void who_knows_some_of_the_people_learns_no_more_of_a_cube(void **state)
{
    struct scratch *s = *state;
    struct program cube = protect_with_key(s, e1);
    const char *table = scratch_write(s, "cube.csv", cube.out);
    const char *own =
        scratch_write(s, "own.csv", S("d,f,n\nA,sex,1\nB,beg,1\nC,work,0\nD,crime,0\nE,crime,0\n"));
    struct program p = program_run(ARGUMENTS("attack", table, "--own", own), S(""), s->arena);

    assert_int_equal(p.status, OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(the_same_table_and_key_give_the_same_bytes),
        WITH_SCRATCH(small_figures_are_hidden_when_that_is_asked_for),
        WITH_SCRATCH(hidden_figures_that_can_be_worked_out_are_refused),
        WITH_SCRATCH(an_option_of_another_method_is_not_ignored),
        WITH_SCRATCH(the_same_persons_show_the_same_figure_by_cell_keys),
        WITH_SCRATCH(a_person_twice_is_told_by_line_and_not_by_name),
        WITH_SCRATCH(two_tables_that_give_a_figure_away_together_are_named),
        WITH_SCRATCH(who_knows_some_of_the_people_learns_no_more_of_a_cube),
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
