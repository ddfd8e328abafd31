/* What a provider is asked with: HTTP by libcurl, signatures by librhonabwy. Both come with the module
 * lykta-oidc.so, which is loaded where a city has named a provider, so that no other command pays for loading
 * them. Tests bring tools of their own. */
#ifndef LYKTA_OIDC_TOOLS_H
#define LYKTA_OIDC_TOOLS_H

#include "base/err.h"
#include "base/str.h"
#include "oidc/oidc_settings.h"

struct arena;

enum { FETCH_CONNECT_SECONDS = 5, FETCH_WHOLE_SECONDS = 10, FETCH_MOST_BYTES = 256 * 1024 };

struct fetch {
    const char *url;         /* https alone */
    struct str form;         /* the body of a POST; empty: a GET */
    const char *user;        /* for the head (RFC 7617), already percent-encoded; NULL: none */
    const char *password;    /* the same */
    const char *authorities; /* a file of certificates; NULL: those of the system */
};

struct fetched {
    int http_status;
    struct str bytes;
};

struct oidc_tools {
    /* Once, before anything else; and once after all. Threads may then use the rest at the same time. */
    void (*begin)(void);
    void (*end)(void);

    /* The answer, also one of a fault (404, 500), in `a`. No redirect is followed. SYSTEM when there is none:
     * no connection, a certificate that does not hold, too slow, too long. */
    enum status (*fetch)(const struct fetch *what, struct arena *a, struct fetched *out, struct err *e);

    /* Is `token` signed with `algorithm` by the owner of `key` (JSON of its public members)? Its claims in
     * `a`, as they were signed; REFUSED when it is not. */
    enum status (*verify)(struct str token, struct str key, enum oidc_algorithm algorithm, struct arena *a,
                          struct str *claims, struct err *e);
};

/* In the module. */
extern const struct oidc_tools oidc_tools_real;

/* Loads the module. SYSTEM when it is not to be had. */
enum status oidc_tools_load(const struct oidc_tools **out, struct err *e) MUST_USE;

#endif
