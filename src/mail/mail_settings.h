/* Where letters are handed over: the settings of mail, and the password in keys/. */
#ifndef LYKTA_MAIL_MAIL_SETTINGS_H
#define LYKTA_MAIL_MAIL_SETTINGS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct city;
struct settings;

struct mail_settings {
    const char *server;     /* "smtp://host:587"; NULL: none is named, letters wait */
    const char *sender;     /* the address letters come from */
    struct str sender_name; /* "Nätverket mot människohandel, Lund" */
    struct str answers_to;  /* email in [site]; empty: answers go to the sender */
    const char *user;       /* NULL: the server asks for none */
    const char *password;
    const char *authorities; /* a file; NULL: those of the system */
    bool is_plain;           /* no TLS: to this machine alone */
};

/* Of `settings`, with the password of `city`; in `a`, which holds the password: wipe it. BAD_INPUT names the
 * setting that cannot be used; SYSTEM when the password cannot be read. */
enum status mail_settings_read(const struct city *city, const struct settings *settings, struct arena *a,
                               struct mail_settings *out, struct err *e) MUST_USE;

/* Is `url` a mail server's address: "smtp://host:port" or "smtps://host:port", the port left out or not? And
 * is it on this machine, where letters may go unencrypted? */
bool mail_server_is_valid(struct str url);
bool mail_server_is_here(struct str url);

/* Keeps the password for the mail server, which only its owner may read. Whole or not at all. */
enum status mail_password_keep(const struct city *city, struct str password, struct err *e) MUST_USE;

#endif
