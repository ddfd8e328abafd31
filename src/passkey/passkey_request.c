/* What both pages of passkeys read from a request. */
#include "passkey/passkey_request.h"

#include "base/arena.h"
#include "portal/portal.h"
#include "store/city.h"
#include "web/request.h"

#include <sodium.h>

/* Up to the port or the end. */
static struct str host_of(struct str rest)
{
    size_t n = 0;

    while (n < rest.n && rest.p[n] != ':' && rest.p[n] != '/')
        n++;
    return (struct str){rest.p, n};
}

bool passkey_site(const struct request *r, struct webauthn_site *out)
{
    struct str address = city_settings(portal_of(r)->city)->config.address;
    struct str host = request_header(r, "Host");

    if (address.n > 0) {
        out->origin = address;
        out->host = str_starts(address, S("https://")) ? host_of(str_part(address, 8, address.n)) : S("");
        return out->host.n > 0;
    }
    out->host = host_of(host);
    out->origin = str_of(arena_printf(r->arena, "http://%.*s", STR(host)));
    return str_is(out->host, "localhost");
}

struct str passkey_field(const struct request *r, const char *name)
{
    struct str sent = form_raw(&r->form, name);
    unsigned char *bytes = arena_new(r->arena, sent.n + 1, unsigned char);
    size_t n = 0;

    if (sent.n == 0 || sent.n > 2 * (size_t)WEBAUTHN_MOST_BYTES ||
        sodium_base642bin(bytes, sent.n, sent.p, sent.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return (struct str){NULL, 0};
    return (struct str){(const char *)bytes, n};
}

struct str passkey_text(struct str bytes, struct arena *a)
{
    size_t room = sodium_base64_encoded_len(bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_new(a, room, char);

    sodium_bin2base64(out, room, (const unsigned char *)bytes.p, bytes.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(out);
}

struct str passkey_challenge(const struct request *r)
{
    bool is_fresh = r->now_at - r->stamp.made_at <= PASSKEY_CHALLENGE_SECONDS;

    return is_fresh ? form_raw(&r->form, FORM_TOKEN_FIELD) : (struct str){NULL, 0};
}

struct webauthn_sent passkey_sent(const struct request *r)
{
    return (struct webauthn_sent){.client_data = passkey_field(r, "client"),
                                  .authenticator_data = passkey_field(r, "device"),
                                  .signature = passkey_field(r, "signature")};
}
