/* lykta.conf, read with libinih. */
#include "store/config.h"

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <ini.h>

const char config_template[] =
    "; How this city's Lykta behaves. Nothing secret belongs here: secrets are in keys/.\n"
    "; What an administrator has changed in the portal, on the page of settings, goes before this file.\n"
    "[server]\n"
    "; where the server answers; a proxy with TLS stands before it\n"
    "listen = 127.0.0.1:8080\n"
    "\n"
    "[log]\n"
    "; the form of the log, a line an event: words or json\n"
    "form = words\n"
    "; a request that takes so many milliseconds is told as slow; 0: none is\n"
    "slow = 1000\n"
    "\n"
    "[watch]\n"
    "; a socket on this machine where monitoring asks how the city is: /run/lykta/lund/watch.sock; empty: none\n"
    "socket =\n"
    "\n"
    "[site]\n"
    "; where readers find the site, for links in files and letters: https://...\n"
    "address =\n"
    "; who answers questions: a function, not a person's name\n"
    "contact = Samordnaren\n"
    "email =\n"
    "; where \"leave this page quickly\" leads: an everyday site that says nothing of this one\n"
    "exit = https://www.smhi.se\n"
    "\n"
    "[mail]\n"
    "; the server that takes letters: smtp://host:587 (STARTTLS) or smtps://host:465; until it is named, letters "
    "wait\n"
    "server =\n"
    "; the address letters come from; answers go to email in [site]\n"
    "sender =\n"
    "; the user at the server, if it asks for one; the password is the only line of keys/mail.password (mode "
    "0600)\n"
    "user =\n"
    "; required, or none for a server on this machine\n"
    "tls = required\n"
    "; a file with the certificate authorities to trust; empty: those of the system\n"
    "authorities =\n"
    "\n"
    "[retention]\n"
    "; when what has been kept long enough is deleted each night: HH:MM, Swedish time\n"
    "time = 03:00\n"
    "\n"
    "[backup]\n"
    "; the folder, on another disk, where a sealed backup is made each night; empty: none is made\n"
    "; the key comes first: lykta backup DIR --make-key FILE\n"
    "folder =\n"
    "; when: HH:MM, Swedish time\n"
    "time = 02:00\n"
    "; how many minutes between two in the day, so that no more than that is lost with the machine; 0: only at night.\n"
    "; After two days the first of each day is kept\n"
    "every = 0\n"
    "; how many days one is kept: what has been deleted from the city is still in it\n"
    "days = 14\n"
    "; how many days may pass before somebody tries that one comes back: lykta restore FILE DIR --trial\n"
    "trial_days = 90\n"
    "\n"
    "[oidc]\n"
    "; the municipality's own sign-in (OpenID Connect): the address it calls itself, https://...; empty: none\n"
    "issuer =\n"
    "; what the provider calls this site; it sends people back to [site] address + /logga-in/kommun/svar\n"
    "; ask it for a subject (sub) of its own making, never a personal identity number\n"
    "client_id =\n"
    "; the file with the secret agreed with the provider, one line, mode 0400 or 0600; empty: keys/oidc.secret\n"
    "secret =\n"
    "; what the provider signs with: RS256, ES256 or EdDSA\n"
    "alg = RS256\n"
    "; levels of assurance that are enough, with spaces between; empty: any\n"
    "acr =\n"
    "; and those that are enough for who opens reports and for administrators\n"
    "acr_high = http://id.elegnamnden.se/loa/1.0/loa3\n"
    "; whose sign-in it is, as people say it: Lunds kommun\n"
    "name =\n"
    "; a file with the certificate authorities to trust; empty: those of the system\n"
    "authorities =\n"
    "\n"
    "[database]\n"
    "; where the city's database is: postgresql://USER@HOST/DATABASE#SCHEMA; empty: the file lykta.db beside this "
    "one\n"
    "; lykta copy moves it; a password stands in a password file (?passfile=FILE), never here\n"
    "address =\n";

/* libinih counts the lines; the sentence about the first fault is made where the fault is found. */
struct reading {
    struct config *config;
    struct arena *arena;
    char fault[400];
};

static int take(void *user, const char *section, const char *name, const char *value);

