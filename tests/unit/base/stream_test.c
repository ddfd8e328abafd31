/* Bytes that come or go piece by piece. */
#include "base/stream.h"

#include "../unit.h"

#include "base/text.h"

#include <string.h>
#include <unistd.h>

static void bytes_are_taken_in_order(void **state)
{
    struct str rest = S("abcdef");
    struct source from = source_of_str(&rest, "a text");
    char out[3];
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(source_take(&from, out, 2, &e), OK);
    assert_int_equal(source_take(&from, out, 3, &e), OK);
    assert_memory_equal(out, "cde", 3);
    assert_str(rest, "f");
}

static void too_few_bytes_are_told_with_the_name(void **state)
{
    struct str rest = S("ab");
    struct source from = source_of_str(&rest, "a text");
    char out[3];
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(source_take(&from, out, 3, &e), BAD_INPUT);
    assert_says(e, "a text: cut short");
}

static void a_pipe_that_gives_little_at_a_time_is_filled_up(void **state)
{
    int ends[2];
    char out[8];
    size_t got = 0;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    assert_int_equal(write(ends[1], "de", 2), 2);
    close(ends[1]);
    struct source from = source_of_descriptor(&(struct descriptor){ends[0], "a pipe"});
    assert_int_equal(source_fill(&from, out, sizeof out, &got, &e), OK);
    close(ends[0]);
    assert_int_equal(got, 5);
    assert_memory_equal(out, "abcde", 5);
}

static void a_descriptor_that_cannot_be_read_is_a_failure_of_the_system(void **state)
{
    struct source from = source_of_descriptor(&(struct descriptor){-1, "nothing"});
    char out[1];
    size_t got = 0;
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(source_fill(&from, out, 1, &got, &e), SYSTEM);
    assert_says(e, "nothing: cannot be read");
}

static void a_text_takes_what_is_put(void **state)
{
    struct text t = text_open(*state);
    struct sink to = sink_to_text(&t);
    struct err e = {OK, ""};

    assert_int_equal(sink_put(&to, S("ab"), &e), OK);
    assert_int_equal(sink_put(&to, S(""), &e), OK);
    assert_int_equal(sink_put(&to, S("c"), &e), OK);
    assert_str(text_str(&t), "abc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_taken_in_order),
        cmocka_unit_test(too_few_bytes_are_told_with_the_name),
        cmocka_unit_test(a_pipe_that_gives_little_at_a_time_is_filled_up),
        cmocka_unit_test(a_descriptor_that_cannot_be_read_is_a_failure_of_the_system),
        WITH_ARENA(a_text_takes_what_is_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
