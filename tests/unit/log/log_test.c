/* The log's lines, as who keeps them reads them. */
#include "../unit.h"

#include "log/log.h"

#include <string.h>
#include <unistd.h>

static const struct log json = {.form = LOG_JSON};

/* The line as it stands, without the time, which is the system's. */
static const char *shown(struct log_line *l)
{
    l->bytes[l->n] = '\0';
    const char *level = strstr(l->bytes, "\"level\"");

    return level ? level : l->bytes;
}

static void words_are_pairs(void **state)
{
    struct log_line l = log_begin(NULL, LOG_LEVEL_INFO, "request");

    (void)state;
    log_str(&l, "route", S("/plan/:id"));
    log_int(&l, "status", 200);
    assert_string_equal(shown(&l), "level=info event=request route=/plan/:id status=200");
}

static void words_that_could_be_read_as_another_pair_are_quoted(void **state)
{
    struct log_line l = log_begin(NULL, LOG_LEVEL_ERROR, "fault");

    (void)state;
    log_str(&l, "what", S("a=1 \"b\"\nlevel=info \\"));
    log_str(&l, "none", S(""));
    assert_string_equal(shown(&l),
                        "level=error event=fault what=\"a=1 \\\"b\\\" level=info \\\\\" none=\"\"");
}

static void json_has_the_time_and_numbers_as_numbers(void **state)
{
    struct log_line l = log_begin(&json, LOG_LEVEL_WARNING, "slow");

    (void)state;
    log_str(&l, "route", S("/plan"));
    log_int(&l, "ms", -3);
    assert_string_equal(shown(&l), "\"level\":\"warning\",\"event\":\"slow\",\"route\":\"/plan\",\"ms\":-3");
    assert_memory_equal(l.bytes, "{\"at\":\"2", 8);
    assert_int_equal(l.bytes[8 + 18], 'Z');
}

static void json_holds_no_quote_and_no_line_end_of_a_value(void **state)
{
    struct log_line l = log_begin(&json, LOG_LEVEL_ERROR, "fault");

    (void)state;
    log_str(&l, "what", S("a\",\"b\":\"\n\\ \x7f"));
    assert_string_equal(shown(&l),
                        "\"level\":\"error\",\"event\":\"fault\",\"what\":\"a\\\",\\\"b\\\":\\\" \\\\  \"");
}

/* What log_end writes, read back. */
static void read_written(struct log_line *l, char *out, size_t room)
{
    int ends[2];
    int before = dup(STDERR_FILENO);

    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_end(l);
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[1]);
    ssize_t n = read(ends[0], out, room - 1);
    assert_true(n > 0);
    out[n] = '\0';
    close(ends[0]);
}

static void a_value_that_is_too_long_is_cut_between_letters_and_the_line_ends(void **state)
{
    struct log_line l = log_begin(&json, LOG_LEVEL_ERROR, "fault");
    char long_value[1001];
    char written[2 * LOG_LINE_BYTES];

    (void)state;
    for (size_t i = 0; i < 1000; i += 2)
        memcpy(long_value + i, "\xc3\xa5", 2); /* å */
    memmove(long_value + 1, long_value, 999);
    long_value[0] = 'x'; /* so that the cut falls inside a letter */
    log_str(&l, "what", (struct str){long_value, 999});
    log_str(&l, "more", (struct str){long_value, 999});
    log_str(&l, "most", (struct str){long_value, 999}); /* has no room: left out whole */
    log_int(&l, "status", 500);
    read_written(&l, written, sizeof written);
    assert_true(str_is_utf8(str_of(written)));
    assert_null(strstr(written, "most"));
    assert_non_null(strstr(written, "\xc3\xa5\",\"status\":500}\n"));
}

static void settings_that_are_none_are_told(void **state)
{
    struct log out;
    struct err e = {0};

    (void)state;
    assert_int_equal(log_read(S("json"), S("250"), &out, &e), OK);
    assert_int_equal(out.form, LOG_JSON);
    assert_int_equal(out.slow_ms, 250);
    assert_int_equal(log_read(S("xml"), S("250"), &out, &e), BAD_INPUT);
    assert_says(e, "form in [log]: expected words or json, found \"xml\"");
    assert_int_equal(log_read(S("words"), S("-1"), &out, &e), BAD_INPUT);
    assert_says(e, "slow in [log]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_pairs),
        cmocka_unit_test(words_that_could_be_read_as_another_pair_are_quoted),
        cmocka_unit_test(json_has_the_time_and_numbers_as_numbers),
        cmocka_unit_test(json_holds_no_quote_and_no_line_end_of_a_value),
        cmocka_unit_test(a_value_that_is_too_long_is_cut_between_letters_and_the_line_ends),
        cmocka_unit_test(settings_that_are_none_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