enum status config_read(const char *name, struct str bytes, struct arena *a, struct config *out,
                        struct err *e)
{
    struct config config = {.listen = S("127.0.0.1:8080"),
                            .log_form = S("words"),
                            .log_slow = S("1000"),
                            .contact = S("Samordnaren"),
                            .exit = S("https://www.smhi.se"),
                            .mail_tls = S("required"),
                            .retention_time = S("03:00"),
                            .backup_time = S("02:00"),
                            .backup_every = S("0"),
                            .backup_days = S("14"),
                            .backup_trial_days = S("90"),
                            .oidc_alg = S("RS256"),
                            .oidc_acr_high = S("http://id.elegnamnden.se/loa/1.0/loa3")};
    struct reading reading = {.config = &config, .arena = a};

    if (!str_is_utf8(bytes))
        return err_set(e, BAD_INPUT, "%s:1: not UTF-8 text (or a NUL byte in it); save it as UTF-8", name);
    int line = ini_parse_string(arena_cstr(a, bytes.p, bytes.n), take, &reading);
    if (line < 0)
        give_up("%s: libinih cannot read from memory", name);
    if (line > 0)
        return err_set(e, BAD_INPUT, "%s:%d: %s", name, line,
                       reading.fault[0] ? reading.fault : "expected [section] or key = value");
    *out = config;
    return OK;
}

struct setting {
    const char *section, *name;
    size_t offset; /* of its struct str in struct config */
};

static const struct setting settings[] = {
    {"server", "listen", offsetof(struct config, listen)},
    {"log", "form", offsetof(struct config, log_form)},
    {"log", "slow", offsetof(struct config, log_slow)},
    {"watch", "socket", offsetof(struct config, watch_socket)},
    {"site", "address", offsetof(struct config, address)},
    {"site", "contact", offsetof(struct config, contact)},
    {"site", "email", offsetof(struct config, email)},
    {"site", "exit", offsetof(struct config, exit)},
    {"mail", "server", offsetof(struct config, mail_server)},
    {"mail", "sender", offsetof(struct config, mail_sender)},
    {"mail", "user", offsetof(struct config, mail_user)},
    {"mail", "tls", offsetof(struct config, mail_tls)},
    {"mail", "authorities", offsetof(struct config, mail_authorities)},
    {"retention", "time", offsetof(struct config, retention_time)},
    {"backup", "folder", offsetof(struct config, backup_folder)},
    {"backup", "time", offsetof(struct config, backup_time)},
    {"backup", "every", offsetof(struct config, backup_every)},
    {"backup", "days", offsetof(struct config, backup_days)},
    {"backup", "trial_days", offsetof(struct config, backup_trial_days)},
    {"database", "address", offsetof(struct config, database)},
    {"oidc", "issuer", offsetof(struct config, oidc_issuer)},
    {"oidc", "client_id", offsetof(struct config, oidc_client_id)},
    {"oidc", "secret", offsetof(struct config, oidc_secret)},
    {"oidc", "alg", offsetof(struct config, oidc_alg)},
    {"oidc", "acr", offsetof(struct config, oidc_acr)},
    {"oidc", "acr_high", offsetof(struct config, oidc_acr_high)},
    {"oidc", "name", offsetof(struct config, oidc_name)},
    {"oidc", "authorities", offsetof(struct config, oidc_authorities)},
};

enum { N_SETTINGS = sizeof settings / sizeof *settings };

/* What could have been meant: the keys of the section, or the sections. */
static void note_unknown(struct reading *r, const char *section, const char *name)
{
    struct text known = text_open(r->arena);
    bool is_section = false;

    for (size_t i = 0; i < N_SETTINGS; i++)
        is_section = is_section || strcmp(section, settings[i].section) == 0;
    for (size_t i = 0; i < N_SETTINGS; i++) {
        const char *one = is_section ? settings[i].name : settings[i].section;
        bool is_other = is_section ? strcmp(section, settings[i].section) != 0
                                   : i > 0 && strcmp(one, settings[i - 1].section) == 0;

        if (!is_other)
            text_format(&known, "%s%s", known.n > 0 ? ", " : "", one);
    }
    snprintf(r->fault, sizeof r->fault, "unknown setting \"%.40s\" in [%.40s]; %s: %.*s", name, section,
             is_section ? "known there" : "known sections", STR(text_str(&known)));
}

static int take(void *user, const char *section, const char *name, const char *value)
{
    struct reading *reading = user;

    for (size_t i = 0; i < N_SETTINGS; i++) {
        if (strcmp(section, settings[i].section) != 0 || strcmp(name, settings[i].name) != 0)
            continue;
        struct str text = str_copy(str_of(value), reading->arena);
        memcpy((char *)reading->config + settings[i].offset, &text, sizeof text);
        return 1;
    }
    if (!reading->fault[0])
        note_unknown(reading, section, name);
    return 0;
}
