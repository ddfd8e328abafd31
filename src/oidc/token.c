/* The token in which a provider says who has signed in. */
#include "oidc/token.h"

#include "base/arena.h"
#include "oidc/members.h"

#include <string.h>

#include <sodium.h>

static enum status decode_head(struct str token, struct arena *a, struct str *out, struct err *e)
{
    struct str head;
    struct str rest;
    struct str claims;
    struct str signature;
    size_t n = 0;

    if (token.n > TOKEN_MOST_BYTES)
        return err_set(e, REFUSED, "the token is longer than %d bytes", (int)TOKEN_MOST_BYTES);
    if (!str_cut(token, '.', &head, &rest) || !str_cut(rest, '.', &claims, &signature) || head.n == 0 ||
        claims.n == 0 || signature.n == 0 || memchr(signature.p, '.', signature.n))
        return err_set(e, REFUSED, "the token is not head, claims and signature");
    unsigned char *bytes = arena_new(a, head.n, unsigned char);
    if (sodium_base642bin(bytes, head.n, head.p, head.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return err_set(e, REFUSED, "the head of the token is not base64url");
    *out = (struct str){(const char *)bytes, n};
    return OK;
}

static enum status check_head(const json_t *head, enum oidc_algorithm algorithm, struct arena *a,
                              struct str *kid, struct err *e)
{
    static const char *const refused[] = {"crit", "jwk", "jku", "x5u", "b64", "zip", "enc"};

    if (!str_is(member_str(head, "alg", a), oidc_algorithm_name(algorithm)))
        return err_set(e, REFUSED, "the token is not signed with %s", oidc_algorithm_name(algorithm));
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (json_object_get(head, refused[i]))
            return err_set(e, REFUSED, "the head of the token holds %s", refused[i]);
    if (json_object_get(head, "kid") && !json_is_string(json_object_get(head, "kid")))
        return err_set(e, REFUSED, "the token's name of its key is no text");
    *kid = member_str(head, "kid", a);
    return OK;
}

enum status token_head(struct str token, enum oidc_algorithm algorithm, struct arena *a, struct str *kid,
                       struct err *e)
{
    struct str bytes;
    json_t *head = NULL;

    TRY(decode_head(token, a, &bytes, e));
    TRY(members_read(bytes, "the head of the token", &head, e));
    enum status s = check_head(head, algorithm, a, kid, e);
    json_decref(head);
    return s;
}

static enum status wrong(struct err *e, const char *claim)
{
    return err_set(e, REFUSED, "the token's %s does not fit", claim);
}

/* One text, or a list of texts; with several the token says whose it is (azp). */
static bool is_for_us(const json_t *claims, struct str client_id, struct arena *a)
{
    const char *client = arena_cstr(a, client_id.p, client_id.n);
    const json_t *audience = json_object_get(claims, "aud");
    struct str party = member_str(claims, "azp", a);
    bool is_in = json_is_array(audience) ? member_lists(claims, "aud", client, MISSING_IS_NO)
                                         : str_equal(member_str(claims, "aud", a), client_id);
    bool must_name = json_is_array(audience) && json_array_size(audience) > 1;

    if (!is_in || (must_name && !json_object_get(claims, "azp")))
        return false;
    return !json_object_get(claims, "azp") || str_equal(party, client_id);
}

/* A moment in seconds; false when it is not there or is no number that a clock could show. */
static bool moment(const json_t *claims, const char *name, int64_t *out)
{
    const json_t *value = json_object_get(claims, name);

    if (!json_is_number(value))
        return false;
    double seconds = json_number_value(value);
    if (!(seconds >= 0 && seconds < 1e12))
        return false;
    *out = (int64_t)seconds;
    return true;
}

static enum status check_times(const json_t *claims, const struct token_wanted *w, struct err *e)
{
    int64_t ends_at = 0;
    int64_t made_at = 0;
    int64_t begins_at = 0;

    if (!moment(claims, "exp", &ends_at) || w->now_at >= ends_at + TOKEN_SKEW_SECONDS)
        return wrong(e, "exp");
    if (!moment(claims, "iat", &made_at) || made_at > w->now_at + TOKEN_SKEW_SECONDS ||
        made_at < w->begun_at - TOKEN_SKEW_SECONDS)
        return wrong(e, "iat");
    if (json_object_get(claims, "nbf") &&
        (!moment(claims, "nbf", &begins_at) || begins_at > w->now_at + TOKEN_SKEW_SECONDS))
        return wrong(e, "nbf");
    return OK;
}

static bool is_same(struct str said, struct str wanted)
{
    return said.n == wanted.n && wanted.n > 0 && sodium_memcmp(said.p, wanted.p, wanted.n) == 0;
}

static bool is_printable(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return false;
    return true;
}

static enum status read_who(const json_t *claims, struct arena *a, struct token_told *out, struct err *e)
{
    const struct token_told told = {.subject = member_str(claims, "sub", a),
                                    .acr = member_str(claims, "acr", a)};

    if (told.subject.n == 0 || told.subject.n > TOKEN_SUBJECT_BYTES || !is_printable(told.subject))
        return wrong(e, "sub");
    if (told.acr.n > TOKEN_ACR_BYTES || !is_printable(told.acr))
        return wrong(e, "acr");
    *out = told;
    return OK;
}

static enum status check_claims(const json_t *claims, const struct token_wanted *w, struct arena *a,
                                struct token_told *out, struct err *e)
{
    if (!str_equal(member_str(claims, "iss", a), w->issuer))
        return wrong(e, "iss");
    if (!is_for_us(claims, w->client_id, a))
        return wrong(e, "aud");
    if (!is_same(member_str(claims, "nonce", a), w->nonce))
        return wrong(e, "nonce");
    TRY(check_times(claims, w, e));
    return read_who(claims, a, out, e);
}

enum status token_claims(struct str payload, const struct token_wanted *wanted, struct arena *a,
                         struct token_told *out, struct err *e)
{
    json_t *claims = NULL;

    TRY(members_read(payload, "the token's list of claims", &claims, e));
    enum status s = check_claims(claims, wanted, a, out, e);
    json_decref(claims);
    return s;
}
