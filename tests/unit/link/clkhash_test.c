/* The same bits as clkhash, by vectors computed with that program; people are invented. */
#include "link/clkhash.h"

#include "../unit.h"

#include "base/file.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

static json_t *vectors(struct arena *a)
{
    struct str bytes = {"", 0};
    struct err e;

    assert_int_equal(file_read(TEST_DATA "/pprl/clkhash_vectors.json", 1 << 20, a, &bytes, &e), OK);
    json_t *root = json_loadb(bytes.p, bytes.n, 0, NULL);
    assert_non_null(root);
    return root;
}

static void read_case(const json_t *test, struct clkhash_schema *out, struct arena *a)
{
    char *text = json_dumps(json_object_get(test, "schema"), 0);
    struct err e = {OK, ""};

    assert_int_equal(clkhash_schema_read(out, "vectors", str_copy(str_of(text), a), a, &e), OK);
    free(text);
}

static void assert_row(struct clkhash *x, const json_t *row, const char *expected, struct arena *a)
{
    struct str cells[CLKHASH_MAX_FEATURES];
    unsigned char clk[CLKHASH_MAX_BITS / 8];
    char text[CLKHASH_MAX_BITS];
    struct err e = {OK, ""};

    for (size_t i = 0; i < json_array_size(row); i++)
        cells[i] = str_of(json_string_value(json_array_get(row, i)));
    assert_int_equal(clkhash_encode(x, cells, a, clk, &e), OK);
    sodium_bin2base64(text, sizeof text, clk, 128, sodium_base64_VARIANT_ORIGINAL);
    assert_string_equal(text, expected);
}

/* Case 0: blakeHash with every comparison; 1: folded; 2: doubleHash; 3: without singularity. */
static void assert_case(size_t number, struct arena *a)
{
    json_t *root = vectors(a);
    const json_t *test = json_array_get(json_object_get(root, "cases"), number);
    const json_t *rows = json_object_get(root, "rows");
    struct clkhash_schema *schema = arena_new(a, 1, struct clkhash_schema);

    read_case(test, schema, a);
    struct clkhash *x = clkhash_open(schema, str_of(json_string_value(json_object_get(root, "secret"))), a);
    for (size_t i = 0; i < json_array_size(rows); i++)
        assert_row(x, json_array_get(rows, i),
                   json_string_value(json_array_get(json_object_get(test, "clks"), i)), a);
    json_decref(root);
}

static void blake_hash_gives_the_bits_of_clkhash(void **state)
{
    assert_case(0, *state);
}

static void folding_gives_the_bits_of_clkhash(void **state)
{
    assert_case(1, *state);
}

static void double_hash_gives_the_bits_of_clkhash(void **state)
{
    assert_case(2, *state);
}

static void double_hash_without_singularity_gives_the_bits_of_clkhash(void **state)
{
    assert_case(3, *state);
}

static void a_missing_value_is_replaced_or_gives_no_token(void **state)
{
    struct clkhash_feature f = {
        .comparison = CLKHASH_EXACT, .has_sentinel = true, .sentinel = S("N/A"), .replacement = S("")};
    struct str token[4];

    assert_int_equal(clkhash_tokens(&f, S("N/A"), *state, token, 4), 0);
    f.replacement = S("none");
    assert_int_equal(clkhash_tokens(&f, S("N/A"), *state, token, 4), 1);
    assert_str(token[0], "none");
}

static void a_number_that_is_none_is_told_without_the_cell(void **state)
{
    struct clkhash_schema s = {.bits = 64, .features = 1};
    const struct str cell = S("Påhittad");
    unsigned char out[8];
    struct err e;

    s.feature[0] = (struct clkhash_feature){.identifier = S("height"),
                                            .comparison = CLKHASH_NUMERIC,
                                            .threshold_distance = 5,
                                            .resolution = 3,
                                            .bits_per_feature = 10};
    assert_int_equal(clkhash_encode(clkhash_open(&s, S("secret"), *state), &cell, *state, out, &e),
                     BAD_INPUT);
    assert_says(e, "height");
    assert_null(strstr(e.what, "hittad"));
}

static void what_is_not_supported_is_refused_by_name(void **state)
{
    static const struct {
        const char *json;
        const char *says;
    } wrong[] = {
        {"{", "not a linkage schema"},
        {"{\"version\": 2}", "3, the version"},
        {"{\"version\": 3, \"clkConfig\": {\"l\": 1000, \"kdf\": {\"type\": \"HKDF\"}}}", "power of two"},
        {"{\"version\": 3, \"clkConfig\": {\"l\": 1024, \"kdf\": {\"type\": \"legacy\"}}}", "HKDF"},
        {"{\"version\": 3, \"clkConfig\": {\"l\": 1024, \"kdf\": {\"type\": \"HKDF\"}}, \"features\": []}",
         "1 to 48"},
    };
    struct clkhash_schema s;
    struct err e;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(clkhash_schema_read(&s, "s.json", str_of(wrong[i].json), *state, &e), BAD_INPUT);
        assert_says(e, wrong[i].says);
    }
}

