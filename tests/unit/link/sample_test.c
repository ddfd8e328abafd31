/* Samples of pairs, on linkages that are made up, so that it is known which pairs are one person. */
#include "link/sample.h"

#include "../unit.h"

#include "base/rng.h"

#include <math.h>
#include <string.h>

enum { LINKS = 600, OTHERS = 2000, ASKED = 200 };

struct made {
    struct linkage linkage;
    struct linkage_link link[LINKS], other[OTHERS];
    bool is_link_right[LINKS], is_other_right[OTHERS];
    double right, matches;
};

/* Pairs with log odds from -7 to 9, each one person as likely as they say; those at -1 and more are linked
 * but for one in ten. */
static struct made *made_of(uint64_t seed, struct arena *a)
{
    struct made *x = arena_new(a, 1, struct made);
    struct rng r = rng_open(seed, 0);

    x->linkage = (struct linkage){.lists = 2, .name = {S("a"), S("=b")}, .link = x->link, .other = x->other};
    for (uint32_t i = 0; x->linkage.links < LINKS && x->linkage.others < OTHERS; i++) {
        double log_odds = 16.0 * rng_unit(&r) - 7.0;
        double p = 1.0 / (1.0 + exp(-log_odds));
        bool is_right = rng_unit(&r) < p;
        struct linkage_link pair = {0, i, 1, i + 7, 0, log_odds, p};

        x->matches += is_right;
        if (log_odds < -1.0 || rng_unit(&r) < 0.1) {
            x->is_other_right[x->linkage.others] = is_right;
            x->other[x->linkage.others++] = pair;
            continue;
        }
        x->right += is_right;
        x->is_link_right[x->linkage.links] = is_right;
        x->link[x->linkage.links++] = pair;
    }
    return x;
}

/* The questions with the true answers. */
static struct str answers_of(const struct made *m, const struct sample *x, struct arena *a)
{
    struct text questions = text_open(a);
    struct text out = text_open(a);
    struct str line;
    struct str rest;

    sample_csv(&questions, x);
    str_cut(text_str(&questions), '\n', &line, &rest);
    text_format(&out, "%.*s\n", STR(line));
    for (size_t i = 0; i < x->n; i++) {
        const struct linkage_link *pair = x->pair[i];
        bool is_link = pair >= m->link && pair < m->link + LINKS;
        bool is_right = is_link ? m->is_link_right[pair - m->link] : m->is_other_right[pair - m->other];

        str_cut(rest, '\n', &line, &rest);
        text_format(&out, "%.*s%s\n", STR(line), is_right ? "ja" : "no");
    }
    return text_str(&out);
}

static struct sample asked_of(const struct made *m, uint64_t seed, struct arena *a)
{
    struct sample x;
    struct err e = {OK, ""};

    sample_draw(&x, &m->linkage, ASKED, seed, a);
    if (sample_read(&x, "answers", answers_of(m, &x, a), a, &e) != OK)
        fail_msg("%s", e.what);
    return x;
}

/* 95 of 100 with a deviation of 2.2: fewer than 86 is once in 10^4, and the seeds are always the same. */

static void the_truth_is_inside_the_limits_as_often_as_they_say(void **state)
{
    int precise = 0;
    int found = 0;

    for (uint64_t seed = 0; seed < 100; seed++) {
        struct arena *a = arena_open();
        const struct made *m = made_of(seed, a);
        struct sample x = asked_of(m, seed, a);
        struct sample_share precision = sample_precision(&x);
        struct sample_share recall = sample_recall(&x);

        precise += precision.low <= m->right / (double)m->linkage.links &&
                   m->right / (double)m->linkage.links <= precision.high;
        found += recall.low <= m->right / m->matches && m->right / m->matches <= recall.high;
        arena_close(a);
    }
    (void)state;
    if (precise < 86 || found < 86)
        fail_msg("inside the limits: precision %d, recall %d of 100", precise, found);
}

static void every_pair_is_asked_about_once_at_most(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    assert_in_range(x.n, ASKED / 2, ASKED);
    for (size_t i = 0; i < x.n; i++)
        for (size_t k = 0; k < i; k++)
            assert_ptr_not_equal(x.pair[i], x.pair[k]);
}

static void the_same_seed_asks_about_the_same_pairs(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;
    struct sample y;

    sample_draw(&x, &m->linkage, ASKED, 5, *state);
    sample_draw(&y, &m->linkage, ASKED, 5, *state);
    assert_memory_equal(x.pair, y.pair, x.n * sizeof *x.pair);
}

