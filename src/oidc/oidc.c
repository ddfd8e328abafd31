/* What sign-in through the municipality's provider holds while the city is served. */
#include "oidc/oidc.h"

#include "base/arena.h"
#include "oidc/provider.h"
#include "oidc/told.h"
#include "oidc/tools.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/keys.h"
#include "web/request.h"
#include "web/response.h"

#include <sodium.h>

#include <string.h>

/* A key for the cookie alone, made from the city's key for accounts: nothing else is sealed with it, and a
 * sign-in that has begun outlives a restart. */
static enum status make_key(const struct city *city, unsigned char out[PENDING_KEY_BYTES], struct err *e)
{
    static const char purpose[] = "Lykta sign-in that has begun";
    struct key key;

    TRY(key_read(city->path, KEY_ACCOUNT, &key, e));
    crypto_generichash(out, PENDING_KEY_BYTES, (const unsigned char *)purpose, sizeof purpose - 1, key.bytes,
                       sizeof key.bytes);
    key_wipe(&key);
    return OK;
}

static enum status open_with(const struct city *city, oidc_tools_source *source, struct oidc *o,
                             struct err *e)
{
    const struct oidc_tools *tools = NULL;

    TRY(oidc_settings_read(city, o->arena, &o->settings, e));
    if (!o->settings.issuer)
        return OK;
    TRY(make_key(city, o->key, e));
    TRY(source(&tools, e));
    o->provider = provider_open(&o->settings, tools);
    return OK;
}

enum status oidc_open(const struct city *city, oidc_tools_source *source, struct oidc **out, struct err *e)
{
    struct arena *a = arena_open_secret();
    struct oidc *o = arena_new(a, 1, struct oidc);

    o->arena = a;
    enum status s = open_with(city, source, o, e);
    *out = s == OK && o->provider ? o : NULL;
    if (!*out)
        arena_close(a);
    return s;
}

void oidc_close(struct oidc *o)
{
    if (!o)
        return;
    provider_close(o->provider);
    arena_close(o->arena);
}

const struct oidc *oidc_of(const struct request *r)
{
    return portal_of(r)->oidc;
}

bool oidc_is_enough(const struct oidc_settings *s, struct str acr, uint32_t roles)
{
    if (oidc_has_word(s->acr_high, acr))
        return true;
    if (roles & (ROLE_BIT(ROLE_TRIAGE) | ROLE_BIT(ROLE_ADMINISTRATOR)))
        return false;
    return s->acr.n == 0 || oidc_has_word(s->acr, acr);
}

enum status oidc_leave(const struct request *r, struct response *out, const struct pending *pending)
{
    const struct oidc *o = oidc_of(r);
    const struct provider_question question = {.state = pending_text(pending->state, r->arena),
                                               .nonce = pending_text(pending->nonce, r->arena),
                                               .challenge = pending_challenge(pending->verifier, r->arena),
                                               .login = pending->step == PENDING_LINK ? ASK_ANEW : ASK_ANY};
    struct description d;
    struct err e = {0};

    if (provider_describe(o->provider, r->now_at, r->arena, &d, &e) != OK) {
        request_log(r, "oidc", &e);
        return told(r, out, TOLD_DOWN, pending->step == PENDING_LINK ? TOLD_OWNER : TOLD_READER);
    }
    pending_set(out, o->key, pending, portal_of(r)->outside);
    return response_leave(out, provider_question(&o->settings, &d, &question, r->arena));
}

bool oidc_pending(const struct request *r, struct pending *out)
{
    return pending_read(request_cookie(r, PENDING_COOKIE), oidc_of(r)->key, r->now_at, r->arena, out);
}
