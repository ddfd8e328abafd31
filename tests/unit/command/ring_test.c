/* lykta ring, as three agencies and somebody who counts call it. All people are invented. */
#include "../scratch.h"
#include "program.h"

#include <string.h>
#include <unistd.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

static void assert_runs(struct scratch *s, const char *line)
{
    struct program p = program_run_line(s, line);

    if (p.status != OK)
        fail_msg("%s: %s", line, p.err.p);
}

/* Schema, exponents and lists of a, b and c; each list has been started by its agency. */
static void start_lists(struct scratch *s)
{
    scratch_write(
        s, "s.json",
        S("{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"1\", \"as_of\": \"2026-11-24\", "
          "\"fields\": [{\"kind\": \"name\", \"columns\": [\"name\"]}, {\"kind\": \"birth_date\", "
          "\"columns\": [\"born\"]}]}"));
    scratch_write(s, "a.csv", S("name,born\nAnna Prov,1980-02-03\nBo Prov,1990-05-06\nProv Bo,1990-05-06\n"));
    scratch_write(s, "b.csv", S("name,born\nPROV Anna,1980-02-03\nDan Prov,1985-07-08\n"));
    scratch_write(s, "c.csv", S("name,born\nAnna Prov,1980-02-03\nBo Prov,1990-05-06\n"));
    for (const char *who = "abc"; *who; who++) {
        assert_runs(s, arena_printf(s->arena, "ring key --schema @s.json -o @%c.key", *who));
        assert_runs(s, arena_printf(s->arena,
                                    "ring start --schema @s.json --key @%c.key --list %c --kinds names+date "
                                    "@%c.csv -o @%c1",
                                    *who, *who, *who, *who));
    }
}

static void pass(struct scratch *s, char who, const char *from, const char *to)
{
    assert_runs(s,
                arena_printf(s->arena, "ring pass --schema @s.json --key @%c.key @%s -o @%s", who, from, to));
}

static struct str histories(struct scratch *s)
{
    struct str out;
    struct err e;

    assert_int_equal(file_read(scratch_path(s, "h.csv"), 4096, s->arena, &out, &e), OK);
    return out;
}

static void three_agencies_are_counted_without_a_key_of_anybodys(void **state)
{
    struct scratch *s = *state;

    start_lists(s);
    pass(s, 'b', "a1", "a2");
    pass(s, 'c', "a2", "a3");
    pass(s, 'c', "b1", "b2");
    pass(s, 'a', "b2", "b3");
    pass(s, 'a', "c1", "c2");
    pass(s, 'b', "c2", "c3");
    assert_runs(s, "ring count @a3 @b3 @c3 -o @h.csv");
    assert_str(histories(s), "a,b,c,count\n0,1,0,1\n1,0,1,1\n1,1,1,1\n");
}

static void a_list_is_refused_until_all_have_raised_it(void **state)
{
    struct scratch *s = *state;

    start_lists(s);
    pass(s, 'b', "a1", "a2");
    pass(s, 'c', "b1", "b2");
    struct program p = program_run_line(s, "ring count @a2 @b2 -o @h.csv");
    assert_int_equal(p.status, REFUSED);
    assert_int_not_equal(access(scratch_path(s, "h.csv"), F_OK), 0);
}

/* c has raised both lists and is gone before it gave its own away: a and b start again. */
static void two_are_counted_when_the_third_has_dropped_out(void **state)
{
    struct scratch *s = *state;

    start_lists(s);
    pass(s, 'c', "a1", "a2");
    assert_int_equal(program_run_line(s, "ring count @a2 @b1 -o @h.csv").status, REFUSED);
    pass(s, 'b', "a1", "a3");
    pass(s, 'a', "b1", "b3");
    assert_runs(s, "ring count @a3 @b3 -o @h.csv");
    assert_str(histories(s), "a,b,count\n1,0,1\n0,1,1\n1,1,1\n");
}

