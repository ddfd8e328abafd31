/* Where letters are handed over: the [mail] section of lykta.conf and the password in keys/. */
#ifndef LYKTA_MAIL_MAIL_SETTINGS_H
#define LYKTA_MAIL_MAIL_SETTINGS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct city;

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

/* What `city` has chosen, in `a`, which holds the password: wipe it. BAD_INPUT names the setting that cannot
 * be used; SYSTEM when the password cannot be read. */
enum status mail_settings_read(const struct city *city, struct arena *a, struct mail_settings *out,
                               struct err *e) MUST_USE;

#endif
