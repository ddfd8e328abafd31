/* lykta link, as the linkage unit calls it. The people are synthetic: tests/data/linkage. */
#include "../scratch.h"
#include "program.h"

#include "base/file.h"
#include "base/text.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char schema_of[] =
    "{\"lykta_schema\": 1, \"project\": \"Example\", \"round\": \"%s\", \"as_of\": \"2026-11-24\", "
    "\"fields\": [{\"kind\": \"name\", \"columns\": [\"given_name\"]}, {\"kind\": \"name\", \"columns\": [\"surname\"]}, "
    "{\"kind\": \"birth_date\", \"columns\": [\"date_of_birth\"]}, {\"kind\": \"place\", \"columns\": [\"suburb\"]}, "
    "{\"kind\": \"place\", \"columns\": [\"postcode\"]}], \"strata\": [\"age\"]}";
static const char key[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";
static const char other_key[] = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

/* The first `rows` people of a file, encoded as the list `name`; the path of the encodings. */
static const char *encode(struct scratch *s, const char *file, size_t rows, const char *name,
                          const char *round, const char *digits)
{
    const char *schema = scratch_write(s, "schema.json", str_of(arena_printf(s->arena, schema_of, round)));
    const char *out = scratch_path(s, arena_printf(s->arena, "%s.clk", name));
    struct str all;
    struct err e;
    size_t end = 0;

    assert_int_equal(
        file_read(arena_printf(s->arena, "%s/linkage/%s", TEST_DATA, file), 1 << 24, s->arena, &all, &e), OK);
    for (size_t line = 0; end < all.n && line <= rows; end++)
        line += all.p[end] == '\n';
    const char *list = scratch_write(s, "list.csv", str_part(all, 0, end));
    struct program p =
        program_run(ARGUMENTS("encode", "--schema", schema, "--secret",
                              scratch_write(s, "key", str_of(digits)), "--list", name, list, "-o", out),
                    S(""), s->arena);
    assert_int_equal(p.status, OK);
    return out;
}

static void two_lists_become_histories_and_what_is_known_of_them(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 600, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 1500, "clinic", "1", key);
    const char *out = scratch_path(s, "histories.csv");
    struct program p = program_run(
        ARGUMENTS("link", a, b, "--strata", "age", "--imputations", "10", "-o", out), S(""), s->arena);
    struct str histories;
    struct err e;

    assert_int_equal(p.status, OK);
    assert_non_null(strstr(p.out.p, "On both shelter and clinic: "));
    assert_int_equal(file_read(out, 1 << 20, s->arena, &histories, &e), OK);
    assert_true(str_starts(histories, S("imputation,shelter,clinic,age,count\n1,")));
}

static void a_linkage_taken_for_certain_can_be_estimated_from(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 600, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 1500, "clinic", "1", key);
    struct program p = program_run(ARGUMENTS("link", a, b, "--imputations", "0"), S(""), s->arena);
    struct program estimate = program_run(ARGUMENTS("estimate", "-", "--replicates", "0"), p.out, s->arena);

    assert_int_equal(p.status, OK);
    assert_int_equal(estimate.status, OK);
}

static void assert_refused(const char *a, const char *b, int status, const char *says, struct scratch *s)
{
    struct program p = program_run(ARGUMENTS("link", a, b), S(""), s->arena);

    assert_int_equal(p.status, status);
    assert_int_equal(p.out.n, 0);
    assert_non_null(strstr(p.err.p, says));
}

/* The file of questions with one answer to all of them. */
static const char *answer_all(struct scratch *s, const char *questions, const char *answer)
{
    struct text out = text_open(s->arena);
    struct str rest;
    struct str line;
    struct err e;

    assert_int_equal(file_read(questions, 1 << 20, s->arena, &rest, &e), OK);
    str_cut(rest, '\n', &line, &rest);
    text_format(&out, "%.*s\n", STR(line));
    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest);
        text_format(&out, "%.*s%s\n", STR(line), answer);
    }
    return scratch_write(s, "answers.csv", text_str(&out));
}

static void the_owners_answers_tell_how_right_the_links_are(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 600, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 1500, "clinic", "1", key);
    const char *out = scratch_path(s, "histories.csv");
    const char *questions = scratch_path(s, "questions.csv");
    struct program asked = program_run(ARGUMENTS("link", a, b, "--imputations", "10", "--sample", questions,
                                                 "--sample-size", "40", "-o", out),
                                       S(""), s->arena);
    assert_int_equal(asked.status, OK);
    const char *answers = answer_all(s, questions, "nej");
    struct program told = program_run(ARGUMENTS("link", a, b, "--imputations", "10", "--answers", answers,
                                                "--sample-size", "40", "-o", out),
                                      S(""), s->arena);
    struct program other = program_run(ARGUMENTS("link", a, b, "--imputations", "10", "--answers", answers,
                                                 "--sample-size", "40", "--seed", "2", "-o", out),
                                       S(""), s->arena);

    assert_int_equal(told.status, OK);
    assert_non_null(strstr(told.out.p, " 0.0 % of the links are right"));
    assert_int_equal(other.status, BAD_INPUT);
    assert_non_null(strstr(other.err.p, "not the pair that was asked about"));
}

