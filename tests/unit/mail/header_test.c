/* A letter's head: whatever is put into a line stays in it, and reads back as it was. */
#include "../unit.h"

#include "base/text.h"
#include "mail/header.h"

#include <string.h>

#include <sodium.h>

/* Undoes RFC 2047 for fields of base64 words alone, as every reader does. */
static struct str decoded(const char *field, struct arena *a)
{
    struct text out = text_open(a);
    const char *p = strstr(field, "=?UTF-8?B?");

    while (p) {
        const char *end = strstr(p + 10, "?=");
        unsigned char bytes[64];
        size_t n = 0;

        assert_int_equal(sodium_base642bin(bytes, sizeof bytes, p + 10, (size_t)(end - p) - 10, NULL, &n,
                                           NULL, sodium_base64_VARIANT_ORIGINAL),
                         0);
        assert_true(str_is_utf8((struct str){(char *)bytes, n}));
        text_add(&out, (struct str){(char *)bytes, n});
        p = strstr(end, "=?UTF-8?B?");
    }
    return text_str(&out);
}

static size_t longest_line(const char *field)
{
    struct str rest = str_of(field);
    struct str line;
    size_t longest = 0;

    while (rest.n > 0) {
        str_cut(rest, '\n', &line, &rest) ? (void)0 : (void)(rest = S(""));
        longest = line.n > longest ? line.n : longest;
    }
    return longest;
}

static void plain_text_stands_as_it_is(void **state)
{
    assert_string_equal(header_text("Subject", S("Breakfast seminar"), *state), "Subject: Breakfast seminar");
}

static void a_line_end_cannot_begin_another_field(void **state)
{
    const char *field = header_text("Subject", S("Hej\r\nBcc: all@example.org\n\nx"), *state);

    assert_string_equal(field, "Subject: Hej  Bcc: all@example.org  x");
}

static void swedish_text_reads_back_as_it_was(void **state)
{
    struct str text =
        S("Frukostseminarium om människohandel i Malmö: så här ser det ut, och det här gör vi åt det");
    const char *field = header_text("Subject", text, *state);

    assert_true(str_equal(decoded(field, *state), text));
    assert_true(longest_line(field) <= 76);
}

static void no_letter_is_cut_between_words(void **state)
{
    struct text text = text_open(*state);

    for (int i = 0; i < 40; i++)
        text_lit(&text, "\xf0\x9f\x8f\xae\xe2\x82\xac");
    const char *field = header_text("Subject", text_str(&text), *state);
    assert_true(str_equal(decoded(field, *state), text_str(&text)));
    assert_true(longest_line(field) <= 76);
}

static void what_looks_like_an_encoded_word_is_encoded(void **state)
{
    struct str text = S("=?UTF-8?Q?not?= one of ours");

    assert_true(str_equal(decoded(header_text("Subject", text, *state), *state), text));
}

static void a_long_plain_text_is_folded_at_spaces(void **state)
{
    struct text text = text_open(*state);

    for (int i = 0; i < 60; i++)
        text_lit(&text, "word ");
    const char *field = header_text("Subject", text_str(&text), *state);
    assert_true(longest_line(field) <= 78);
    assert_non_null(strstr(field, "\r\n word"));
}

static void a_name_with_a_comma_or_a_quote_is_encoded(void **state)
{
    struct str name = S("Nätverket, \"Lund\" <all@example.org>");
    const char *field = header_address("To", name, S("kim@example.org"), *state);

    assert_true(str_equal(decoded(field, *state), name));
    assert_non_null(strstr(field, "\r\n <kim@example.org>"));
}

static void a_plain_name_needs_no_encoding(void **state)
{
    assert_string_equal(header_address("To", S("Kim Exempel"), S("kim@example.org"), *state),
                        "To: Kim Exempel\r\n <kim@example.org>");
    assert_string_equal(header_address("To", S(""), S("kim@example.org"), *state), "To: <kim@example.org>");
}

static void a_date_is_that_of_rfc_5322(void **state)
{
    assert_string_equal(header_date("Date", 0, *state), "Date: Thu, 1 Jan 1970 00:00:00 +0000");
    assert_string_equal(header_date("Date", 1787119800, *state), "Date: Wed, 19 Aug 2026 06:10:00 +0000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(plain_text_stands_as_it_is),
        WITH_ARENA(a_line_end_cannot_begin_another_field),
        WITH_ARENA(swedish_text_reads_back_as_it_was),
        WITH_ARENA(no_letter_is_cut_between_words),
        WITH_ARENA(what_looks_like_an_encoded_word_is_encoded),
        WITH_ARENA(a_long_plain_text_is_folded_at_spaces),
        WITH_ARENA(a_name_with_a_comma_or_a_quote_is_encoded),
        WITH_ARENA(a_plain_name_needs_no_encoding),
        WITH_ARENA(a_date_is_that_of_rfc_5322),
    };

    return cmocka_run_group_tests_name("header", tests, NULL, NULL);
}
