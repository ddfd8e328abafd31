/* Wrapped keys: opened by what wrapped them, in the row they were made for. */
#include "seal/wrap.h"

#include "../unit.h"

#include <string.h>

struct holder {
    struct seal_public public_key;
    struct seal_key secret;
    struct wrap wrap;
};

static struct holder holder_new(enum wrap_cost cost, struct str known)
{
    struct holder h;
    struct err e = {0};

    seal_pair_make(&h.public_key, &h.secret);
    assert_int_equal(wrap_secret(cost, known, &h.secret, &h.wrap, &e), OK);
    return h;
}

static struct str record(const struct holder *h)
{
    return (struct str){(const char *)h->wrap.bytes, WRAP_BYTES};
}

static void the_passphrase_opens_the_key(void **state)
{
    struct holder h = holder_new(WRAP_PASSPHRASE, S("lomu kadel stana beri fonu"));
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    assert_int_equal(wrap_open(S("lomu kadel stana beri fonu"), &h.public_key, record(&h), &secret, &e), OK);
    assert_memory_equal(secret.bytes, h.secret.bytes, SEAL_KEY_BYTES);
    assert_int_equal(wrap_open(S("lomu kadel stana beri fona"), &h.public_key, record(&h), &secret, &e),
                     REFUSED);
}

static const struct str known = {"0123456789abcdef0123456789abcdef", 32};

static void a_key_opens_the_key(void **state)
{
    struct holder h = holder_new(WRAP_KEY, known);
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    assert_int_equal(wrap_open(known, &h.public_key, record(&h), &secret, &e), OK);
    assert_memory_equal(secret.bytes, h.secret.bytes, SEAL_KEY_BYTES);
    assert_int_equal(wrap_open(S("0123456789abcdef0123456789abcdeF"), &h.public_key, record(&h), &secret, &e),
                     REFUSED);
    assert_int_equal(wrap_open(S("short"), &h.public_key, record(&h), &secret, &e), REFUSED);
}

static void a_record_in_another_holders_row_does_not_open(void **state)
{
    struct holder h = holder_new(WRAP_KEY, known);
    struct holder other = holder_new(WRAP_KEY, known);
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    assert_int_equal(wrap_open(known, &other.public_key, record(&h), &secret, &e), REFUSED);
}

static void a_record_that_was_altered_does_not_open(void **state)
{
    struct holder h = holder_new(WRAP_KEY, known);
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    for (size_t i = 0; i < WRAP_BYTES; i++) {
        h.wrap.bytes[i] ^= 2;
        assert_int_equal(wrap_open(known, &h.public_key, record(&h), &secret, &e), REFUSED);
        h.wrap.bytes[i] ^= 2;
    }
}

static void a_record_that_asks_for_much_memory_is_refused_at_once(void **state)
{
    struct holder h = holder_new(WRAP_KEY, known);
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    h.wrap.bytes[1] = 3;
    memset(h.wrap.bytes + 2, 0xff, 4);
    assert_int_equal(wrap_open(known, &h.public_key, record(&h), &secret, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_passphrase_opens_the_key),
        cmocka_unit_test(a_key_opens_the_key),
        cmocka_unit_test(a_record_in_another_holders_row_does_not_open),
        cmocka_unit_test(a_record_that_was_altered_does_not_open),
        cmocka_unit_test(a_record_that_asks_for_much_memory_is_refused_at_once),
    };

    return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}
