/* The municipality's provider as the city sees it while it is served: what it says of itself and its keys,
 * kept for an hour, and the exchange of a code for who has signed in. Threads may use it at the same time.
 * OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE). */
#ifndef LYKTA_OIDC_PROVIDER_H
#define LYKTA_OIDC_PROVIDER_H

#include "base/err.h"
#include "base/str.h"
#include "oidc/description.h"
#include "oidc/token.h"

#include <stdint.h>

struct arena;
struct oidc_settings;
struct oidc_tools;
struct provider;

enum {
    PROVIDER_KEPT_SECONDS = 3600,
    PROVIDER_KEYS_STEP_SECONDS = 60, /* an unknown key is looked for no oftener */
    PROVIDER_DOWN_SECONDS = 10,      /* after a fault it is left in peace this long */
    PROVIDER_AT_ONCE = 4             /* so that a slow provider cannot take every worker */
};

/* `settings` and `tools` outlive it. Nothing is asked yet: a provider that is down keeps no city from being
 * served. NULL is harmless to close. */
struct provider *provider_open(const struct oidc_settings *settings, const struct oidc_tools *tools);
void provider_close(struct provider *p);

/* What it says of itself, in `a`. SYSTEM when it cannot be asked now, REFUSED when what it says does not hold
 * (oidc/description.h). */
enum status provider_describe(struct provider *p, int64_t now_at, struct arena *a, struct description *out,
                              struct err *e) MUST_USE;

/* The address that asks the provider who somebody is; in `a`. */
struct provider_question {
    struct str state, nonce;
    struct str challenge;             /* base64url of the verifier's SHA-256 */
    enum { ASK_ANY, ASK_ANEW } login; /* ANEW: also of who is signed in there already */
};

struct str provider_question(const struct oidc_settings *s, const struct description *d,
                             const struct provider_question *q, struct arena *a);

/* Exchanges `code` for a token and checks all of it. SYSTEM when the provider cannot be asked or answers as
 * none does; REFUSED when it refuses the code or the token does not hold. */
enum status provider_exchange(struct provider *p, struct str code, struct str verifier,
                              const struct token_wanted *wanted, struct arena *a, struct token_told *out,
                              struct err *e) MUST_USE;

#endif
