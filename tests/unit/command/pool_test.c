/* lykta pool, as a person runs it: exit statuses, what is written, and what is said. */
#include "../programme/towns.h"

#include "../scratch.h"
#include "program.h"

#include "programme/trust.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void publish(const struct scratch *s, const char *name, const struct town *town)
{
    (void)town_publish(town, scratch_path(s, name), s->arena);
}

/* Three towns, their keys and their inhabitants. */
static void three_towns(const struct scratch *s)
{
    publish(s, "a", &(struct town){.municipality = "1280", .nhat = 600, .lo = 450, .hi = 850});
    publish(s, "b", &(struct town){.municipality = "1281"});
    publish(s, "c", &(struct town){.municipality = "1283", .answer = RELEASE_RANGE, .lo = 200, .hi = 900});
    (void)scratch_write(s, "keys.csv",
                        str_of(arena_printf(s->arena, "municipality,key\n1280,%s\n1281,%s\n1283,%s\n",
                                            town_key("1280", s->arena).p, town_key("1281", s->arena).p,
                                            town_key("1283", s->arena).p)));
}

static bool is_written(const struct scratch *s)
{
    return access(scratch_path(s, "pooled.json"), F_OK) == 0;
}

static void assert_fails(const struct scratch *s, struct program p, enum status status, const char *says)
{
    assert_int_equal(p.status, status);
    assert_non_null(strstr(p.err.p, says));
    assert_false(is_written(s));
}

static void trusted_releases_are_pooled(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    struct program p = program_run_line(s, "pool @a @b @c -o @pooled.json --trust @keys.csv");
    assert_int_equal(p.status, OK);
    assert_true(is_written(s));
    assert_non_null(strstr(p.out.p, "2025: 3 of 3 cities pooled (example figures)"));
    assert_non_null(strstr(p.out.p, "a range, which is not an estimate; at least 200"));
}

static void without_a_list_of_keys_it_is_said_that_nothing_proves_who_signed(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    struct program p = program_run_line(s, "pool @a @b @c -o @pooled.json");
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "who made it is not proven"));
}

static void json_is_what_is_written(void **state)
{
    const struct scratch *s = *state;
    struct str written;
    struct err e;

    three_towns(s);
    struct program p = program_run_line(s, "pool @a @b @c -o @pooled.json --json");
    assert_int_equal(file_read(scratch_path(s, "pooled.json"), 1 << 20, s->arena, &written, &e), OK);
    assert_string_equal(p.out.p, written.p);
    assert_non_null(strstr(p.out.p, "\"status\": \"pooled\""));
}

static void a_forged_release_stops_the_pool_and_is_named(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    publish(s, "forged", &(struct town){.municipality = "1284", .key = 9});
    assert_fails(s, program_run_line(s, "pool @a @b @forged -o @pooled.json --trust @keys.csv"), BAD_INPUT,
                 "forged: from municipality 1284");
}

static void every_refused_release_is_named(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    publish(s, "other", &(struct town){.municipality = "1281", .year = 2024, .key = 9});
    struct program p = program_run_line(s, "pool @a @a @other @b -o @pooled.json --trust @keys.csv");
    assert_fails(s, p, BAD_INPUT, "the same release as");
    assert_fails(s, p, BAD_INPUT, "not the trusted key of 1281");
    assert_fails(s, p, BAD_INPUT, "2 of 4 releases refused");
}

static void what_is_left_out_is_said(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    struct program p = program_run_line(s, "pool @a @a @b @c -o @pooled.json --leave-out");
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "Left out: "));
    assert_non_null(strstr(p.out.p, "3 of 3 cities"));
}

/* Not even with --leave-out: both are published, and what they tell together must be dealt with first. */
static void releases_that_reveal_a_figure_together_stop_everything(void **state)
{
    const struct scratch *s = *state;

    publish(s, "first", &(struct town){.municipality = "1281", .women = 60});
    publish(s, "second", &(struct town){.municipality = "1281", .women = 65});
    struct program p = program_run_line(s, "pool @first @second -o @pooled.json --leave-out --json");
    assert_fails(s, p, REFUSED, "worked out too closely");
    assert_non_null(strstr(p.out.p, "\"status\": \"refused\""));
}

static void wrong_usage_is_told(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    assert_fails(s, program_run_line(s, "pool @a"), USAGE, "-o is needed");
    assert_fails(s, program_run_line(s, "pool -o @pooled.json"), USAGE, "expected RELEASE");
    assert_fails(s, program_run_line(s, "pool @a -o @pooled.json --seed x"), USAGE, "--seed");
}

