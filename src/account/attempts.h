/* Wrong guesses at passwords and codes, counted in memory alone, so that guessing becomes slow: for each
 * account from each network, for each account from anywhere, and for each network. Who knows the password and
 * comes from another network is kept waiting by nobody until very many guess at once, and then a minute at
 * the most. Addresses that have no account are counted like those that do.
 *
 * OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B, 5.2.2. */
#ifndef LYKTA_ACCOUNT_ATTEMPTS_H
#define LYKTA_ACCOUNT_ATTEMPTS_H

#include "base/str.h"
#include "web/source.h"

#include <stdbool.h>
#include <stdint.h>

struct attempts;

enum {
    ATTEMPTS_FREE_PAIR = 5, /* wrong ones before the first wait */
    ATTEMPTS_FREE_ACCOUNT = 50,
    ATTEMPTS_FREE_SOURCE = 40,  /* an office signs in from one address */
    ATTEMPTS_WAIT_SECONDS = 15, /* the first wait; each wrong one after it doubles it, up to: */
    ATTEMPTS_MOST_PAIR_SECONDS = 15 * 60,
    ATTEMPTS_MOST_ACCOUNT_SECONDS = 60,
    ATTEMPTS_MOST_SOURCE_SECONDS = 5 * 60,
    ATTEMPTS_KEPT_SECONDS = 3600 /* without a wrong one, and all is forgotten */
};

/* NULL is harmless to close. */
struct attempts *attempts_open(void);
void attempts_close(struct attempts *x);

/* May `account` (an address as typed, or what else is guessed at) be tried from `source` now? 0 when it may:
 * the attempt then counts as a wrong one, also when many are made at the same moment, until attempts_right.
 * Else how many seconds it must wait; that counts nothing. */
int64_t attempts_begin(struct attempts *x, struct str account, const unsigned char source[SOURCE_BYTES],
                       int64_t now_at);

/* The attempt that began was right: it no longer counts, and the wrong ones from there are forgotten. */
void attempts_right(struct attempts *x, struct str account, const unsigned char source[SOURCE_BYTES],
                    int64_t now_at);

#endif
