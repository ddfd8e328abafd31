/* The certificate that visitors of a city's address are shown, whoever keeps it: a front server, mostly.
 * Asked for by libcurl, in the module lykta-certificate.so, which is loaded where `lykta check --network`
 * asks. */
#ifndef LYKTA_CHECK_CERTIFICATE_H
#define LYKTA_CHECK_CERTIFICATE_H

#include "base/err.h"

#include <stdint.h>

enum { CERTIFICATE_CONNECT_SECONDS = 10, CERTIFICATE_WHOLE_SECONDS = 20 };

struct certificate_tools {
    /* When the certificate of the https `address` ends (seconds UTC). `authorities` is a file of those to
     * trust; NULL: those of the system. SYSTEM, with why, when nobody answers, or the certificate is not
     * trusted, of another name, or has ended. */
    enum status (*end_of)(const char *address, const char *authorities, int64_t *ends_at, struct err *e);
};

/* In the module. */
extern const struct certificate_tools certificate_tools_real;

/* A way to get at them. SYSTEM when they are not to be had. */
typedef enum status certificate_source(const struct certificate_tools **out, struct err *e);

/* Loads the module. */
certificate_source certificate_load;

#endif
