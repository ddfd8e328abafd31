/* Random numbers from a secret key. */
#include "protect/keystream.h"

#include "../unit.h"

#include <string.h>

/* RFC 5869, appendix A.1: a salt and two blocks out. */
static void hkdf_gives_the_first_test_vector_of_its_standard(void **state)
{
    static const unsigned char expected[42] = {
        0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a, 0x90, 0x43, 0x4f, 0x64, 0xd0, 0x36,
        0x2f, 0x2a, 0x2d, 0x2d, 0x0a, 0x90, 0xcf, 0x1a, 0x5a, 0x4c, 0x5d, 0xb0, 0x2d, 0x56,
        0xec, 0xc4, 0xc5, 0xbf, 0x34, 0x00, 0x72, 0x08, 0xd5, 0xb8, 0x87, 0x18, 0x58, 0x65};
    char secret[22];
    unsigned char out[42];

    (void)state;
    memset(secret, 0x0b, sizeof secret);
    hkdf_sha256((struct str){secret, sizeof secret},
                S("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"),
                S("\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9"), out, sizeof out);
    assert_memory_equal(out, expected, sizeof out);
}

/* RFC 5869, appendix A.3: neither salt nor info. */
static void hkdf_without_salt_gives_the_third_test_vector(void **state)
{
    static const unsigned char expected[8] = {0x8d, 0xa4, 0xe7, 0x75, 0xa5, 0x63, 0xc1, 0x8f};
    char secret[22];
    unsigned char out[42];

    (void)state;
    memset(secret, 0x0b, sizeof secret);
    hkdf_sha256((struct str){secret, sizeof secret}, S(""), S(""), out, sizeof out);
    assert_memory_equal(out, expected, sizeof expected);
}

static void draw_numbers(unsigned char first, const char *purpose, uint64_t draw, uint64_t out[200])
{
    unsigned char key[KEYSTREAM_KEY_BYTES] = {first};
    struct keystream k;

    keystream_open(&k, key, str_of(purpose), draw);
    for (size_t i = 0; i < 200; i++)
        out[i] = keystream_below(&k, UINT64_MAX);
    keystream_close(&k);
}

static void the_same_key_purpose_and_draw_give_the_same_numbers(void **state)
{
    uint64_t a[200];
    uint64_t b[200];

    (void)state;
    draw_numbers(1, "cube", 0, a);
    draw_numbers(1, "cube", 0, b);
    assert_memory_equal(a, b, sizeof a);
}

static void another_key_purpose_or_draw_gives_other_numbers(void **state)
{
    uint64_t a[200];
    uint64_t b[200];

    (void)state;
    draw_numbers(1, "cube", 0, a);
    draw_numbers(2, "cube", 0, b);
    assert_true(a[0] != b[0]);
    draw_numbers(1, "pool", 0, b);
    assert_true(a[0] != b[0]);
    draw_numbers(1, "cube", 1, b);
    assert_true(a[0] != b[0]);
}

static void a_long_stream_does_not_repeat_its_blocks(void **state)
{
    uint64_t a[200];

    (void)state;
    draw_numbers(1, "cube", 0, a);
    for (size_t i = 64; i < 200; i++)
        assert_true(a[i] != a[i - 64]);
}

static void numbers_below_three_are_even(void **state)
{
    unsigned char key[KEYSTREAM_KEY_BYTES] = {7};
    int seen[3] = {0};
    struct keystream k;

    (void)state;
    keystream_open(&k, key, S("cube"), 0);
    for (int i = 0; i < 30000; i++)
        seen[keystream_below(&k, 3)]++;
    keystream_close(&k);
    for (int i = 0; i < 3; i++)
        assert_in_range((uintmax_t)seen[i], 9592, 10408); /* five standard errors */
}

static void closing_wipes_the_key(void **state)
{
    static const struct keystream zeros;
    unsigned char key[KEYSTREAM_KEY_BYTES] = {7};
    struct keystream k;

    (void)state;
    keystream_open(&k, key, S("cube"), 0);
    (void)keystream_below(&k, 10);
    keystream_close(&k);
    assert_memory_equal(&k, &zeros, sizeof k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hkdf_gives_the_first_test_vector_of_its_standard),
        cmocka_unit_test(hkdf_without_salt_gives_the_third_test_vector),
        cmocka_unit_test(the_same_key_purpose_and_draw_give_the_same_numbers),
        cmocka_unit_test(another_key_purpose_or_draw_gives_other_numbers),
        cmocka_unit_test(a_long_stream_does_not_repeat_its_blocks),
        cmocka_unit_test(numbers_below_three_are_even),
        cmocka_unit_test(closing_wipes_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
