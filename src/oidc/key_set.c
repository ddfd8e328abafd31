/* The public keys a provider signs with. */
#include "oidc/key_set.h"

#include "base/arena.h"
#include "oidc/members.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

enum { MODULUS_MAX_BYTES = 2048 };

/* What a key must be to be used with an algorithm, and its public members: RFC 7518, 6.2 and 6.3; RFC 8037.
 */
static const struct kind {
    const char *type;
    const char *curve; /* NULL: it has none */
    const char *members[2];
} kinds[OIDC_ALGORITHMS] = {[OIDC_RS256] = {"RSA", NULL, {"n", "e"}},
                            [OIDC_ES256] = {"EC", "P-256", {"x", "y"}},
                            [OIDC_EDDSA] = {"OKP", "Ed25519", {"x", NULL}}};

static bool is(const json_t *key, const char *name, const char *wanted)
{
    const char *value = json_string_value(json_object_get(key, name));

    return value && strcmp(value, wanted) == 0;
}

static bool is_or_unsaid(const json_t *key, const char *name, const char *wanted)
{
    return !json_object_get(key, name) || is(key, name, wanted);
}

static bool fits(const json_t *key, struct str kid, enum oidc_algorithm algorithm)
{
    const struct kind *k = &kinds[algorithm];
    const char *name = json_string_value(json_object_get(key, "kid"));

    return is(key, "kty", k->type) && (!k->curve || is(key, "crv", k->curve)) &&
           is_or_unsaid(key, "alg", oidc_algorithm_name(algorithm)) && is_or_unsaid(key, "use", "sig") &&
           member_lists(key, "key_ops", "verify", MISSING_IS_YES) &&
           (kid.n == 0 || (name && str_is(kid, name)));
}

/* The bits of a modulus in base64url; leading zeros, which some providers write, count for nothing. 0 when it
 * cannot be read. */
static size_t bits_of(const char *modulus)
{
    unsigned char bytes[MODULUS_MAX_BYTES];
    size_t n = 0;
    size_t zeros = 0;

    if (!modulus || sodium_base642bin(bytes, sizeof bytes, modulus, strlen(modulus), NULL, &n, NULL,
                                      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return 0;
    while (zeros < n && bytes[zeros] == 0)
        zeros++;
    size_t bits = (n - zeros) * 8;
    for (unsigned char top = zeros < n ? bytes[zeros] : 0x80; !(top & 0x80); top = (unsigned char)(top << 1))
        bits--;
    return bits;
}

static bool is_long_enough(const json_t *key, enum oidc_algorithm algorithm)
{
    return algorithm != OIDC_RS256 ||
           bits_of(json_string_value(json_object_get(key, "n"))) >= KEY_RSA_LEAST_BITS;
}

/* Only what verifying needs: certificates, addresses and private members of the set stay behind. */
static enum status copy_public(const json_t *key, enum oidc_algorithm algorithm, struct arena *a,
                               struct str *out, struct err *e)
{
    const struct kind *k = &kinds[algorithm];
    json_t *copy = json_object();

    json_object_set_new(copy, "kty", json_string(k->type));
    if (k->curve)
        json_object_set_new(copy, "crv", json_string(k->curve));
    for (size_t i = 0; i < 2 && k->members[i]; i++)
        if (json_is_string(json_object_get(key, k->members[i])))
            json_object_set(copy, k->members[i], json_object_get(key, k->members[i]));
    char *text = json_dumps(copy, JSON_COMPACT);
    json_decref(copy);
    if (!text)
        return err_set(e, REFUSED, "a key of the provider cannot be read");
    *out = str_copy(str_of(text), a);
    free(text);
    return OK;
}

static enum status find(const json_t *set, struct str kid, enum oidc_algorithm algorithm, struct arena *a,
                        bool *is_found, struct str *key, struct err *e)
{
    const json_t *keys = json_object_get(set, "keys");
    const json_t *found = NULL;

    if (!json_is_array(keys) || json_array_size(keys) > KEY_SET_MOST)
        return err_set(e, REFUSED, "the provider's keys are not a list of at most %d", (int)KEY_SET_MOST);
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *one = json_array_get(keys, i);

        if (!fits(one, kid, algorithm))
            continue;
        if (found)
            return err_set(e, REFUSED, "two keys of the provider fit the token");
        found = one;
    }
    *is_found = found != NULL;
    if (!found)
        return OK;
    if (!is_long_enough(found, algorithm))
        return err_set(e, REFUSED, "the provider's key is shorter than %d bits", (int)KEY_RSA_LEAST_BITS);
    return copy_public(found, algorithm, a, key, e);
}

enum status key_set_find(struct str bytes, struct str kid, enum oidc_algorithm algorithm, struct arena *a,
                         bool *is_found, struct str *key, struct err *e)
{
    json_t *set = NULL;

    *is_found = false;
    TRY(members_read(bytes, "the provider's list of keys", &set, e));
    enum status s = find(set, kid, algorithm, a, is_found, key, e);
    json_decref(set);
    return s;
}
