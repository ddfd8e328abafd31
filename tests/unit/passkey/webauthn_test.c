/* What a browser says of a passkey. Keys and signatures are made here by libcrypto, as a device would. */
#include "passkey/webauthn.h"

#include "../scratch.h"
#include "../unit.h"
#include "base/text.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>

#include <stdio.h>
#include <string.h>

static const struct webauthn_site site = {{"https://lund.example", 20}, {"lund.example", 12}};
static const struct str challenge = {"a-challenge-of-this-form", 24};
static const struct str credential = {"credential 1", 12};

enum { PRESENT = 0x01, VERIFIED = 0x04, CREDENTIAL = 0x40 };

/* What a device says; each test spoils one thing. */
struct said {
    const char *type, *challenge, *origin, *more, *host;
    unsigned flags;
    unsigned counter;
    struct str credential;
};

static const struct said a_use = {.type = "webauthn.get",
                                  .challenge = "a-challenge-of-this-form",
                                  .origin = "https://lund.example",
                                  .more = ",\"crossOrigin\":false",
                                  .host = "lund.example",
                                  .flags = PRESENT | VERIFIED,
                                  .counter = 8};

static struct said a_new_one(void)
{
    struct said s = a_use;

    s.type = "webauthn.create";
    s.flags |= CREDENTIAL;
    s.credential = credential;
    return s;
}

static struct str client_data(const struct said *s, struct arena *a)
{
    return str_of(arena_printf(a, "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\"%s}", s->type,
                               s->challenge, s->origin, s->more));
}

static struct str device_data(const struct said *s, struct arena *a)
{
    unsigned char head[37];
    struct text out = text_open(a);

    crypto_hash_sha256(head, (const unsigned char *)s->host, strlen(s->host));
    head[32] = (unsigned char)s->flags;
    for (int i = 0; i < 4; i++)
        head[33 + i] = (unsigned char)(s->counter >> (24 - 8 * i));
    text_add(&out, (struct str){(const char *)head, sizeof head});
    if (s->credential.n > 0) {
        text_add(&out, (struct str){"0123456789abcdef", 16});
        text_byte(&out, (char)(s->credential.n >> 8));
        text_byte(&out, (char)s->credential.n);
        text_add(&out, s->credential);
        text_lit(&out, "a key in COSE that nobody reads");
    }
    return text_str(&out);
}

static EVP_PKEY *make_key(int64_t algorithm)
{
    EVP_PKEY *key = algorithm == WEBAUTHN_ES256   ? EVP_EC_gen("P-256")
                    : algorithm == WEBAUTHN_EDDSA ? EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")
                                                  : EVP_RSA_gen(2048);

    assert_non_null(key);
    return key;
}

static struct webauthn_key public_half(EVP_PKEY *key, int64_t algorithm, struct arena *a)
{
    unsigned char *der = NULL;
    int n = i2d_PUBKEY(key, &der);
    struct webauthn_key out = {.credential = credential, .algorithm = algorithm};

    assert_true(n > 0);
    out.spki = str_copy((struct str){(const char *)der, (size_t)n}, a);
    OPENSSL_free(der);
    return out;
}

static struct webauthn_sent sign(const struct said *s, EVP_PKEY *key, int64_t algorithm, struct arena *a)
{
    struct webauthn_sent sent = {.client_data = client_data(s, a), .authenticator_data = device_data(s, a)};
    unsigned char signature[512];
    unsigned char hash[32];
    size_t n = sizeof signature;
    struct text signed_text = text_open(a);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    crypto_hash_sha256(hash, (const unsigned char *)sent.client_data.p, sent.client_data.n);
    text_add(&signed_text, sent.authenticator_data);
    text_add(&signed_text, (struct str){(const char *)hash, sizeof hash});
    struct str bytes = text_str(&signed_text);
    assert_int_equal(
        EVP_DigestSignInit(context, NULL, algorithm == WEBAUTHN_EDDSA ? NULL : EVP_sha256(), NULL, key), 1);
    assert_int_equal(EVP_DigestSign(context, signature, &n, (const unsigned char *)bytes.p, bytes.n), 1);
    EVP_MD_CTX_free(context);
    sent.signature = str_copy((struct str){(const char *)signature, n}, a);
    return sent;
}

