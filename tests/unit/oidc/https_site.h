/* An https site of the test's own (site.py), with a certificate for localhost by an authority of its own. */
#ifndef LYKTA_TESTS_HTTPS_SITE_H
#define LYKTA_TESTS_HTTPS_SITE_H

#include "../scratch.h"

#include <stdbool.h>
#include <sys/types.h>

struct https_site {
    struct scratch *scratch; /* with ca.pem, whom to trust, and other.pem, another authority */
    pid_t pid;
    int input;
    int port;
};

/* Starts it; false when it does not. */
bool https_site_open(struct scratch *scratch, struct https_site *out);
void https_site_close(const struct https_site *s);

#endif
