/* The provider as the city sees it, with tools that answer what each test says. */
#include "oidc/provider.h"

#include "../unit.h"
#include "oidc/oidc_settings.h"
#include "oidc/tools.h"

#include <string.h>

#define DESCRIPTION                                                                                          \
    "{\"issuer\":\"https://idp.example\",\"authorization_endpoint\":\"https://idp.example/auth\","           \
    "\"token_endpoint\":\"https://idp.example/token\",\"jwks_uri\":\"https://idp.example/keys\"}"
#define KEYS                                                                                                 \
    "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"," \
    "\"kid\":\"k1\"}]}"
/* {"alg":"EdDSA","kid":"k1"} and {"alg":"EdDSA","kid":"k2"} */
#define TOKEN "{\"id_token\":\"eyJhbGciOiJFZERTQSIsImtpZCI6ImsxIn0.e30.c2ln\"}"
#define TOKEN_OF_K2 "{\"id_token\":\"eyJhbGciOiJFZERTQSIsImtpZCI6ImsyIn0.e30.c2ln\"}"

/* What the tools answer, and what they were asked: one test at a time. */
static struct {
    enum status status; /* of every fetch */
    int token_status;
    const char *description, *keys, *token;
    size_t descriptions, key_sets, tokens;
    char form[1000], user[200], password[200];
    struct provider *again; /* asked from inside a fetch: as other threads would at the same moment */
    size_t depth, busy;
} world;

static void nothing(void)
{
}

static void copy(char *to, size_t room, const char *from, size_t n)
{
    assert_true(n < room);
    memcpy(to, from, n);
    to[n] = '\0';
}

static void ask_again(struct arena *a)
{
    struct description d;
    struct err e = {0};

    if (!world.again || world.depth == 6)
        return;
    world.depth++;
    if (provider_describe(world.again, 1000, a, &d, &e) == SYSTEM)
        world.busy++;
    world.depth--;
}

static enum status fetch(const struct fetch *what, struct arena *a, struct fetched *out, struct err *e)
{
    const char *answer = world.description;

    out->http_status = 200;
    if (strcmp(what->url, "https://idp.example/keys") == 0) {
        world.key_sets++;
        answer = world.keys;
    } else if (strcmp(what->url, "https://idp.example/token") == 0) {
        world.tokens++;
        answer = world.token;
        out->http_status = world.token_status;
        copy(world.form, sizeof world.form, what->form.p, what->form.n);
        copy(world.user, sizeof world.user, what->user ? what->user : "",
             what->user ? strlen(what->user) : 0);
        copy(world.password, sizeof world.password, what->password ? what->password : "",
             what->password ? strlen(what->password) : 0);
    } else {
        assert_string_equal(what->url, "https://idp.example/.well-known/openid-configuration");
        world.descriptions++;
        ask_again(a);
    }
    out->bytes = str_copy(str_of(answer), a);
    return world.status == OK ? OK : err_set(e, world.status, "no connection");
}

static enum status verify(struct str token, struct str key, enum oidc_algorithm algorithm, struct arena *a,
                          struct str *claims, struct err *e)
{
    (void)token, (void)key, (void)algorithm, (void)e;
    *claims =
        str_copy(S("{\"iss\":\"https://idp.example\",\"aud\":\"lyk ta\",\"sub\":\"p-17\",\"nonce\":\"n\","
                   "\"exp\":2000,\"iat\":1000}"),
                 a);
    return OK;
}

static const struct oidc_tools tools = {.begin = nothing, .end = nothing, .fetch = fetch, .verify = verify};
static const struct oidc_settings settings = {.issuer = "https://idp.example",
                                              .client_id = "lyk ta",
                                              .secret = "a+b",
                                              .return_to = "https://lund.example/logga-in/kommun/svar",
                                              .algorithm = OIDC_EDDSA,
                                              .acr = {"loa2", 4},
                                              .acr_high = {"loa3", 4}};

static struct provider *open_provider(void)
{
    memset(&world, 0, sizeof world);
    world.token_status = 200;
    world.description = DESCRIPTION;
    world.keys = KEYS;
    world.token = TOKEN;
    return provider_open(&settings, &tools);
}

static enum status describe(struct provider *p, int64_t now_at, struct arena *a, struct err *e)
{
    struct description d;

    return provider_describe(p, now_at, a, &d, e);
}

static enum status exchange(struct provider *p, int64_t now_at, struct arena *a, struct err *e)
{
    const struct token_wanted wanted = {.issuer = S("https://idp.example"),
                                        .client_id = S("lyk ta"),
                                        .nonce = S("n"),
                                        .begun_at = 1000,
                                        .now_at = now_at};
    struct token_told told;

    return provider_exchange(p, S("c&d"), S("v"), &wanted, a, &told, e);
}

static void a_description_is_kept_for_an_hour(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    assert_int_equal(describe(p, 1000, *state, &e), OK);
    assert_int_equal(describe(p, 4599, *state, &e), OK);
    assert_int_equal(world.descriptions, 1);
    assert_int_equal(describe(p, 4600, *state, &e), OK);
    assert_int_equal(world.descriptions, 2);
    provider_close(p);
}

static void a_description_that_does_not_hold_is_not_kept(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    world.description = "{\"issuer\":\"https://evil.example\"}";
    assert_int_equal(describe(p, 1000, *state, &e), REFUSED);
    world.description = DESCRIPTION;
    assert_int_equal(describe(p, 1001, *state, &e), OK);
    provider_close(p);
}

