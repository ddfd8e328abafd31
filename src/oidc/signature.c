/* Whose signature a token bears: by librhonabwy. */
#include "oidc/signature.h"

#include "base/arena.h"

#include <rhonabwy.h>

/* R_PARSE_NONE: no key and no address of a key is taken from the token itself, and "none" is refused. */
static enum status verify(jws_t *jws, jwk_t *jwk, struct str token, enum oidc_algorithm algorithm,
                          struct arena *a, struct str *claims, struct err *e)
{
    size_t n = 0;

    if (r_jws_advanced_parsen(jws, token.p, token.n, R_PARSE_NONE, R_FLAG_IGNORE_REMOTE) != RHN_OK)
        return err_set(e, REFUSED, "the token cannot be read");
    if (r_jws_get_alg(jws) != r_str_to_jwa_alg(oidc_algorithm_name(algorithm)))
        return err_set(e, REFUSED, "the token is not signed with %s", oidc_algorithm_name(algorithm));
    if (r_jws_verify_signature(jws, jwk, R_FLAG_IGNORE_REMOTE) != RHN_OK)
        return err_set(e, REFUSED, "the token's signature is not the provider's");
    const unsigned char *payload = r_jws_get_payload(jws, &n);
    if (!payload)
        return err_set(e, REFUSED, "the token says nothing");
    *claims = str_copy((struct str){(const char *)payload, n}, a);
    return OK;
}

enum status signature_verify(struct str token, struct str key, enum oidc_algorithm algorithm, struct arena *a,
                             struct str *claims, struct err *e)
{
    jws_t *jws = NULL;
    jwk_t *jwk = NULL;
    enum status s = OK;

    if (r_jws_init(&jws) != RHN_OK || r_jwk_init(&jwk) != RHN_OK)
        give_up("out of memory");
    if (r_jwk_import_from_json_str(jwk, arena_cstr(a, key.p, key.n)) != RHN_OK ||
        r_jwk_is_valid(jwk) != RHN_OK)
        s = err_set(e, REFUSED, "the provider's key cannot be used");
    if (s == OK)
        s = verify(jws, jwk, token, algorithm, a, claims, e);
    r_jwk_free(jwk);
    r_jws_free(jws);
    return s;
}
