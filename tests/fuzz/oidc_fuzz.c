/* Any bytes as what a provider says: its description, its keys, a token's head and claims, and the cookie
 * that a browser brings back. Nothing is accepted that was not checked, and nothing false is said to be
 * signed. */
#include "base/arena.h"
#include "oidc/description.h"
#include "oidc/key_set.h"
#include "oidc/pending.h"
#include "oidc/signature.h"
#include "oidc/token.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct oidc_settings settings = {.issuer = "https://idp.example"};

static void documents(struct str bytes, struct arena *a)
{
    struct description d;
    struct err e = {OK, ""};

    if (description_read(bytes, &settings, a, &d, &e) == OK)
        assert(oidc_is_on_host(d.token_at, S("https://idp.example")) &&
               oidc_is_on_host(d.keys_at, S("https://idp.example")));
    else
        assert(e.what[0] != '\0');
    for (int i = 0; i < OIDC_ALGORITHMS; i++) {
        struct str key = {NULL, 0};
        bool is_found = false;

        if (key_set_find(bytes, S(""), (enum oidc_algorithm)i, a, &is_found, &key, &e) == OK && is_found)
            assert(key.n > 0);
    }
}

static void token(struct str bytes, struct arena *a)
{
    static const char key[] =
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
    const struct token_wanted wanted = {
        .issuer = S("https://idp.example"), .client_id = S("lykta"), .nonce = S("n"), .now_at = 1000};
    struct token_told told;
    struct str kid;
    struct str claims;
    struct err e = {OK, ""};

    if (token_head(bytes, OIDC_EDDSA, a, &kid, &e) == OK &&
        signature_verify(bytes, str_of(key), OIDC_EDDSA, a, &claims, &e) == OK)
        assert(str_is(claims, "Example of Ed25519 signing")); /* RFC 8037, A.4: nobody else's is known */
    if (token_claims(bytes, &wanted, a, &told, &e) == OK)
        assert(told.subject.n > 0 && told.subject.n <= TOKEN_SUBJECT_BYTES);
}

static void cookie(struct str bytes, struct arena *a)
{
    static const unsigned char key[PENDING_KEY_BYTES] = {1};
    struct pending p;

    assert(!pending_read(bytes, key, 1000, a, &p));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct str bytes = {(const char *)data, size};

    documents(bytes, a);
    token(bytes, a);
    cookie(bytes, a);
    arena_close(a);
    return 0;
}
