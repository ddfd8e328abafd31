/* The municipality's own provider of sign-in. */
#include "oidc/oidc_settings.h"

#include "base/arena.h"
#include "base/file.h"
#include "store/city.h"

#include <sys/stat.h>

enum { SECRET_MAX_BYTES = 1024, URL_MAX_BYTES = 1000 };

static const char *const algorithm_names[OIDC_ALGORITHMS] = {
    [OIDC_RS256] = "RS256", [OIDC_ES256] = "ES256", [OIDC_EDDSA] = "EdDSA"};

const char *oidc_algorithm_name(enum oidc_algorithm algorithm)
{
    return algorithm_names[algorithm];
}

bool oidc_has_word(struct str words, struct str word)
{
    struct str one;

    while (words.n > 0) {
        str_cut(words, ' ', &one, &words);
        if (one.n > 0 && str_equal(one, word))
            return true;
    }
    return false;
}

/* "idp.example:8443" of "https://idp.example:8443/path"; empty when `url` is no such address. A URL is ASCII
 * (RFC 3986); "@" before the host would name a user, and "\" is read as "/" by some. */
static struct str host_of(struct str url)
{
    struct str host;
    struct str path;

    if (!str_starts(url, S("https://")) || url.n > URL_MAX_BYTES)
        return S("");
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] <= ' ' || url.p[i] >= 0x7f || url.p[i] == '"' || url.p[i] == '#' || url.p[i] == '\\')
            return S("");
    str_cut(str_part(url, 8, url.n), '/', &host, &path);
    for (size_t i = 0; i < host.n; i++)
        if (host.p[i] == '@' || host.p[i] == '?')
            return S("");
    return host;
}

bool oidc_is_on_host(struct str url, struct str issuer)
{
    struct str host = host_of(url);

    return host.n > 0 && str_equal(host, host_of(issuer));
}

static enum status read_algorithm(struct str name, enum oidc_algorithm *out, struct err *e)
{
    for (int i = 0; i < OIDC_ALGORITHMS; i++)
        if (str_is(name, algorithm_names[i])) {
            *out = (enum oidc_algorithm)i;
            return OK;
        }
    return err_set(e, BAD_INPUT, "lykta.conf: alg in [oidc]: expected RS256, ES256 or EdDSA");
}

static bool is_here(struct str address, struct str host)
{
    struct str rest = str_part(address, host.n, address.n);

    return str_starts(address, host) && (rest.n == 0 || rest.p[0] == ':' || rest.p[0] == '/');
}

/* Without TLS the code could be read on its way back; on this machine nobody is in between. */
static bool is_address_safe(struct str address)
{
    return host_of(address).n > 0 || is_here(address, S("http://127.0.0.1")) ||
           is_here(address, S("http://localhost"));
}

static enum status check(const struct config *c, struct err *e)
{
    if (host_of(c->oidc_issuer).n == 0)
        return err_set(e, BAD_INPUT,
                       "lykta.conf: issuer in [oidc]: expected https://host or https://host/path");
    if (c->oidc_client_id.n == 0)
        return err_set(e, BAD_INPUT, "lykta.conf: client_id in [oidc] is needed with an issuer");
    if (c->oidc_acr_high.n == 0)
        return err_set(e, BAD_INPUT,
                       "lykta.conf: acr_high in [oidc]: expected a level of assurance; it keeps reports and "
                       "accounts from weak sign-ins");
    if (!is_address_safe(c->address))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: address in [site]: expected https://...; the provider sends people back "
                       "to it");
    return OK;
}

static enum status read_secret(const char *path, struct arena *a, const char **out, struct err *e)
{
    struct stat info;
    struct str bytes;

    if (stat(path, &info) == 0 && (info.st_mode & 077) != 0)
        return err_set(e, BAD_INPUT, "%s: others than its owner may read this secret; give it mode 0600",
                       path);
    TRY(file_read(path, SECRET_MAX_BYTES, a, &bytes, e));
    bytes = str_trim(bytes);
    if (bytes.n == 0)
        return err_set(e, BAD_INPUT, "%s: is empty; expected the provider's secret on one line", path);
    *out = arena_cstr(a, bytes.p, bytes.n);
    return OK;
}

static const char *cstr(struct str s, struct arena *a)
{
    return arena_cstr(a, s.p, s.n);
}

enum status oidc_settings_read(const struct city *city, struct arena *a, struct oidc_settings *out,
                               struct err *e)
{
    const struct config *c = &city->file;
    struct oidc_settings found = {.acr = c->oidc_acr, .acr_high = c->oidc_acr_high};
    const char *slash = str_ends(c->address, S("/")) ? "" : "/";

    *out = (struct oidc_settings){0};
    if (c->oidc_issuer.n == 0)
        return OK;
    TRY(check(c, e));
    TRY(read_algorithm(c->oidc_alg, &found.algorithm, e));
    TRY(read_secret(c->oidc_secret.n > 0 ? cstr(c->oidc_secret, a) : city_file(city, "keys/oidc.secret", a),
                    a, &found.secret, e));
    found.issuer = cstr(c->oidc_issuer, a);
    found.client_id = cstr(c->oidc_client_id, a);
    found.authorities = c->oidc_authorities.n > 0 ? cstr(c->oidc_authorities, a) : NULL;
    found.return_to = arena_printf(a, "%.*s%s%s", STR(c->address), slash, &OIDC_RETURN_PATH[1]);
    *out = found;
    return OK;
}
