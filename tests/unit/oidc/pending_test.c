/* What the browser carries: made and read by us alone, for ten minutes. */
#include "oidc/pending.h"

#include "../unit.h"
#include "portal/outside.h"
#include "web/response.h"

#include <string.h>

static int64_t at_1000(const struct outside *self)
{
    (void)self;
    return 1000;
}

static void some_bytes(const struct outside *self, void *bytes, size_t n)
{
    (void)self;
    memset(bytes, 7, n);
}

static const struct outside outside = {.now_at = at_1000, .random = some_bytes};
static const unsigned char key[PENDING_KEY_BYTES] = {1, 2, 3};

/* The value of the cookie that `p` is sealed in. */
static struct str cookie_of(const struct pending *p, struct arena *a)
{
    struct response out = response_open(text_open(a), NULL, a);
    struct str name;
    struct str value;
    struct str rest;

    pending_set(&out, key, p, &outside);
    str_cut(out.headers[0].value, '=', &name, &rest);
    str_cut(rest, ';', &value, &rest);
    assert_str(name, PENDING_COOKIE);
    assert_str(rest, " Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");
    return value;
}

static struct pending example(void)
{
    struct pending p = pending_new(PENDING_LINK, LANGUAGE_EN, &outside);

    memset(p.session, 9, sizeof p.session);
    p.target = S("/plan");
    p.subject = S("p-17");
    p.acr = S("loa3");
    return p;
}

static void what_is_carried_comes_back(void **state)
{
    struct pending p = example();
    struct pending back;

    assert_true(pending_read(cookie_of(&p, *state), key, 1599, *state, &back));
    assert_int_equal(back.step, PENDING_LINK);
    assert_int_equal(back.language, LANGUAGE_EN);
    assert_int_equal(back.begun_at, 1000);
    assert_memory_equal(back.state, p.state, sizeof p.state);
    assert_memory_equal(back.verifier, p.verifier, sizeof p.verifier);
    assert_memory_equal(back.session, p.session, sizeof p.session);
    assert_str(back.target, "/plan");
    assert_str(back.subject, "p-17");
    assert_str(back.acr, "loa3");
}

static void it_is_good_for_ten_minutes(void **state)
{
    struct pending p = example();
    struct pending back;

    assert_false(pending_read(cookie_of(&p, *state), key, 1600, *state, &back));
    assert_false(pending_read(cookie_of(&p, *state), key, 999, *state, &back));
}

static void another_key_opens_nothing(void **state)
{
    static const unsigned char other[PENDING_KEY_BYTES] = {1, 2, 4};
    struct pending p = example();
    struct pending back;

    assert_false(pending_read(cookie_of(&p, *state), other, 1001, *state, &back));
}

static void a_letter_changed_or_cut_off_is_found(void **state)
{
    struct pending p = example();
    struct str cookie = cookie_of(&p, *state);
    struct pending back;

    for (size_t i = 0; i < cookie.n; i++) {
        char *changed = arena_cstr(*state, cookie.p, cookie.n);

        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        assert_false(pending_read(str_of(changed), key, 1001, *state, &back));
        assert_false(pending_read(str_part(cookie, 0, i), key, 1001, *state, &back));
    }
}

static void a_target_that_is_too_long_is_left_out(void **state)
{
    char *longer = arena_new(*state, 10001, char);
    struct pending p = example();
    struct pending back;

    memset(longer, 'x', 10000);
    p.target = str_of(longer);
    assert_true(pending_read(cookie_of(&p, *state), key, 1001, *state, &back));
    assert_int_equal(back.target.n, 0);
    assert_false(pending_read(str_of(longer), key, 1001, *state, &back));
}

/* RFC 7636, appendix B. */
static void the_challenge_is_that_of_the_published_example(void **state)
{
    static const unsigned char verifier[PENDING_RANDOM_BYTES] = {
        116, 24,  223, 180, 151, 153, 224, 37,  79, 250, 96, 125, 216, 173, 187, 186,
        22,  212, 37,  77,  105, 214, 191, 240, 91, 88,  5,  88,  83,  132, 141, 121};

    assert_str(pending_text(verifier, *state), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_str(pending_challenge(verifier, *state), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(what_is_carried_comes_back),
        WITH_ARENA(it_is_good_for_ten_minutes),
        WITH_ARENA(another_key_opens_nothing),
        WITH_ARENA(a_letter_changed_or_cut_off_is_found),
        WITH_ARENA(a_target_that_is_too_long_is_left_out),
        WITH_ARENA(the_challenge_is_that_of_the_published_example),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
