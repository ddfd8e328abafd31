/* Where letters are handed over. */
#include "mail/mail_settings.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "store/city.h"
#include "web/address.h"
#include "web/language.h"

#include <sys/stat.h>

enum { PASSWORD_MAX_BYTES = 1024 };

/* The host of "smtp://host:port"; empty when `url` is not such an address. */
static struct str host_of(struct str url)
{
    struct str host;
    struct str port;
    struct str rest = str_part(url, str_starts(url, S("smtps://")) ? 8 : 7, url.n);

    if (!str_starts(url, S("smtp://")) && !str_starts(url, S("smtps://")))
        return S("");
    int64_t number = 0;
    bool has_port = str_cut(rest, ':', &host, &port);

    for (size_t i = 0; i < host.n; i++)
        if (host.p[i] == '/' || host.p[i] == '@' || (unsigned char)host.p[i] <= ' ')
            return S("");
    return has_port && !i64_from_str(port, 1, 65535, &number) ? S("") : host;
}

bool mail_server_is_valid(struct str url)
{
    return host_of(url).n > 0;
}

bool mail_server_is_here(struct str url)
{
    struct str host = host_of(url);

    return str_is(host, "localhost") || str_is(host, "127.0.0.1");
}

static enum status check(const struct config *c, struct err *e)
{
    if (!mail_server_is_valid(c->mail_server))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: server in [mail]: expected smtp://host:port or smtps://host:port");
    if (!address_is_valid(c->mail_sender))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: sender in [mail]: expected an address as name@example.org, in ASCII");
    if (!str_is(c->mail_tls, "required") && !str_is(c->mail_tls, "none"))
        return err_set(e, BAD_INPUT, "lykta.conf: tls in [mail]: expected required or none");
    if (str_is(c->mail_tls, "none") && !mail_server_is_here(c->mail_server))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: tls in [mail]: none is for a server on this machine (localhost, "
                       "127.0.0.1); letters to another go encrypted");
    return OK;
}

static const char *password_file(const struct city *city, struct arena *a)
{
    return city_file(city, "keys/mail.password", a);
}

enum status mail_password_keep(const struct city *city, struct str password, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = file_write(password_file(city, a), password, 0600, e);

    arena_close(a);
    return s;
}

static enum status read_password(const struct city *city, struct arena *a, const char **out, struct err *e)
{
    const char *path = password_file(city, a);
    struct stat info;
    struct str bytes;

    if (stat(path, &info) == 0 && (info.st_mode & 077) != 0)
        return err_set(e, BAD_INPUT, "%s: others than its owner may read this password; give it mode 0600",
                       path);
    TRY(file_read(path, PASSWORD_MAX_BYTES, a, &bytes, e));
    bytes = str_trim(bytes);
    if (bytes.n == 0)
        return err_set(e, BAD_INPUT, "%s: is empty; expected the mail server's password on one line", path);
    *out = arena_cstr(a, bytes.p, bytes.n);
    return OK;
}

static const char *cstr_or_null(struct str s, struct arena *a)
{
    return s.n > 0 ? arena_cstr(a, s.p, s.n) : NULL;
}

enum status mail_settings_read(const struct city *city, const struct settings *settings, struct arena *a,
                               struct mail_settings *out, struct err *e)
{
    const struct config *c = &settings->config;
    struct text name = text_open(a);

    *out = (struct mail_settings){0};
    if (c->mail_server.n == 0)
        return OK;
    TRY(check(c, e));
    catalogue_write(&name, catalogue_of(LANGUAGE_SV), TEXT_MAIL_LETTER_SENDER,
                    (struct insertion[]){insertion("city", settings->name)}, 1);
    *out = (struct mail_settings){.server = cstr_or_null(c->mail_server, a),
                                  .sender = cstr_or_null(c->mail_sender, a),
                                  .sender_name = text_str(&name),
                                  .answers_to = address_is_valid(c->email) ? c->email : S(""),
                                  .user = cstr_or_null(c->mail_user, a),
                                  .authorities = cstr_or_null(c->mail_authorities, a),
                                  .is_plain = str_is(c->mail_tls, "none")};
    return out->user ? read_password(city, a, &out->password, e) : OK;
}
