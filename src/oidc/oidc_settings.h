/* The municipality's own provider of sign-in: the [oidc] section of lykta.conf and the secret in keys/. */
#ifndef LYKTA_OIDC_OIDC_SETTINGS_H
#define LYKTA_OIDC_OIDC_SETTINGS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct city;

/* What a provider may sign with (RFC 7518, 3.1; RFC 8037). The city names one; what a token says of itself
 * never chooses. There is no way to name "none" or a shared secret. */
enum oidc_algorithm { OIDC_RS256, OIDC_ES256, OIDC_EDDSA, OIDC_ALGORITHMS };

const char *oidc_algorithm_name(enum oidc_algorithm algorithm);

/* The path people come back to; the provider knows it with the city's address before it. */
#define OIDC_RETURN_PATH "/logga-in/kommun/svar"

struct oidc_settings {
    const char *issuer; /* "https://…"; NULL: none is named, and nobody signs in this way */
    const char *client_id;
    const char *secret;
    const char *authorities; /* a file; NULL: those of the system */
    const char *return_to;   /* "https://…/logga-in/kommun/svar" */
    enum oidc_algorithm algorithm;
    struct str acr;      /* levels of assurance with spaces between; empty: any */
    struct str acr_high; /* the same for roles that see or decide most */
};

/* What `city` has chosen, in `a`, which holds the secret: arena_open_secret. BAD_INPUT names the setting that
 * cannot be used; SYSTEM when the secret cannot be read. */
enum status oidc_settings_read(const struct city *city, struct arena *a, struct oidc_settings *out,
                               struct err *e) MUST_USE;

/* Does `words`, with spaces between, hold `word`? */
bool oidc_has_word(struct str words, struct str word);

/* Is `url` an https address on the very host and port of `issuer`, without user, fragment or odd bytes? */
bool oidc_is_on_host(struct str url, struct str issuer);

#endif
