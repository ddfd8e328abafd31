/* What sign-in through the municipality's provider holds while the city is served. */
#ifndef LYKTA_OIDC_OIDC_H
#define LYKTA_OIDC_OIDC_H

#include "base/err.h"
#include "base/str.h"
#include "oidc/oidc_settings.h"
#include "oidc/pending.h"
#include "portal/person.h"

#include <stdbool.h>

struct city;
struct oidc_tools;
struct provider;
struct request;
struct response;

struct oidc {
    struct arena *arena; /* a secret one */
    struct oidc_settings settings;
    struct provider *provider;
    unsigned char key[PENDING_KEY_BYTES]; /* of the cookie: from keys/account.key */
};

/* A way to get at the tools: oidc_tools_load, or a test's own. */
typedef enum status oidc_tools_source(const struct oidc_tools **out, struct err *e);

/* *out is NULL when `city` names no provider. Else BAD_INPUT names the setting that cannot be used, SYSTEM
 * what cannot be read or loaded. NULL is harmless to close. */
enum status oidc_open(const struct city *city, oidc_tools_source *source, struct oidc **out,
                      struct err *e) MUST_USE;
void oidc_close(struct oidc *o);

/* Of the city that `r` asks; NULL when it names no provider. */
const struct oidc *oidc_of(const struct request *r);

/* Is the level of assurance `acr` enough for who has `roles`? Who opens reports or looks after accounts needs
 * one of acr_high; everyone else one of either list, or any when acr is empty. */
bool oidc_is_enough(const struct oidc_settings *s, struct str acr, uint32_t roles);

/* Sends the browser to the provider for `pending`, with the cookie; or tells that it does not answer. */
enum status oidc_leave(const struct request *r, struct response *out, const struct pending *pending);

/* What the cookie says that the browser brings back; false when there is none that holds. */
bool oidc_pending(const struct request *r, struct pending *out);

#endif