static void a_fault_in_the_list_of_keys_is_told_with_its_place(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    (void)scratch_write(s, "bad.csv", S("municipality,key\n1281,nothing\n"));
    assert_fails(s, program_run_line(s, "pool @a -o @pooled.json --trust @bad.csv"), BAD_INPUT,
                 "bad.csv:2:2");
}

/* From the folder to the pooled file, as a programme lead does it. */
static void a_programme_takes_and_pools_releases(void **state)
{
    const struct scratch *s = *state;

    three_towns(s);
    assert_int_equal(program_run_line(s, "programme new @p --name Programmet").status, OK);
    assert_int_equal(
        program_run_line(s,
                         arena_printf(s->arena, "programme join @p --municipality 1280 --name Ort --key %s",
                                      town_key("1280", s->arena).p))
            .status,
        OK);
    assert_int_equal(program_run_line(s, "programme take @p @b").status, BAD_INPUT);
    assert_int_equal(program_run_line(s, "programme take @p @a").status, OK);
    struct program p = program_run_line(s, "programme pool @p -o @pooled.json");
    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "1 of 1 city pooled"));
    assert_true(is_written(s));
}

/* The fingerprint that was printed last, without its blanks. */
static const char *printed_fingerprint(const struct scratch *s, const struct program *p)
{
    const struct str out = str_trim(p->out);
    struct str key;

    assert_true(out.n > FINGERPRINT_TEXT);
    assert_true(key_parse(str_part(out, out.n - FINGERPRINT_TEXT, FINGERPRINT_TEXT), s->arena, &key));
    return arena_cstr(s->arena, key.p, key.n);
}

/* As two people at two machines do it, each reading a fingerprint out to the other. */
static void a_city_joins_a_programme_by_invitation(void **state)
{
    const struct scratch *s = *state;

    assert_int_equal(program_run_line(s, "programme new @p --name Programmet").status, OK);
    assert_int_equal(program_run_line(s, "init @c --municipality 1281").status, OK);
    const struct program invited =
        program_run_line(s, "programme invite @p --municipality 1281 --name Lund -o @lund.invitation");
    assert_int_equal(invited.status, OK);
    const char *answer =
        arena_printf(s->arena, "programme answer @c @lund.invitation --key %s -o @lund.answer",
                     printed_fingerprint(s, &invited));
    const struct program answered = program_run_line(s, answer);
    assert_int_equal(answered.status, OK);
    assert_fails(s, program_run_line(s, "programme accept @p @lund.answer"), REFUSED,
                 "read out the fingerprint");
    const char *accept = arena_printf(s->arena, "programme accept @p @lund.answer --key %s",
                                      printed_fingerprint(s, &answered));
    assert_int_equal(program_run_line(s, accept).status, OK);
    assert_non_null(strstr(program_run_line(s, "programme list @p").out.p, "1281  Lund"));
    assert_fails(s, program_run_line(s, accept), BAD_INPUT, "is good once");
    assert_fails(s, program_run_line(s, "programme answer @p @lund.invitation --key 1 -o @x"), BAD_INPUT,
                 "is a programme");
}

static void a_programme_publishes_no_mapping_and_a_city_takes_no_releases(void **state)
{
    const struct scratch *s = *state;

    assert_int_equal(program_run_line(s, "programme new @p --name Programmet").status, OK);
    assert_int_equal(program_run_line(s, "init @c --municipality 1281").status, OK);
    (void)scratch_write(s, "h.csv", S("A,B,count\n1,0,5\n"));
    assert_fails(s, program_run_line(s, "publish @p @h.csv --period 2025 --title a --title-en b"), BAD_INPUT,
                 "is a programme");
    assert_fails(s, program_run_line(s, "programme list @c"), BAD_INPUT, "is a city");
}

int main(void)
{
#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(trusted_releases_are_pooled),
        WITH_SCRATCH(without_a_list_of_keys_it_is_said_that_nothing_proves_who_signed),
        WITH_SCRATCH(json_is_what_is_written),
        WITH_SCRATCH(a_forged_release_stops_the_pool_and_is_named),
        WITH_SCRATCH(every_refused_release_is_named),
        WITH_SCRATCH(what_is_left_out_is_said),
        WITH_SCRATCH(releases_that_reveal_a_figure_together_stop_everything),
        WITH_SCRATCH(wrong_usage_is_told),
        WITH_SCRATCH(a_fault_in_the_list_of_keys_is_told_with_its_place),
        WITH_SCRATCH(a_city_joins_a_programme_by_invitation),
        WITH_SCRATCH(a_programme_takes_and_pools_releases),
        WITH_SCRATCH(a_programme_publishes_no_mapping_and_a_city_takes_no_releases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