/* A linkage schema that is read, whole, with the part after `key` written otherwise. */
static const char *otherwise(const char *key, const char *value, struct arena *a)
{
    static const struct {
        const char *key, *value;
    } part[] = {{"l", "1024"},
                {"xor_folds", "1"},
                {"kdf", "{\"type\": \"HKDF\", \"hash\": \"SHA256\", \"keySize\": 64, \"salt\": \"AAAA\", "
                        "\"info\": \"AAAA\"}"},
                {"identifier", "\"name\""},
                {"comparison", "{\"type\": \"ngram\", \"n\": 2}"},
                {"strategy", "{\"bitsPerToken\": 10}"},
                {"hash", "{\"type\": \"doubleHash\"}"},
                {"missingValue", "{\"sentinel\": \"N/A\", \"replaceWith\": \"\"}"}};
    const char *is[8];

    for (size_t i = 0; i < 8; i++)
        is[i] = strcmp(part[i].key, key) == 0 ? value : part[i].value;
    return arena_printf(a,
                        "{\"version\": 3, \"clkConfig\": {\"l\": %s, \"xor_folds\": %s, \"kdf\": %s}, "
                        "\"features\": [{\"identifier\": %s, \"hashing\": {\"comparison\": %s, "
                        "\"strategy\": %s, \"hash\": %s, \"missingValue\": %s}}]}",
                        is[0], is[1], is[2], is[3], is[4], is[5], is[6], is[7]);
}

static void each_part_of_a_linkage_schema_is_checked(void **state)
{
    static const struct {
        const char *key, *value;
        enum status status;
    } cases[] = {
        {"l", "1024", OK},
        {"l", "\"1024\"", BAD_INPUT},
        {"l", "32", BAD_INPUT},
        {"l", "16384", BAD_INPUT},
        {"l", "8192", BAD_INPUT}, /* folded once it was twice that */
        {"xor_folds", "-1", BAD_INPUT},
        {"xor_folds", "true", BAD_INPUT},
        {"kdf", "{\"type\": \"HKDF\"}", OK},
        {"kdf", "{\"type\": \"HKDF\", \"hash\": \"SHA512\"}", BAD_INPUT},
        {"kdf", "{\"type\": \"HKDF\", \"keySize\": 32}", BAD_INPUT},
        {"kdf", "{\"type\": \"HKDF\", \"keySize\": 0}", BAD_INPUT},
        {"kdf", "{\"type\": \"HKDF\", \"salt\": \"not base64!\"}", BAD_INPUT},
        {"kdf", "{\"type\": \"HKDF\", \"salt\": 7}", BAD_INPUT},
        {"kdf", "{\"type\": \"HKDF\", \"info\": \"AAA\"}", BAD_INPUT},
        {"identifier", "7", BAD_INPUT},
        {"comparison", "{\"type\": \"exact\"}", OK},
        {"comparison", "{\"type\": \"ngram\", \"n\": 3}", BAD_INPUT},
        {"comparison", "{\"type\": \"ngram\", \"positional\": true}", OK},
        {"comparison", "{\"type\": \"soundex\"}", BAD_INPUT},
        {"comparison", "{\"type\": \"numeric\", \"thresholdDistance\": 2.5}", OK},
        {"comparison", "{\"type\": \"numeric\", \"thresholdDistance\": 0}", BAD_INPUT},
        {"comparison", "{\"type\": \"numeric\", \"thresholdDistance\": 2e9}", BAD_INPUT},
        {"comparison", "{\"type\": \"numeric\"}", BAD_INPUT},
        {"comparison", "{\"type\": \"numeric\", \"thresholdDistance\": 1, \"resolution\": 0}", BAD_INPUT},
        {"comparison", "{\"type\": \"numeric\", \"thresholdDistance\": 1, \"fractionalPrecision\": 7}",
         BAD_INPUT},
        {"strategy", "{\"bitsPerFeature\": 100}", OK},
        {"strategy", "{}", BAD_INPUT},
        {"strategy", "{\"bitsPerToken\": 10, \"bitsPerFeature\": 100}", BAD_INPUT},
        {"strategy", "{\"bitsPerToken\": 0}", BAD_INPUT},
        {"strategy", "{\"bitsPerFeature\": 1e3}", BAD_INPUT},
        {"hash", "{\"type\": \"blakeHash\"}", OK},
        {"hash", "{\"type\": \"doubleHash\", \"prevent_singularity\": true}", OK},
        {"hash", "{\"type\": \"md5\"}", BAD_INPUT},
        {"missingValue", "{\"sentinel\": \"N/A\"}", OK},
        {"missingValue", "{}", BAD_INPUT},
        {"missingValue", "{\"sentinel\": \"N/A\", \"replaceWith\": 0}", BAD_INPUT},
    };
    struct clkhash_schema s;
    struct err e = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *json = otherwise(cases[i].key, cases[i].value, *state);

        if (clkhash_schema_read(&s, "s.json", str_of(json), *state, &e) != cases[i].status)
            fail_msg("%s: %s", json, e.what);
    }
    const char *many = arena_printf(*state, "\"%0*d\"", 201, 1);
    assert_int_equal(
        clkhash_schema_read(&s, "s.json", str_of(otherwise("identifier", many, *state)), *state, &e),
        BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(blake_hash_gives_the_bits_of_clkhash),
        WITH_ARENA(folding_gives_the_bits_of_clkhash),
        WITH_ARENA(double_hash_gives_the_bits_of_clkhash),
        WITH_ARENA(double_hash_without_singularity_gives_the_bits_of_clkhash),
        WITH_ARENA(a_missing_value_is_replaced_or_gives_no_token),
        WITH_ARENA(a_number_that_is_none_is_told_without_the_cell),
        WITH_ARENA(what_is_not_supported_is_refused_by_name),
        WITH_ARENA(each_part_of_a_linkage_schema_is_checked),
    };

    return cmocka_run_group_tests_name("clkhash", tests, NULL, NULL);
}