static void a_provider_that_is_down_is_left_in_peace_for_ten_seconds(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    world.status = SYSTEM;
    assert_int_equal(describe(p, 1000, *state, &e), SYSTEM);
    assert_int_equal(describe(p, 1009, *state, &e), SYSTEM);
    assert_int_equal(world.descriptions, 1);
    world.status = OK;
    assert_int_equal(describe(p, 1010, *state, &e), OK);
    provider_close(p);
}

static void few_ask_the_provider_at_once(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    world.again = p;
    assert_int_equal(describe(p, 1000, *state, &e), OK);
    assert_int_equal(world.descriptions, PROVIDER_AT_ONCE);
    assert_int_equal(world.busy, 1);
    provider_close(p);
}

static void a_code_becomes_who_it_is(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    assert_int_equal(exchange(p, 1000, *state, &e), OK);
    assert_string_equal(world.user, "lyk%20ta");
    assert_string_equal(world.password, "a%2Bb");
    assert_string_equal(world.form, "grant_type=authorization_code&code=c%26d&redirect_uri="
                                    "https%3A%2F%2Flund.example%2Flogga-in%2Fkommun%2Fsvar&code_verifier=v&"
                                    "client_id=lyk%20ta");
    provider_close(p);
}

static void a_secret_goes_in_the_form_where_the_head_is_not_taken(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    world.description = arena_printf(
        *state, "{\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"],%s", &DESCRIPTION[1]);
    assert_int_equal(exchange(p, 1000, *state, &e), OK);
    assert_string_equal(world.user, "");
    assert_non_null(strstr(world.form, "&client_secret=a%2Bb"));
    provider_close(p);
}

static void an_answer_without_a_good_token_is_refused_or_a_fault(void **state)
{
    static const struct {
        int http_status;
        const char *bytes;
        enum status status;
    } rows[] = {
        {200, "{}", REFUSED},
        {200, "{\"id_token\":7}", REFUSED},
        {200, "<html>", REFUSED},
        {200, "{\"id_token\":\"a.b.c\"}", REFUSED},
        {400, "{\"error\":\"invalid_grant\"}", REFUSED},
        {400, "{\"error\":\"invalid_client\"}", SYSTEM},
        {400, TOKEN, REFUSED},
        {401, "{\"error\":\"invalid_client\"}", SYSTEM},
        {403, "", SYSTEM},
        {302, "", SYSTEM},
        {500, TOKEN, SYSTEM},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct provider *p = open_provider();
        struct err e = {0};

        world.token_status = rows[i].http_status;
        world.token = rows[i].bytes;
        assert_int_equal(exchange(p, 1000, *state, &e), rows[i].status);
        provider_close(p);
    }
}

static void keys_are_kept_for_an_hour(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    assert_int_equal(exchange(p, 1000, *state, &e), OK);
    assert_int_equal(exchange(p, 1030, *state, &e), OK);
    assert_int_equal(world.key_sets, 1);
    assert_int_equal(world.tokens, 2);
    provider_close(p);
}

static void an_unknown_key_is_looked_for_once_a_minute(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    assert_int_equal(exchange(p, 1000, *state, &e), OK);
    world.token = TOKEN_OF_K2;
    for (int64_t at = 1001; at < 1061; at++)
        assert_int_equal(exchange(p, at, *state, &e), REFUSED);
    assert_int_equal(world.key_sets, 2);
    assert_int_equal(exchange(p, 1061, *state, &e), REFUSED);
    assert_int_equal(world.key_sets, 3);
    provider_close(p);
}

static void a_new_key_is_found(void **state)
{
    struct provider *p = open_provider();
    struct err e = {0};

    assert_int_equal(exchange(p, 1000, *state, &e), OK);
    world.token = TOKEN_OF_K2;
    world.keys = "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"kid\":\"k2\"}]}";
    assert_int_equal(exchange(p, 1001, *state, &e), OK);
    provider_close(p);
}

static void the_question_asks_for_a_code_and_binds_it(void **state)
{
    const struct description d = {.authorize_at = S("https://idp.example/auth?x=y")};
    const struct provider_question q = {
        .state = S("s"), .nonce = S("n"), .challenge = S("c"), .login = ASK_ANEW};

    assert_str(
        provider_question(&settings, &d, &q, *state),
        "https://idp.example/auth?x=y&response_type=code&scope=openid&code_challenge_method=S256&client_id="
        "lyk%20ta&redirect_uri=https%3A%2F%2Flund.example%2Flogga-in%2Fkommun%2Fsvar&state=s&nonce=n&"
        "code_challenge=c&acr_values=loa3%20loa2&prompt=login");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_description_is_kept_for_an_hour),
        WITH_ARENA(a_description_that_does_not_hold_is_not_kept),
        WITH_ARENA(a_provider_that_is_down_is_left_in_peace_for_ten_seconds),
        WITH_ARENA(few_ask_the_provider_at_once),
        WITH_ARENA(a_code_becomes_who_it_is),
        WITH_ARENA(a_secret_goes_in_the_form_where_the_head_is_not_taken),
        WITH_ARENA(an_answer_without_a_good_token_is_refused_or_a_fault),
        WITH_ARENA(keys_are_kept_for_an_hour),
        WITH_ARENA(an_unknown_key_is_looked_for_once_a_minute),
        WITH_ARENA(a_new_key_is_found),
        WITH_ARENA(the_question_asks_for_a_code_and_binds_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
