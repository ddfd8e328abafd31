/* lykta.conf: what a city has chosen. Every key has a default; an unknown key is an error with its line. */
#ifndef LYKTA_STORE_CONFIG_H
#define LYKTA_STORE_CONFIG_H

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { CONFIG_MAX_BYTES = 64 * 1024 };

struct config {
    struct str listen;       /* [server] listen: address and port the server answers on */
    struct str log_form;     /* [log] form: "words" or "json" */
    struct str log_slow;     /* [log] slow: milliseconds from which a request is told as slow; 0: none */
    struct str watch_socket; /* [watch] socket: where monitoring asks how the city is; empty: nowhere */
    struct str address;      /* [site] address: where readers find the site, "https://…"; may be empty */
    struct str contact;      /* [site] contact: who answers questions: a function, never a person's name */
    struct str email;        /* [site] email: the function's address; may be empty */
    struct str exit; /* [site] exit: where "leave this page quickly" leads: a site anyone may be reading */
    struct str mail_server; /* [mail] server: "smtp://host:587" or "smtps://host:465"; empty: letters wait */
    struct str mail_sender; /* [mail] sender: the address letters come from */
    struct str mail_user;   /* [mail] user: at the server; empty: it asks for none */
    struct str mail_tls;    /* [mail] tls: "required", or "none" to a server on this machine */
    struct str mail_authorities; /* [mail] authorities: a file of certificates (PEM); empty: the system's */
    struct str
        retention_time; /* [retention] time: "03:00", in Stockholm: when what is due is deleted each night */
    struct str backup_folder;     /* [backup] folder: where a backup is made each night; empty: nowhere */
    struct str backup_time;       /* [backup] time: "02:00", in Stockholm */
    struct str backup_every;      /* [backup] every: minutes between two in the day; "0": none */
    struct str backup_days;       /* [backup] days: how long one is kept */
    struct str backup_trial_days; /* [backup] trial_days: how long one may go without a trial */
    struct str database;    /* [database] address (db_address.h); empty: the file lykta.db in the folder */
    struct str oidc_issuer; /* [oidc] issuer: the municipality's own provider, "https://…"; empty: none */
    struct str oidc_client_id;
    struct str oidc_secret;   /* [oidc] secret: the file it is in; empty: keys/oidc.secret */
    struct str oidc_alg;      /* [oidc] alg: what the provider signs with */
    struct str oidc_acr;      /* [oidc] acr: levels of assurance that are enough; empty: any */
    struct str oidc_acr_high; /* [oidc] acr_high: those for roles that see or decide most */
    struct str oidc_name;     /* [oidc] name: whose sign-in it is, for people */
    struct str oidc_authorities;
};

/* Reads `bytes` of the file `name` (INI: [section], key = value, ; or # before a comment). Texts are in `a`.
 * BAD_INPUT as "name:line: what is wrong". */
enum status config_read(const char *name, struct str bytes, struct arena *a, struct config *out,
                        struct err *e) MUST_USE;

/* The text `bytes` of a file with another [database] address, and all else as it stands; in `a`. */
struct str config_with_database(struct str bytes, struct str address, struct arena *a);

/* The file a new city begins with: every key, with its default and what it is for. */
extern const char config_template[];

#endif