/* The order of the questions tells nothing of what the program thinks of them. */
static void nothing_of_a_pair_is_told_but_its_place(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;
    struct text out = text_open(*state);

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    sample_csv(&out, &x);
    assert_true(str_starts(text_str(&out), S("number,list_a,row_a,list_b,row_b,answer\n1,a,")));
    size_t turns = 0;
    for (size_t i = 1; i < x.n; i++)
        turns += x.part_of[i] != x.part_of[i - 1];
    assert_true(turns > x.n / 3);
}

static void answers_to_another_sample_are_refused(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;
    struct sample y;
    struct err e = {OK, ""};

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    sample_draw(&y, &m->linkage, ASKED, 2, *state);
    assert_int_equal(sample_read(&y, "answers", answers_of(m, &x, *state), *state, &e), BAD_INPUT);
    assert_says(e, "not the pair that was asked about");
}

static void what_is_no_answer_is_told_with_its_line(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;
    struct err e = {OK, ""};

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    struct str maybe =
        str_of(arena_printf(*state, "number,list_a,row_a,list_b,row_b,answer\n1,a,%u,=b,%u,maybe\n",
                            x.pair[0]->i + 1, x.pair[0]->j + 1));
    assert_int_equal(sample_read(&x, "answers", maybe, *state, &e), BAD_INPUT);
    assert_says(e, "answers:2:6: expected yes, no, or nothing");
    assert_int_equal(sample_read(&x, "answers", S("a,b\n1,2\n"), *state, &e), BAD_INPUT);
    assert_says(e, "has no column number");
    assert_int_equal(sample_read(&x, "answers",
                                 S("number,list_a,row_a,list_b,row_b,answer\n900,a,1,b,1,yes\n"), *state, &e),
                     BAD_INPUT);
    assert_says(e, "expected each number from 1 to");
}

/* Three lists of a few people, all asked about: a0 b0, a0 b1, a0 c0, b0 c0, with the answers given. */
static enum status read_answers(const char *const answer[4], struct arena *a, struct err *e)
{
    static const uint32_t place[4][4] = {{0, 0, 1, 0}, {0, 0, 1, 1}, {0, 0, 2, 0}, {1, 0, 2, 0}};
    static const char *const names[] = {"a", "b", "c"};
    struct linkage_link *pair = arena_new(a, 4, struct linkage_link);
    struct linkage x = {.lists = 3, .name = {S("a"), S("b"), S("c")}, .link = pair, .links = 4};
    struct text csv = text_open(a);
    struct sample asked;

    for (size_t k = 0; k < 4; k++)
        pair[k] = (struct linkage_link){place[k][0], place[k][1], place[k][2], place[k][3], 0, 1.0, 0.7};
    sample_draw(&asked, &x, SAMPLE_LEAST, 1, a);
    assert_int_equal(asked.n, 4);
    text_lit(&csv, "number,list_a,row_a,list_b,row_b,answer\n");
    for (size_t i = 0; i < asked.n; i++) {
        const struct linkage_link *p = asked.pair[i];

        text_format(&csv, "%zu,%s,%u,%s,%u,%s\n", i + 1, names[p->list_a], p->i + 1, names[p->list_b],
                    p->j + 1, answer[p - pair]);
    }
    return sample_read(&asked, "answers", text_str(&csv), a, e);
}

static void answers_that_cannot_all_be_true_are_refused(void **state)
{
    struct err e = {OK, ""};

    assert_int_equal(read_answers((const char *const[]){"yes", "no", "yes", "yes"}, *state, &e), OK);
    assert_int_equal(read_answers((const char *const[]){"yes", "yes", "no", "no"}, *state, &e), BAD_INPUT);
    assert_says(e, "cannot be yes, since with the answers before it two people of one list");
    assert_int_equal(read_answers((const char *const[]){"", "yes", "yes", "yes"}, *state, &e), BAD_INPUT);
    assert_says(e, "cannot be yes");
    assert_int_equal(read_answers((const char *const[]){"yes", "no", "yes", "no"}, *state, &e), BAD_INPUT);
    assert_says(e, "cannot be no, since by other answers both are the same person as a third");
}

static void a_pair_that_is_answered_twice_is_refused(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;
    struct err e = {OK, ""};

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    unsigned i = x.pair[0]->i + 1;
    unsigned j = x.pair[0]->j + 1;
    struct str twice = str_of(arena_printf(
        *state, "number,list_a,row_a,list_b,row_b,answer\n1,a,%u,=b,%u,yes\n1,a,%u,=b,%u,no\n", i, j, i, j));
    assert_int_equal(sample_read(&x, "answers", twice, *state, &e), BAD_INPUT);
    assert_says(e, "answers:3:1: expected each number from 1 to");
}