/* All pairs that may be one person are asked about, so that some are of one of a list with two of the other.
 */
static void answers_that_cannot_all_be_true_are_told_by_their_number(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 600, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 1500, "clinic", "1", key);
    const char *out = scratch_path(s, "histories.csv");
    const char *questions = scratch_path(s, "questions.csv");

    program_run(ARGUMENTS("link", a, b, "--imputations", "10", "--sample", questions, "--sample-size", "2000",
                          "-o", out),
                S(""), s->arena);
    const char *answers = answer_all(s, questions, "ja");
    struct program p = program_run(ARGUMENTS("link", a, b, "--imputations", "10", "--answers", answers,
                                             "--sample-size", "2000", "-o", scratch_path(s, "other.csv")),
                                   S(""), s->arena);

    assert_int_equal(p.status, BAD_INPUT);
    assert_non_null(strstr(p.err.p, "answers.csv: number "));
    assert_non_null(strstr(p.err.p, "cannot be yes"));
    assert_int_not_equal(access(scratch_path(s, "other.csv"), F_OK), 0);
}

/* The number behind the first `name` after `from`. */
static double number_after(const char *from, const char *name)
{
    const char *at = strstr(from, name);

    assert_non_null(at);
    return strtod(at + strlen(name), NULL);
}

static void a_sweep_holds_what_is_told_at_evens(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 600, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 1500, "clinic", "1", key);
    struct program p = program_run(ARGUMENTS("link", a, b, "--imputations", "10", "--sweep", "--sweep-odds",
                                             "0.03,1000", "--json", "-o", scratch_path(s, "h.csv")),
                                   S(""), s->arena);

    assert_int_equal(p.status, OK);
    const char *sweep = strstr(p.out.p, "\"sweep\": {");
    assert_non_null(sweep);
    assert_true(number_after(sweep, "\"odds\": ") == 0.03);
    const char *even = strstr(sweep, "\"odds\": 1,");
    assert_non_null(even);
    assert_true(number_after(even, "\"probability\": ") == 0.5);
    assert_true(number_after(even, "\"links\": ") == number_after(p.out.p, "\"links\": "));
    assert_true(number_after(even, "\"known\": ") == number_after(p.out.p, "\"known\": "));
    assert_non_null(strstr(even, "\"odds\": 1000,"));
}

static void a_sweep_over_what_are_no_odds_is_wrong_usage(void **state)
{
    static const char *const wrong[] = {"2,10", "0.1,0.5", "1,1",  "0,10",   "0.0001,10",  "0.1,1e7", "0.1",
                                        "a,b",  "nan,10",  "0.1,", "10,0.1", "0.1,10,100", "-1,10"};
    struct scratch *s = *state;
    const char *out = scratch_path(s, "h.csv");

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct program p = program_run(
            ARGUMENTS("link", "a", "b", "-o", out, "--sweep", "--sweep-odds", wrong[i]), S(""), s->arena);

        assert_int_equal(p.status, USAGE);
        assert_non_null(strstr(p.err.p, "--sweep-odds: expected FROM,TO"));
    }
}

static void a_sweep_without_what_it_needs_is_wrong_usage(void **state)
{
    struct scratch *s = *state;
    const char *out = scratch_path(s, "h.csv");
    struct program alone = program_run(ARGUMENTS("link", "a", "b", "--sweep"), S(""), s->arena);
    struct program certain =
        program_run(ARGUMENTS("link", "a", "b", "--sweep", "--imputations", "0", "-o", out), S(""), s->arena);
    struct program odds =
        program_run(ARGUMENTS("link", "a", "b", "--sweep-odds", "0.1,10", "-o", out), S(""), s->arena);

    assert_int_equal(alone.status, USAGE);
    assert_non_null(strstr(alone.err.p, "--sweep needs -o"));
    assert_int_equal(certain.status, USAGE);
    assert_non_null(strstr(certain.err.p, "--sweep needs --imputations"));
    assert_int_equal(odds.status, USAGE);
    assert_non_null(strstr(odds.err.p, "give both"));
}

static void another_key_or_round_is_told_and_not_linked(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 50, "shelter", "1", key);

    assert_refused(a, encode(s, "febrl4b.csv", 50, "clinic", "1", other_key), BAD_INPUT, "different keys", s);
    assert_refused(a, encode(s, "febrl4b.csv", 50, "clinic", "2", key), BAD_INPUT, "round", s);
}

static void a_list_of_a_few_people_needs_the_coordinators_word(void **state)
{
    struct scratch *s = *state;

    assert_refused(encode(s, "febrl4a.csv", 50, "shelter", "1", key),
                   encode(s, "febrl4b.csv", 3, "clinic", "1", key), REFUSED, "--few", s);
}

/* Starts linking lists `a` and `b`, the second through a pipe, and returns when all of it has been taken in:
 * the program has then set up what stops it, and has hours of draws before it. */
