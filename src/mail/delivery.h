/* A letter handed to a mail server: SMTP (RFC 5321) with TLS, by libcurl, which also builds the message from
 * its parts (RFC 2045-2047). The connection is kept from letter to letter.
 *
 * libcurl and what it needs take longer to load than an estimate takes: delivery.c is a module
 * (lykta-mail.so), loaded by carrier_load when there is a server to hand letters to. */
#ifndef LYKTA_MAIL_DELIVERY_H
#define LYKTA_MAIL_DELIVERY_H

#include "base/err.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct delivery; /* a way to the server, used by one thread at a time */
struct mail_letter;
struct mail_settings;

enum delivery_outcome {
    DELIVERY_DONE,   /* the server has taken the letter */
    DELIVERY_DOWN,   /* the server did not answer, or not as it should: nothing about this letter */
    DELIVERY_LATER,  /* it asked to try again later */
    DELIVERY_NEVER,  /* it will not take this letter */
    DELIVERY_UNSURE, /* the connection ended before it answered */
    DELIVERY_STOPPED /* before anything was handed over: `stop`, or `handing` failed */
};

/* Called once before the first byte of the letter's text is handed over; false stops the delivery. */
typedef bool delivery_handing(void *context);

enum { DELIVERY_REASON_BYTES = 200 };

/* What the module does. */
struct carrier {
    /* `settings`, which name a server, and `stop` (set by another thread; may be NULL) outlive it. Never
     * NULL. */
    struct delivery *(*open)(const struct mail_settings *settings, const atomic_bool *stop);
    /* NULL is harmless. */
    void (*close)(struct delivery *d);
    /* Hands `letter` over. `reason` gets one line of what the server or the network said; empty when done. */
    enum delivery_outcome (*send)(struct delivery *d, const struct mail_letter *letter, int64_t now_at,
                                  delivery_handing *handing, void *context,
                                  char reason[DELIVERY_REASON_BYTES]);
    /* Says who we are, as before a letter, and hands nothing over: connection, TLS, user and password. False
     * with `reason` when that does not go. After it `d` is only to be closed. */
    bool (*greet)(struct delivery *d, char reason[DELIVERY_REASON_BYTES]);
};

/* In the module. */
extern const struct carrier smtp_carrier;

/* A way to get at the carrier. SYSTEM when it is not to be had. */
typedef enum status carrier_source(const struct carrier **out, struct err *e);

/* Loads the module. */
carrier_source carrier_load;

#endif
