/* The secret of the agencies, in each of its forms. */
#include "link/secret.h"

#include "../unit.h"

#include <string.h>

static struct schema *schema_of(const char *round, struct arena *a)
{
    struct schema *s = arena_new(a, 1, struct schema);

    s->project = S("Example");
    s->round = str_of(round);
    memset(s->hash, 7, sizeof s->hash);
    return s;
}

static enum status read_it(struct str bytes, const char *round, struct secret *out, struct arena *a,
                           struct err *e)
{
    return secret_read(out, schema_of(round, a), "K", bytes, a, e);
}

static void thirty_two_bytes_and_their_digits_are_the_same_key(void **state)
{
    char bytes[32];
    struct secret x;
    struct secret y;
    struct err e = {OK, ""};

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    assert_int_equal(read_it((struct str){bytes, 32}, "1", &x, *state, &e), OK);
    assert_int_equal(read_it(S("000102030405060708090A0b0c0d0e0f101112131415161718191a1b1c1d1e1f\r\n"), "1",
                             &y, *state, &e),
                     OK);
    assert_memory_equal(x.key, y.key, sizeof x.key);
    assert_false(x.is_agreed);
}

static void seven_words_give_a_key_and_the_same_every_time(void **state)
{
    static const char words[] = "lykta kastanj trumma elva snigel vantar bakom\n";
    struct secret x;
    struct secret y;
    struct err e = {OK, ""};

    assert_int_equal(read_it(str_of(words), "1", &x, *state, &e), OK);
    assert_int_equal(read_it(str_of(words), "1", &y, *state, &e), OK);
    assert_memory_equal(x.key, y.key, sizeof x.key);
}

static void what_could_be_guessed_is_refused(void **state)
{
    static const char *const weak[] = {
        "hemligt", "sommar2026", "lykta lykta lykta lykta lykta lykta lykta lykta",
        "lykta kastanj trumma elva snigel vantar", "0123456789012345678901234"};

    for (size_t i = 0; i < sizeof weak / sizeof weak[0]; i++) {
        struct secret x;
        struct err e = {OK, ""};

        assert_int_equal(read_it(str_of(weak[i]), "1", &x, *state, &e), REFUSED);
        assert_null(strstr(e.what, weak[i]));
    }
}

static void random_signs_are_enough(void **state)
{
    (void)state;
    assert_true(secret_passphrase_bits(S("x7Kq-92mB.pW4z/T8vR3s+Yd6")) > SECRET_LEAST_BITS);
    assert_true(secret_passphrase_bits(S("")) < 1.0);
}

static struct str written(struct secret *s, struct arena *a)
{
    struct text out = text_open(a);

    *s = (struct secret){.list = S("Boendet (exempel)"), .key = {1}, .noise_key = {2}, .reader = {3}};
    secret_write(&out, s, schema_of("2026-1", a));
    return text_str(&out);
}

static void the_secret_of_an_agreement_is_read_back(void **state)
{
    struct secret s;
    struct secret x;
    struct err e = {OK, ""};

    assert_int_equal(read_it(written(&s, *state), "2026-1", &x, *state, &e), OK);
    assert_true(x.is_agreed);
    assert_str(x.list, "Boendet (exempel)");
    assert_memory_equal(x.key, s.key, sizeof s.key);
    assert_memory_equal(x.noise_key, s.noise_key, sizeof s.noise_key);
    assert_memory_equal(x.reader, s.reader, sizeof s.reader);
}

static void an_old_rounds_secret_is_refused_in_a_new_round(void **state)
{
    struct secret s;
    struct err e = {OK, ""};

    assert_int_equal(read_it(written(&s, *state), "2027-1", &s, *state, &e), BAD_INPUT);
    assert_says(e, "another project or round");
}

static void a_damaged_secret_is_told(void **state)
{
    struct secret s;
    struct str whole = written(&s, *state);

    for (size_t n = 16; n + 1 < whole.n; n += 7) {
        struct err e = {OK, ""};

        assert_int_equal(read_it(str_part(whole, 0, n), "2026-1", &s, *state, &e), BAD_INPUT);
    }
}

static void what_is_no_secret_is_told(void **state)
{
    struct secret s;
    struct err e = {OK, ""};

    assert_int_equal(read_it(S(" \n"), "1", &s, *state, &e), BAD_INPUT);
    assert_int_equal(read_it(S("\x01\x02\x03"), "1", &s, *state, &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(thirty_two_bytes_and_their_digits_are_the_same_key),
        WITH_ARENA(seven_words_give_a_key_and_the_same_every_time),
        WITH_ARENA(what_could_be_guessed_is_refused),
        cmocka_unit_test(random_signs_are_enough),
        WITH_ARENA(the_secret_of_an_agreement_is_read_back),
        WITH_ARENA(an_old_rounds_secret_is_refused_in_a_new_round),
        WITH_ARENA(a_damaged_secret_is_told),
        WITH_ARENA(what_is_no_secret_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