static void a_proof_holds_for_its_own_lists_alone(void **state)
{
    struct scratch *s = *state;

    start_lists(s);
    assert_runs(s, "ring pass --schema @s.json --key @b.key @a1 -o @a2 --verify @p");
    assert_runs(s, "ring verify --verify @p @a1 @a2");
    assert_int_equal(program_run_line(s, "ring verify --verify @p @c1 @a2").status, REFUSED);
    pass(s, 'b', "a1", "again");
    assert_int_equal(program_run_line(s, "ring verify --verify @p @a1 @b1").status, REFUSED);
}

static void no_name_is_in_a_list_on_its_way(void **state)
{
    struct scratch *s = *state;
    struct str bytes;
    struct err e;

    start_lists(s);
    assert_int_equal(file_read(scratch_path(s, "a1"), 1 << 16, s->arena, &bytes, &e), OK);
    assert_null(memmem(bytes.p, bytes.n, "rov", 3));
}

static void wrong_words_are_told(void **state)
{
    struct scratch *s = *state;

    start_lists(s);
    assert_int_equal(program_run_line(s, "ring").status, USAGE);
    assert_int_equal(program_run_line(s, "ring lose").status, USAGE);
    assert_int_equal(program_run_line(s, "ring key --schema @s.json -o @a.key").status, USAGE);
    assert_int_equal(program_run_line(s, "ring count @a1 -o @h.csv").status, USAGE);
    assert_int_equal(program_run_line(s, "ring count @a1 @b1 -o @h.csv --key @a.key").status, USAGE);
    assert_int_equal(
        program_run_line(s, "ring start --schema @s.json --key @a.key --list a --kinds x @a.csv -o @x")
            .status,
        USAGE);
    assert_int_equal(
        program_run_line(s, "ring start --schema @s.json --key @a.key --list a @a.csv -o @x --verify @p")
            .status,
        USAGE);
    assert_int_equal(program_run_line(s, "ring pass --schema @s.json --key @a.key @a.csv -o @x").status,
                     BAD_INPUT);
}

static void digits_are_those_of_the_file_and_of_no_other(void **state)
{
    struct scratch *s = *state;

    start_lists(s);
    struct program first = program_run_line(s, "ring digits @a1");
    struct program other = program_run_line(s, "ring digits @b1");
    assert_int_equal(first.status, OK);
    assert_int_equal(first.out.n, 36); /* six groups of five, with blanks between them, and a line's end */
    assert_string_not_equal(first.out.p, other.out.p);
    assert_string_equal(program_run_line(s, "ring digits @a1").out.p, first.out.p);
    assert_int_equal(program_run_line(s, "ring digits @a.csv").status, BAD_INPUT);
}

static void an_exponent_is_removed_with_a_receipt_that_does_not_tell_it(void **state)
{
    struct scratch *s = *state;
    struct str receipt;
    struct err e;

    start_lists(s);
    assert_runs(s, "keys delete @a.key -o @receipt");
    assert_int_not_equal(access(scratch_path(s, "a.key"), F_OK), 0);
    assert_int_equal(file_read(scratch_path(s, "receipt"), 4096, s->arena, &receipt, &e), OK);
    assert_non_null(strstr(receipt.p, "round 1"));
    assert_null(strstr(receipt.p, "exponent"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(three_agencies_are_counted_without_a_key_of_anybodys),
        WITH_SCRATCH(a_list_is_refused_until_all_have_raised_it),
        WITH_SCRATCH(two_are_counted_when_the_third_has_dropped_out),
        WITH_SCRATCH(a_proof_holds_for_its_own_lists_alone),
        WITH_SCRATCH(no_name_is_in_a_list_on_its_way),
        WITH_SCRATCH(wrong_words_are_told),
        WITH_SCRATCH(digits_are_those_of_the_file_and_of_no_other),
        WITH_SCRATCH(an_exponent_is_removed_with_a_receipt_that_does_not_tell_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
