/* lykta sum, as six cities and a county call it. All are invented. */
#include "../scratch.h"
#include "program.h"

#include <string.h>
#include <unistd.h>

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

enum { CITIES = 6 };

static void assert_runs(struct scratch *s, const char *line)
{
    struct program p = program_run_line(s, line);

    if (p.status != OK)
        fail_msg("%s: %s", line, p.err.p);
}

static void assert_status(struct scratch *s, const char *line, enum status status, const char *part)
{
    struct program p = program_run_line(s, line);

    if (p.status != (int)status || !strstr(p.err.p, part))
        fail_msg("%s: %d: %s", line, p.status, p.err.p);
}

/* `line` for each city but the last `without`: % stands for its number. */
static void each_city(struct scratch *s, size_t without, const char *line)
{
    for (size_t i = 1; i <= CITIES - without; i++) {
        char *own = arena_cstr(s->arena, line, strlen(line));

        for (char *p = own; *p; p++)
            if (*p == '%')
                *p = (char)('0' + i);
        assert_runs(s, own);
    }
}

/* Keys, counts and the round; returns its digits without blanks. */
static const char *open_round(struct scratch *s)
{
    scratch_write(s, "cells.csv", S("cell\nkvinnor\nmän\n"));
    for (int i = 1; i <= CITIES; i++) {
        assert_runs(s, arena_printf(s->arena, "keys make --name Exempelstad%d -o @%d.key", i, i));
        scratch_write(s, arena_printf(s->arena, "%d.csv", i),
                      str_of(arena_printf(s->arena, "cell,count\nkvinnor,%d\nmän,%d\n", i, i == 2)));
    }
    assert_runs(s, "keys make --name Exempellän -o @county.key");
    assert_runs(s, "sum open --key @county.key --name 2026 --cells @cells.csv @1.pub @2.pub @3.pub @4.pub "
                   "@5.pub @6.pub -o @round");
    struct str out = program_run_line(s, "sum digits @round").out;
    char *digits = arena_cstr(s->arena, out.p, out.n);
    size_t n = 0;

    for (const char *p = digits; *p; p++)
        if (*p >= '0' && *p <= '9')
            digits[n++] = *p;
    digits[n] = '\0';
    return digits;
}

static void join_all(struct scratch *s)
{
    const char *digits = open_round(s);

    each_city(s, 0,
              arena_printf(s->arena, "sum join --key @%%.key --digits %s --part @%%.part @round -o @%%.join",
                           digits));
    assert_runs(s,
                "sum gather --key @county.key @round @1.join @2.join @3.join @4.join @5.join @6.join -o @r");
}

static const char give[] =
    "sum figures --key @%.key --part @%.part @round @r/00%.roster @%.csv -o @%.figures";
static const char reveal[] =
    "sum reveal --key @%.key --part @%.part @round @r/00%.roster @asking -o @%.reveal";

static void five_cities_are_added_when_the_sixth_drops_out(void **state)
{
    struct scratch *s = *state;
    struct str sums;
    struct err e;

    join_all(s);
    each_city(s, 1, give);
    assert_runs(s, "sum ask --key @county.key @round @r/county.roster @1.figures @2.figures @3.figures "
                   "@4.figures @5.figures -o @asking");
    each_city(s, 1, reveal);
    assert_runs(s, "sum add @round @r/county.roster @asking @1.reveal @2.reveal @3.reveal @4.reveal "
                   "@5.reveal @5.figures @4.figures @3.figures @2.figures @1.figures -o @sums.csv");
    assert_int_equal(file_read(scratch_path(s, "sums.csv"), 4096, s->arena, &sums, &e), OK);
    assert_str(sums, "cell,cities,count\nkvinnor,5,15\nmän,1,1\n");
}

static void steps_are_taken_once(void **state)
{
    struct scratch *s = *state;

    join_all(s);
    each_city(s, 5, give);
    assert_status(s, "sum figures --key @1.key --part @1.part @round @r/001.roster @1.csv -o @again", REFUSED,
                  "figures have been given");
    assert_int_not_equal(access(scratch_path(s, "again"), F_OK), 0);
    assert_status(s, "sum ask --key @county.key @round @r/county.roster @1.figures -o @asking", REFUSED,
                  "5 are needed");
}

static void a_city_sees_the_budget_of_the_noise_before_it_joins(void **state)
{
    static const char open[] = "sum open --key @county.key --name 2026 --cells @cells.csv --noise %s @1.pub "
                               "@2.pub @3.pub @4.pub @5.pub @6.pub -o @noisy%s";
    struct scratch *s = *state;

    (void)open_round(s);
    assert_runs(s, arena_printf(s->arena, open, "0.5 --cells-a-person 2", "1"));
    assert_status(s, "sum digits @noisy1", OK, "epsilon 0.5 for each person, counted in at most 2 cells");
    assert_status(s, arena_printf(s->arena, open, "0", "2"), USAGE, "--noise");
    assert_status(s, arena_printf(s->arena, open, "1 --cells-a-person 0", "3"), USAGE, "--cells-a-person");
}

static void what_is_wrong_is_said(void **state)
{
    struct scratch *s = *state;

    join_all(s);
    assert_status(s, "sum join --key @1.key --digits 123 --part @new @round -o @x", REFUSED,
                  "Compare them again");
    assert_status(s, "sum figures --key @1.key --part @1.part @round @r/002.roster @1.csv -o @x", BAD_INPUT,
                  "somebody else");
    assert_status(s, "sum figures --key @2.key --part @1.part @round @r/001.roster @1.csv -o @x", REFUSED,
                  "another city's part");
    assert_status(s, "sum figures --key @1.key --part @1.part @round @r/001.roster @cells.csv -o @x",
                  BAD_INPUT, "expected the columns cell,count");
    scratch_write(s, "wrong.csv", S("cell,count\nmän,1\nkvinnor,1\n"));
    assert_status(s, "sum figures --key @1.key --part @1.part @round @r/001.roster @wrong.csv -o @x",
                  BAD_INPUT, "wrong.csv:2: expected the cell \"kvinnor\"");
    assert_status(s, "sum ask --key @1.key @round @r/county.roster @1.join -o @x", REFUSED,
                  "not that of whoever adds");
    assert_status(s,
                  "sum open --key @county.key --name x --cells @cells.csv @1.pub @2.pub @3.pub @4.pub -o @x",
                  REFUSED, "4 cities");
    assert_int_not_equal(access(scratch_path(s, "x"), F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(five_cities_are_added_when_the_sixth_drops_out),
        WITH_SCRATCH(steps_are_taken_once),
        WITH_SCRATCH(a_city_sees_the_budget_of_the_noise_before_it_joins),
        WITH_SCRATCH(what_is_wrong_is_said),
    };

    return cmocka_run_group_tests_name("sum command", tests, NULL, NULL);
}
