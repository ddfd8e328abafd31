/* What the city has chosen: its address, and where letters go. */
#include "check/check.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "mail/mail_settings.h"
#include "store/city.h"

static const char what_site[] = "address";
static const char what_mail[] = "mail";

/* A certificate that ends is renewed weeks before: one that has been forgotten is told of in time. */
enum { ENDS_SOON_SECONDS = 14 * 24 * 60 * 60 };

void check_certificate(const char *address, int64_t now_at, certificate_source *load, struct findings *out)
{
    const struct certificate_tools *tools = NULL;
    int64_t ends_at = 0;
    struct err e;

    if (load(&tools, &e) != OK)
        find_fault(out, what_site, S("Install the program again."), "%s", e.what);
    else if (tools->end_of(address, NULL, &ends_at, &e) != OK)
        find_fault(
            out, what_site,
            S("See that the server with TLS before the city is up, and that its certificate is for this name, trusted "
              "and has not ended."),
            "%s: cannot be visited: %s", address, e.what);
    else if (ends_at < now_at + ENDS_SOON_SECONDS)
        find_fault(out, what_site, S("Renew the certificate, and let the server with TLS read it again."),
                   "%s: the certificate ends %.*s", address, STR(stockholm_moment(ends_at, out->arena)));
    else
        find_good(out, what_site, "%s: answers, with a certificate until %.*s", address,
                  STR(stockholm_moment(ends_at, out->arena)));
}

void check_site(const struct city *city, int64_t now_at, certificate_source *certificate,
                struct findings *out)
{
    const struct config *c = &city_settings(city)->config;

    if (c->address.n == 0)
        find_fault(out, what_site, S("Write address = https://... in [site] of lykta.conf."),
                   "the city has no address: links in letters lead to this machine alone");
    else if (!str_starts(c->address, S("https://")))
        find_fault(out, what_site,
                   S("Put a server with TLS before the city, and write its https:// address in [site]."),
                   "%.*s: is read without encryption", STR(c->address));
    else if (certificate)
        check_certificate(arena_cstr(out->arena, c->address.p, c->address.n), now_at, certificate, out);
    else
        find_good(out, what_site, "%.*s (--network looks at its certificate)", STR(c->address));
}

static void greet(const struct mail_settings *mail, carrier_source *load, struct findings *out)
{
    const struct carrier *carrier = NULL;
    char reason[DELIVERY_REASON_BYTES] = "";
    struct err e;

    if (load(&carrier, &e) != OK) {
        find_fault(out, what_mail, S("Install the program again."), "%s", e.what);
        return;
    }
    struct delivery *d = carrier->open(mail, NULL);
    if (carrier->greet(d, reason))
        find_good(out, what_mail, "%s: answers, %s", mail->server,
                  mail->is_plain ? "unencrypted on this machine"
                                 : "with a certificate that is trusted, and lets us in");
    else
        find_fault(out, what_mail,
                   S("See that the mail server is up, and that address, user, password and certificate "
                     "authorities are right; then send a test letter from the page of settings."),
                   "%s: %s", mail->server, reason);
    carrier->close(d);
}

static void check_way(const struct city *city, carrier_source *carrier, struct arena *secret,
                      struct findings *out)
{
    struct mail_settings mail;
    struct err e;

    if (mail_settings_read(city, city_settings(city), secret, &mail, &e) != OK)
        find_fault(out, what_mail,
                   S("Put it right in lykta.conf or on the page of settings; the password's file is "
                     "keys/mail.password, mode 600."),
                   "%s", e.what);
    else if (!mail.server)
        find_fault(out, what_mail,
                   S("Name the municipality's mail server in [mail], or on the page of settings."),
                   "no mail server is named: letters wait");
    else if (carrier)
        greet(&mail, carrier, out);
    else
        find_good(out, what_mail, "%s: the settings can be used (--network asks the server)", mail.server);
}

/* The password is read to see that it can be, and used with --network alone. */
void check_mail(const struct city *city, carrier_source *carrier, struct findings *out)
{
    struct arena *secret = arena_open_secret();

    check_way(city, carrier, secret, out);
    arena_close(secret);
}