/* The outcome of a use of a new P-256 key that says `s` and stood at counter 7. */
static enum status use(const struct said *s, struct arena *a, struct err *e)
{
    EVP_PKEY *secret = make_key(WEBAUTHN_ES256);
    struct webauthn_key key = public_half(secret, WEBAUTHN_ES256, a);
    struct webauthn_sent sent = sign(s, secret, WEBAUTHN_ES256, a);

    key.counter = 7;
    EVP_PKEY_free(secret);
    enum status status = webauthn_check_use(&site, challenge, &sent, &key, e);
    if (status == OK)
        assert_int_equal(key.counter, s->counter);
    return status;
}

static void each_kind_of_key_is_made_and_used(void **state)
{
    static const int64_t algorithms[] = {WEBAUTHN_ES256, WEBAUTHN_EDDSA, WEBAUTHN_RS256};
    struct scratch *scratch = *state;
    const struct said made = a_new_one();

    for (size_t i = 0; i < 3; i++) {
        EVP_PKEY *secret = make_key(algorithms[i]);
        struct webauthn_key key = public_half(secret, algorithms[i], scratch->arena);
        struct webauthn_sent sent = {.client_data = client_data(&made, scratch->arena),
                                     .authenticator_data = device_data(&made, scratch->arena)};
        struct err e = {0};

        assert_int_equal(webauthn_check_new(&site, challenge, &sent, &key, &e), OK);
        assert_int_equal(key.counter, 8);
        key.counter = 0;
        sent = sign(&a_use, secret, algorithms[i], scratch->arena);
        assert_int_equal(webauthn_check_use(&site, challenge, &sent, &key, &e), OK);
        EVP_PKEY_free(secret);
    }
}

/* Each row spoils one thing; the word is of the reason. */
static void each_wrong_answer_is_refused_with_its_reason(void **state)
{
    struct scratch *scratch = *state;
    struct said rows[12];
    const char *words[12];
    size_t n = 0;

    for (size_t i = 0; i < 12; i++)
        rows[i] = a_use;
    rows[n].type = "webauthn.create", words[n++] = "another question";
    rows[n].challenge = "a-challenge-of-this-forM", words[n++] = "another challenge";
    rows[n].challenge = "", words[n++] = "another challenge";
    rows[n].origin = "https://lund.example.evil.example", words[n++] = "another site";
    rows[n].origin = "http://lund.example", words[n++] = "another site";
    rows[n].more = ",\"crossOrigin\":true", words[n++] = "inside another site";
    rows[n].more = ",\"type\":\"webauthn.get\"", words[n++] = "not understood";
    rows[n].more = ",", words[n++] = "not understood";
    rows[n].host = "evil.example", words[n++] = "for another site";
    rows[n].flags = PRESENT, words[n++] = "not verified";
    rows[n].flags = VERIFIED, words[n++] = "not verified";
    rows[n].counter = 7, words[n++] = "counter";
    for (size_t i = 0; i < n; i++) {
        struct err e = {0};

        assert_int_equal(use(&rows[i], scratch->arena, &e), REFUSED);
        if (!strstr(e.what, words[i]))
            fail_msg("row %zu: \"%s\" does not say \"%s\"", i, e.what, words[i]);
    }
}

static void what_browsers_add_is_passed_over_and_a_counter_of_nought_stays(void **state)
{
    struct scratch *scratch = *state;
    struct said s = a_use;
    EVP_PKEY *secret = make_key(WEBAUTHN_ES256);
    struct webauthn_key key = public_half(secret, WEBAUTHN_ES256, scratch->arena);
    struct err e = {0};

    s.more = ",\"other_keys_can_be_added_here\":{\"a\":[1]},\"topOrigin\":null";
    s.counter = 0;
    struct webauthn_sent sent = sign(&s, secret, WEBAUTHN_ES256, scratch->arena);
    assert_int_equal(webauthn_check_use(&site, challenge, &sent, &key, &e), OK);
    assert_int_equal(webauthn_check_use(&site, challenge, &sent, &key, &e), OK);
    EVP_PKEY_free(secret);
}

static struct str flipped(struct str s, size_t bit, struct arena *a)
{
    struct str copy = str_copy(s, a);

    ((char *)(uintptr_t)copy.p)[bit / 8] = (char)(copy.p[bit / 8] ^ (1 << bit % 8));
    return copy;
}

