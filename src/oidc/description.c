/* What a provider says of itself. */
#include "oidc/description.h"

#include "base/arena.h"
#include "oidc/members.h"
#include "oidc/oidc_settings.h"

static enum status check_abilities(const json_t *o, const struct oidc_settings *s, struct err *e)
{
    const char *alg = oidc_algorithm_name(s->algorithm);

    if (!member_lists(o, "response_types_supported", "code", MISSING_IS_YES))
        return err_set(e, REFUSED, "the provider does not offer the code flow");
    if (!member_lists(o, "code_challenge_methods_supported", "S256", MISSING_IS_YES))
        return err_set(e, REFUSED, "the provider does not offer PKCE by S256");
    if (!member_lists(o, "id_token_signing_alg_values_supported", alg, MISSING_IS_YES))
        return err_set(e, REFUSED, "the provider does not sign with %s; see alg in [oidc] of lykta.conf",
                       alg);
    return OK;
}

static enum status check(const json_t *o, const struct oidc_settings *s, struct arena *a,
                         struct description *out, struct err *e)
{
    static const char takes[] = "token_endpoint_auth_methods_supported";
    struct str issuer = str_of(s->issuer);
    struct description found = {
        .authorize_at = member_str(o, "authorization_endpoint", a),
        .token_at = member_str(o, "token_endpoint", a),
        .keys_at = member_str(o, "jwks_uri", a),
        .takes_head = member_lists(o, takes, "client_secret_basic", MISSING_IS_YES),
        .takes_form = member_lists(o, takes, "client_secret_post", MISSING_IS_NO),
        .names_issuer = json_is_true(json_object_get(o, "authorization_response_iss_parameter_supported"))};

    if (!str_equal(member_str(o, "issuer", a), issuer))
        return err_set(e, REFUSED, "the provider calls itself other than issuer in [oidc] of lykta.conf");
    if (!oidc_is_on_host(found.token_at, issuer) || !oidc_is_on_host(found.keys_at, issuer))
        return err_set(e, REFUSED, "the provider's addresses for tokens and keys are not on its own host");
    if (!oidc_is_on_host(found.authorize_at, found.authorize_at))
        return err_set(e, REFUSED, "the provider's address for sign-in is not an https address");
    TRY(check_abilities(o, s, e));
    *out = found;
    return OK;
}

enum status description_read(struct str bytes, const struct oidc_settings *s, struct arena *a,
                             struct description *out, struct err *e)
{
    json_t *o = NULL;

    TRY(members_read(bytes, "the provider's description", &o, e));
    enum status status = check(o, s, a, out, e);
    json_decref(o);
    return status;
}
