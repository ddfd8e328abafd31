/* Signatures, by the examples of RFC 7515 (appendices A.2 and A.3) and RFC 8037 (appendix A.4). */
#include "oidc/signature.h"

#include "../unit.h"

#include <string.h>

#define JOE "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

static const struct example {
    enum oidc_algorithm algorithm;
    const char *head, *payload, *signature, *key, *says;
} examples[] = {
    {OIDC_RS256, "eyJhbGciOiJSUzI1NiJ9", JOE,
     "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
     "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383"
     "LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy"
     "wlVmtVrBp0igcN_IoypGlUPQGe77Rw",
     "{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-"
     "4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-"
     "bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_"
     "I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}",
     "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"},
    {OIDC_ES256, "eyJhbGciOiJFUzI1NiJ9", JOE,
     "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
     "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_"
     "tue659LNpXW6pCyStikYjKIWI5a0\"}",
     "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"},
    {OIDC_EDDSA, "eyJhbGciOiJFZERTQSJ9", "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
     "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
     "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
     "Example of Ed25519 signing"},
};

enum { EXAMPLES = sizeof examples / sizeof *examples };

static enum status verify(const char *head, const char *payload, const char *signature, const char *key,
                          enum oidc_algorithm algorithm, struct arena *a, struct str *says)
{
    struct err e = {0};

    return signature_verify(str_of(arena_printf(a, "%s.%s.%s", head, payload, signature)), str_of(key),
                            algorithm, a, says, &e);
}

static void the_published_examples_hold(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++) {
        const struct example *x = &examples[i];
        struct str says;

        assert_int_equal(verify(x->head, x->payload, x->signature, x->key, x->algorithm, *state, &says), OK);
        assert_true(str_is(says, x->says));
    }
}

static void a_letter_changed_anywhere_is_found(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++)
        for (size_t at = 0; at < strlen(examples[i].payload) - 1; at += 7) {
            const struct example *x = &examples[i];
            char *payload = arena_cstr(*state, x->payload, strlen(x->payload));
            char *signature = arena_cstr(*state, x->signature, strlen(x->signature));
            struct str says;

            payload[at] = payload[at] == 'A' ? 'B' : 'A';
            signature[at % 80] = signature[at % 80] == 'A' ? 'B' : 'A';
            assert_int_equal(verify(x->head, payload, x->signature, x->key, x->algorithm, *state, &says),
                             REFUSED);
            assert_int_equal(verify(x->head, x->payload, signature, x->key, x->algorithm, *state, &says),
                             REFUSED);
        }
}

static void a_key_of_another_kind_or_algorithm_verifies_nothing(void **state)
{
    for (size_t i = 0; i < EXAMPLES; i++)
        for (size_t j = 0; j < EXAMPLES; j++) {
            const struct example *x = &examples[i];
            struct str says;

            if (i == j)
                continue;
            assert_int_equal(
                verify(x->head, x->payload, x->signature, examples[j].key, x->algorithm, *state, &says),
                REFUSED);
            assert_int_equal(
                verify(x->head, x->payload, x->signature, x->key, examples[j].algorithm, *state, &says),
                REFUSED);
        }
}

/* {"alg":"none"} and {"alg":"HS256"}: unsigned, or signed with what everybody knows (RFC 8725, 2.1). */
static void a_token_without_a_signature_of_the_provider_is_refused(void **state)
{
    static const char *const heads[] = {"eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiJ9"};
    static const char *const signatures[] = {"", "AAAA", "tmV1X8lX7sQDP8e2oaXGN1yXgWv8n4i3c3SJW1cYd2w"};
    struct str says;

    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 3; j++)
            for (size_t k = 0; k < EXAMPLES; k++)
                assert_int_equal(verify(heads[i], JOE, signatures[j], examples[k].key, examples[k].algorithm,
                                        *state, &says),
                                 REFUSED);
}

static void a_key_that_cannot_be_read_verifies_nothing(void **state)
{
    static const char *const keys[] = {"", "{}", "7",
                                       "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AQ\"}",
                                       "{\"kty\":\"oct\",\"k\":\"AAAA\"}"};
    const struct example *x = &examples[1];
    struct str says;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_int_equal(verify(x->head, x->payload, x->signature, keys[i], x->algorithm, *state, &says),
                         REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_published_examples_hold),
        WITH_ARENA(a_letter_changed_anywhere_is_found),
        WITH_ARENA(a_key_of_another_kind_or_algorithm_verifies_nothing),
        WITH_ARENA(a_token_without_a_signature_of_the_provider_is_refused),
        WITH_ARENA(a_key_that_cannot_be_read_verifies_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
