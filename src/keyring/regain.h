/* Recovery in the portal: a recipient who lost the passphrase reads again, with shares that their holders
 * give each in a session of their own.
 *
 *     regain_begin    the recipient chooses another passphrase; it wraps the secret of a pair made for this
 *                     recovery alone
 *     regain_give     a holder's share is sealed to that pair before it is stored
 *     regain_finish   the passphrase opens the pair, the pair the shares, the shares the recovery key: in
 * locked memory, in this one request. The recipient gets a new pair, and pair and shares are deleted
 *
 * Threats answered: a stolen key file while a recovery goes on (its shares open with the new passphrase
 * alone); a holder who gives two shares, or another's; passphrases tried (the tenth wrong one ends the
 * recovery); a recovery that is forgotten (it ends after REGAIN_DAYS). Not answered: a server that is hostile
 * while shares are typed or joined; holders who give their shares to somebody they have not spoken with: all
 * of them see who asks, and the log keeps it.
 *
 * There is at most one at a time. */
#ifndef LYKTA_KEYRING_REGAIN_H
#define LYKTA_KEYRING_REGAIN_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdint.h>

struct keyring;

enum { REGAIN_DAYS = 14, REGAIN_TRIES = 10 };

struct regain {
    int64_t account; /* who asks; 0: nobody */
    struct date asked_on;
    int64_t given; /* shares so far */
};

enum regain_answer {
    REGAIN_DONE,
    REGAIN_WRONG,     /* not the passphrase */
    REGAIN_OVER,      /* the tenth wrong one: the recovery has ended */
    REGAIN_NOT_SHARES /* the shares do not give the key: one is not genuine. All are deleted, to be given anew
                       */
};

/* The recovery under way on day `today`; changes nothing, and does not show one whose time is out. */
enum status regain_now(struct keyring *k, struct date today, struct regain *out, struct err *e) MUST_USE;

/* Deletes a recovery whose time is out on day `today`, every night: its pair and shares are not kept longer
 * than it is good for. */
enum status regain_forget(struct keyring *k, struct date today, struct err *e) MUST_USE;

/* `account` asks. BAD_INPUT when the passphrase is not good; REFUSED when one is under way. */
enum status regain_begin(struct keyring *k, int64_t account, struct str passphrase, const struct who *who,
                         struct err *e) MUST_USE;

/* The holder `account` gives their share, as `typed` from the paper, again or for the first time. BAD_INPUT
 * when it is not a share of this city's key or not theirs; REFUSED when none is under way or they hold none.
 */
enum status regain_give(struct keyring *k, int64_t account, struct str typed, const struct who *who,
                        struct err *e) MUST_USE;

/* Who asked finishes. REFUSED when that is not `account`, or shares are missing. */
enum status regain_finish(struct keyring *k, int64_t account, struct str passphrase, const struct who *who,
                          enum regain_answer *answer, struct err *e) MUST_USE;

/* Ends the recovery under way, if any, with nothing done. */
enum status regain_stop(struct keyring *k, const struct who *who, struct err *e) MUST_USE;

#endif
