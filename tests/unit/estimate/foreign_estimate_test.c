/* Estimates for other languages. */
#include "estimate/foreign_estimate.h"

#include "reference.h"

#include "base/text.h"
#include "estimate/estimate.h"
#include "estimate/estimate_json.h"

#include <string.h>

static const char table[] =
    "A,B,C,count\n1,0,0,120\n0,1,0,150\n0,0,1,90\n1,1,0,40\n1,0,1,30\n0,1,1,35\n1,1,1,12\n";

static void the_answer_is_the_json_of_the_estimate(void **state)
{
    struct estimate_options options = {.threshold = 0.02, .replicates = 1000, .seed = 7, .threads = 2};
    struct text json = text_open(*state);
    struct counts counts;
    struct estimate x;
    struct err e;
    size_t n = 0;

    assert_int_equal(counts_read(&counts, "table", str_of(table), *state, &e), OK);
    assert_int_equal(estimate(&counts, &options, *state, &x, &e), OK);
    estimate_json(&json, &x, LYKTA_VERSION);
    struct foreign_answer *answer = foreign_estimate(table, sizeof table - 1, "stepwise", 1000, 7, 1);
    assert_int_equal(foreign_status(answer), 0);
    const unsigned char *bytes = foreign_bytes(answer, &n);
    assert_int_equal(n, json.n);
    assert_memory_equal(bytes, json.p, n);
    foreign_close(answer);
}

static void assert_fault(const char *csv, const char *method, int64_t replicates, enum status wanted)
{
    struct foreign_answer *answer = foreign_estimate(csv, strlen(csv), method, replicates, 1, 1);
    size_t n = 1;

    assert_int_equal(foreign_status(answer), wanted);
    assert_true(strlen(foreign_sentence(answer)) > 10);
    assert_null(foreign_bytes(answer, &n));
    assert_int_equal(n, 0);
    foreign_close(answer);
}

static void what_is_wrong_is_told_in_a_sentence(void **state)
{
    (void)state;
    assert_fault(table, "guess", 0, USAGE);
    assert_fault(table, NULL, 0, USAGE);
    assert_fault(table, "bic", -2, USAGE);
    assert_fault("A,B,count\n1,1,-3\n", "stepwise", 0, BAD_INPUT);
}

static void addresses_alone_are_enough(void **state)
{
    const char *csv = table;
    const char *method = "stepwise";
    double replicates = 0.0;
    double seed = 1.0;
    char place[20000];
    char *out = place;
    int room = sizeof place;
    int status = -1;

    (void)state;
    foreign_estimate_into(&csv, &method, &replicates, &seed, &room, &status, &out);
    assert_int_equal(status, 0);
    assert_non_null(strstr(place, "\"n\": 477,"));
    room = 40;
    memset(place, 'x', sizeof place);
    foreign_estimate_into(&csv, &method, &replicates, &seed, &room, &status, &out);
    assert_int_equal(status, USAGE);
    assert_int_equal(strlen(place), 39);
    assert_true(place[40] == 'x');
    room = 0;
    foreign_estimate_into(&csv, &method, &replicates, &seed, &room, &status, &out);
    assert_int_equal(status, USAGE);
    double half = 0.5;
    room = sizeof place;
    foreign_estimate_into(&csv, &method, &half, &seed, &room, &status, &out);
    assert_int_equal(status, USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_answer_is_the_json_of_the_estimate),
        WITH_ARENA(what_is_wrong_is_told_in_a_sentence),
        WITH_ARENA(addresses_alone_are_enough),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
