/* Encodings in the form that clkhash writes. */
#include "link/clk_json.h"

#include "../unit.h"

#include "base/text.h"

#include <string.h>

static enum status read_json(const char *json, struct encodings *x, struct arena *a, struct err *e)
{
    struct clk_header h;

    return clk_json_read(&h, x, "a.json", str_of(json), a, e);
}

static void the_first_bit_is_the_most_significant_of_the_first_byte(void **state)
{
    struct encodings x;
    struct err e = {OK, ""};

    /* 80 01 00 00 00 00 00 02: bits 0, 15 and 62 */
    assert_int_equal(read_json("{\"clks\": [\"gAEAAAAAAAI=\"]}", &x, *state, &e), OK);
    assert_int_equal(x.n, 1);
    assert_int_equal(x.group[0].bits, 64);
    assert_true(*filter_of(&x, 0, 0) == (1ULL | 1ULL << 15 | 1ULL << 62));
}

static void a_filter_without_a_bit_is_of_nobody(void **state)
{
    struct encodings x;
    struct err e = {OK, ""};

    assert_int_equal(read_json("{\"clks\": [\"AAAAAAAAAAA=\", \"gAEAAAAAAAI=\"]}", &x, *state, &e), OK);
    assert_int_equal(x.present[0], 0);
    assert_int_equal(x.present[1], 1);
}

static void blocks_beside_a_filter_are_passed_over(void **state)
{
    struct encodings x;
    struct err e = {OK, ""};

    assert_int_equal(read_json("{\"clknblocks\": [[\"gAEAAAAAAAI=\", \"1\", \"7\"]]}", &x, *state, &e), OK);
    assert_true(*filter_of(&x, 0, 0) == (1ULL | 1ULL << 15 | 1ULL << 62));
}

static void what_is_written_is_read_back(void **state)
{
    unsigned char filters[3 * 128];
    struct text out = text_open(*state);
    struct sink to = sink_to_text(&out);
    struct encodings x;
    struct err e = {OK, ""};

    for (size_t i = 0; i < sizeof filters; i++)
        filters[i] = (unsigned char)(37 * i + 1);
    assert_int_equal(clk_json_write(filters, 3, 1024, &to, *state, &e), OK);
    assert_true(clk_json_starts(text_str(&out)));
    assert_int_equal(read_json(out.p, &x, *state, &e), OK);
    assert_memory_equal(clk_json_order(&x, 0, *state), filters, sizeof filters);
}

static void what_is_not_of_the_form_is_told(void **state)
{
    static const char *const wrong[] = {"",
                                        "[",
                                        "[]",
                                        "{\"clks\": 3}",
                                        "{\"clks\": []}",
                                        "{\"clks\": [3]}",
                                        "{\"clks\": [\"\"]}",
                                        "{\"clks\": [\"gAE=\"]}",
                                        "{\"clks\": [\"not base64!!\"]}",
                                        "{\"clks\": [\"gAEAAAAAAAI=\", \"gAEAAAAAAAIAAAAAAAAAAA==\"]}",
                                        "{\"clknblocks\": [\"gAEAAAAAAAI=\"]}"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct encodings x;
        struct err e = {OK, ""};

        assert_int_equal(read_json(wrong[i], &x, *state, &e), BAD_INPUT);
        assert_says(e, "a.json");
    }
}

static void an_own_file_does_not_begin_like_one(void **state)
{
    (void)state;
    assert_true(clk_json_starts(S(" {\n \"clks\" : [")));
    assert_true(clk_json_starts(S("{\"clknblocks\":[[")));
    assert_false(clk_json_starts(S("{ \"format\": \"lykta-clk\"")));
    assert_false(clk_json_starts(S("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_first_bit_is_the_most_significant_of_the_first_byte),
        WITH_ARENA(a_filter_without_a_bit_is_of_nobody),
        WITH_ARENA(blocks_beside_a_filter_are_passed_over),
        WITH_ARENA(what_is_written_is_read_back),
        WITH_ARENA(what_is_not_of_the_form_is_told),
        cmocka_unit_test(an_own_file_does_not_begin_like_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