static pid_t start_linking(struct scratch *s, const char *a, const char *b, const char *out)
{
    const char *argv[] = {TEST_PROGRAM, "link", a, "-", "--imputations", "10000", "-o", out, NULL};
    struct str bytes;
    struct err e;
    int ends[2];

    assert_int_equal(file_read(b, 1 << 24, s->arena, &bytes, &e), OK);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[1]);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(ends[0]);
    for (size_t n = 0; n < bytes.n;) {
        ssize_t written = write(ends[1], bytes.p + n, bytes.n - n);

        assert_true(written > 0);
        n += (size_t)written;
    }
    close(ends[1]);
    return child;
}

static void a_signal_stops_a_linkage_and_nothing_is_written(void **state)
{
    struct scratch *s = *state;
    const char *out = scratch_path(s, "histories.csv");
    pid_t child = start_linking(s, encode(s, "febrl4a.csv", 600, "shelter", "1", key),
                                encode(s, "febrl4b.csv", 1500, "clinic", "1", key), out);
    int status = 0;

    assert_int_equal(kill(child, SIGINT), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), SYSTEM);
    struct program p = program_run_other(ARGUMENTS("ls", s->folder), S(""), s->arena);
    assert_str(p.out, "clinic.clk\nkey\nlist.csv\nschema.json\nshelter.clk\n");
}

static void histories_that_find_no_room_are_told_and_not_half_written(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 600, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 1500, "clinic", "1", key);
    const char *out = scratch_path(s, "histories.csv");
    const char *script =
        arena_printf(s->arena, "trap '' XFSZ; ulimit -f 1; '%s' link %s %s --imputations 100 -o %s",
                     TEST_PROGRAM, a, b, out);
    struct program p = program_run_other(ARGUMENTS("bash", "-c", script), S(""), s->arena);

    assert_int_equal(p.status, SYSTEM);
    assert_non_null(strstr(p.err.p, "cannot be written"));
    p = program_run_other(ARGUMENTS("ls", s->folder), S(""), s->arena);
    assert_str(p.out, "clinic.clk\nkey\nlist.csv\nschema.json\nshelter.clk\n");
}

/* Whatever happened to it on the way: nothing is linked with a list that is not whole. */
static void a_list_that_is_cut_or_changed_is_told_and_not_linked(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 50, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 50, "clinic", "1", key);
    struct str bytes;
    struct err e;

    assert_int_equal(file_read(b, 1 << 20, s->arena, &bytes, &e), OK);
    assert_refused(a, scratch_write(s, "cut.clk", str_part(bytes, 0, bytes.n / 2)), BAD_INPUT, "cut short",
                   s);
    char *changed = arena_new(s->arena, bytes.n, char);
    memcpy(changed, bytes.p, bytes.n);
    changed[bytes.n - 100] ^= 1;
    assert_refused(a, scratch_write(s, "changed.clk", (struct str){changed, bytes.n}), BAD_INPUT,
                   "changed on the way", s);
}

static void the_same_list_twice_is_bad_input(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 50, "shelter", "1", key);

    assert_refused(a, a, BAD_INPUT, "the same list's name", s);
}

static void strata_that_the_schema_does_not_give_are_bad_input(void **state)
{
    struct scratch *s = *state;
    const char *a = encode(s, "febrl4a.csv", 50, "shelter", "1", key);
    const char *b = encode(s, "febrl4b.csv", 50, "clinic", "1", key);

    assert_int_equal(program_run(ARGUMENTS("link", a, b, "--strata", "gender"), S(""), s->arena).status,
                     BAD_INPUT);
    assert_int_equal(program_run(ARGUMENTS("link", a, b, "--strata", "shoes"), S(""), s->arena).status,
                     USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(two_lists_become_histories_and_what_is_known_of_them),
        WITH_SCRATCH(a_linkage_taken_for_certain_can_be_estimated_from),
        WITH_SCRATCH(the_owners_answers_tell_how_right_the_links_are),
        WITH_SCRATCH(answers_that_cannot_all_be_true_are_told_by_their_number),
        WITH_SCRATCH(a_sweep_holds_what_is_told_at_evens),
        WITH_SCRATCH(a_sweep_over_what_are_no_odds_is_wrong_usage),
        WITH_SCRATCH(a_sweep_without_what_it_needs_is_wrong_usage),
        WITH_SCRATCH(another_key_or_round_is_told_and_not_linked),
        WITH_SCRATCH(a_list_of_a_few_people_needs_the_coordinators_word),
        WITH_SCRATCH(a_signal_stops_a_linkage_and_nothing_is_written),
        WITH_SCRATCH(histories_that_find_no_room_are_told_and_not_half_written),
        WITH_SCRATCH(a_list_that_is_cut_or_changed_is_told_and_not_linked),
        WITH_SCRATCH(the_same_list_twice_is_bad_input),
        WITH_SCRATCH(strata_that_the_schema_does_not_give_are_bad_input),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