static void no_bit_of_what_is_signed_or_of_the_signature_may_change(void **state)
{
    struct scratch *scratch = *state;
    EVP_PKEY *secret = make_key(WEBAUTHN_EDDSA);
    struct webauthn_key key = public_half(secret, WEBAUTHN_EDDSA, scratch->arena);
    const struct webauthn_sent whole = sign(&a_use, secret, WEBAUTHN_EDDSA, scratch->arena);
    struct str webauthn_sent_part[3] = {whole.client_data, whole.authenticator_data, whole.signature};

    for (size_t part = 0; part < 3; part++)
        for (size_t bit = 0; bit < 8 * webauthn_sent_part[part].n; bit++) {
            struct webauthn_sent sent = whole;
            struct str *changed = part == 0   ? &sent.client_data
                                  : part == 1 ? &sent.authenticator_data
                                              : &sent.signature;
            struct err e = {0};

            *changed = flipped(*changed, bit, scratch->arena);
            assert_int_equal(webauthn_check_use(&site, challenge, &sent, &key, &e), REFUSED);
        }
    EVP_PKEY_free(secret);
}

static void every_shorter_answer_is_refused(void **state)
{
    struct scratch *scratch = *state;
    const struct said made = a_new_one();
    struct str data = device_data(&made, scratch->arena);
    EVP_PKEY *secret = make_key(WEBAUTHN_ES256);
    struct webauthn_key key = public_half(secret, WEBAUTHN_ES256, scratch->arena);
    size_t whole = 37 + 16 + 2 + credential.n;

    for (size_t n = 0; n <= data.n; n++) {
        struct webauthn_sent sent = {.client_data = client_data(&made, scratch->arena),
                                     .authenticator_data = str_copy((struct str){data.p, n}, scratch->arena)};
        struct err e = {0};

        assert_int_equal(webauthn_check_new(&site, challenge, &sent, &key, &e), n < whole ? REFUSED : OK);
    }
    EVP_PKEY_free(secret);
}

static enum status check_new_key(EVP_PKEY *secret, int64_t algorithm, struct arena *a)
{
    const struct said made = a_new_one();
    const struct webauthn_sent sent = {.client_data = client_data(&made, a),
                                       .authenticator_data = device_data(&made, a)};
    struct webauthn_key key = public_half(secret, algorithm, a);
    struct err e = {0};

    EVP_PKEY_free(secret);
    return webauthn_check_new(&site, challenge, &sent, &key, &e);
}

static void a_key_of_another_kind_than_it_says_is_refused(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;

    assert_int_equal(check_new_key(make_key(WEBAUTHN_ES256), WEBAUTHN_EDDSA, a), REFUSED);
    assert_int_equal(check_new_key(make_key(WEBAUTHN_EDDSA), WEBAUTHN_RS256, a), REFUSED);
    assert_int_equal(check_new_key(make_key(WEBAUTHN_RS256), WEBAUTHN_ES256, a), REFUSED);
    assert_int_equal(check_new_key(make_key(WEBAUTHN_ES256), -36, a), REFUSED);
    assert_int_equal(check_new_key(EVP_EC_gen("P-384"), WEBAUTHN_ES256, a), REFUSED);
    assert_int_equal(check_new_key(EVP_RSA_gen(1024), WEBAUTHN_RS256, a), REFUSED);
}

static void another_credential_than_the_devices_is_refused(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    const struct said made = a_new_one();
    const struct webauthn_sent sent = {.client_data = client_data(&made, a),
                                       .authenticator_data = device_data(&made, a)};
    EVP_PKEY *secret = make_key(WEBAUTHN_ES256);
    struct webauthn_key key = public_half(secret, WEBAUTHN_ES256, a);
    struct err e = {0};

    key.credential = S("credential 2");
    assert_int_equal(webauthn_check_new(&site, challenge, &sent, &key, &e), REFUSED);
    key.credential = S("");
    assert_int_equal(webauthn_check_new(&site, challenge, &sent, &key, &e), REFUSED);
    EVP_PKEY_free(secret);
}

#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(each_kind_of_key_is_made_and_used),
        IN_SCRATCH(each_wrong_answer_is_refused_with_its_reason),
        IN_SCRATCH(what_browsers_add_is_passed_over_and_a_counter_of_nought_stays),
        IN_SCRATCH(no_bit_of_what_is_signed_or_of_the_signature_may_change),
        IN_SCRATCH(every_shorter_answer_is_refused),
        IN_SCRATCH(a_key_of_another_kind_than_it_says_is_refused),
        IN_SCRATCH(another_credential_than_the_devices_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