static void what_nobody_can_tell_is_no_answer(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;
    struct linkage_answers told;
    struct err e = {OK, ""};

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    struct str one = str_of(
        arena_printf(*state, "number,list_a,row_a,list_b,row_b,answer\n2,a,%u,'=b,%u,nej\n1,a,%u,=b,%u,\n",
                     x.pair[1]->i + 1, x.pair[1]->j + 1, x.pair[0]->i + 1, x.pair[0]->j + 1));
    assert_int_equal(sample_read(&x, "answers", one, *state, &e), OK);
    sample_answers(&x, &told, *state);
    assert_int_equal(told.n, 1);
    assert_int_equal(told.answer[0].i, x.pair[1]->i);
    assert_false(told.answer[0].is_same);
}

/* Who carries the questions has the names of the lists and nothing else. */
static void questions_are_read_without_the_linkage(void **state)
{
    const struct made *m = made_of(1, *state);
    const struct linkage lists = {.lists = 2, .name = {S("=b"), S("a")}};
    struct text questions = text_open(*state);
    struct text again = text_open(*state);
    struct sample x;
    struct sample read;
    struct err e = {OK, ""};

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    sample_csv(&questions, &x);
    assert_int_equal(
        sample_questions_read(&read, &lists, "questions", text_str(&questions), ASKED, *state, &e), OK);
    assert_int_equal(read.n, x.n);
    assert_int_equal(read.pair[0]->list_a, 1);
    sample_csv(&again, &read);
    assert_true(str_equal(text_str(&again), text_str(&questions)));
}

static void what_is_no_file_of_questions_is_refused(void **state)
{
    static const char *const wrong[][2] = {
        {"number,list_a,row_a,list_b,row_b,answer\n", "holds no question"},
        {"number,list_a,row_a,list_b,row_b\n1,a,1,b,1\n", "has no column answer"},
        {"number,list_a,row_a,list_b,row_b,answer\n2,a,1,b,1,\n", "expected number 1"},
        {"number,list_a,row_a,list_b,row_b,answer\n1,a,0,b,1,\n", "expected two places"},
        {"number,list_a,row_a,list_b,row_b,answer\n1,a,1,c,1,\n", "names of two lists"},
        {"number,list_a,row_a,list_b,row_b,answer\n1,a,1,a,2,\n", "names of two lists"},
        {"number,list_a,row_a,list_b,row_b,answer\n1,a,1,b,2,yes\n", "expected no answer yet"},
        {"number,list_a,row_a,list_b,row_b,answer\n1,a,1,b,2,\n2,a,2,b,2,\n3,a,3,b,2,\n",
         "2 questions at most"},
    };
    const struct linkage lists = {.lists = 2, .name = {S("a"), S("b")}};
    struct sample read;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct err e = {OK, ""};

        assert_int_equal(sample_questions_read(&read, &lists, "q", str_of(wrong[i][0]), 2, *state, &e),
                         BAD_INPUT);
        assert_says(e, wrong[i][1]);
    }
}

/* Answers as they are carried back are those that are read. */
static void answers_are_written_as_they_are_read(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x = asked_of(m, 1, *state);
    struct sample again;
    struct text csv = text_open(*state);
    struct err e = {OK, ""};

    sample_csv(&csv, &x);
    sample_draw(&again, &m->linkage, ASKED, 1, *state);
    assert_int_equal(sample_read(&again, "answers", text_str(&csv), *state, &e), OK);
    assert_memory_equal(again.answer, x.answer, x.n * sizeof *x.answer);
}

/* Where nobody can tell, the limits are wide: they say nothing of that part. */
static void without_answers_the_limits_are_wide(void **state)
{
    const struct made *m = made_of(1, *state);
    struct sample x;

    sample_draw(&x, &m->linkage, ASKED, 1, *state);
    struct sample_share recall = sample_recall(&x);
    assert_true(recall.high - recall.low > 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_truth_is_inside_the_limits_as_often_as_they_say),
        WITH_ARENA(every_pair_is_asked_about_once_at_most),
        WITH_ARENA(the_same_seed_asks_about_the_same_pairs),
        WITH_ARENA(nothing_of_a_pair_is_told_but_its_place),
        WITH_ARENA(answers_to_another_sample_are_refused),
        WITH_ARENA(what_is_no_answer_is_told_with_its_line),
        WITH_ARENA(answers_that_cannot_all_be_true_are_refused),
        WITH_ARENA(a_pair_that_is_answered_twice_is_refused),
        WITH_ARENA(what_nobody_can_tell_is_no_answer),
        WITH_ARENA(questions_are_read_without_the_linkage),
        WITH_ARENA(what_is_no_file_of_questions_is_refused),
        WITH_ARENA(answers_are_written_as_they_are_read),
        WITH_ARENA(without_answers_the_limits_are_wide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
