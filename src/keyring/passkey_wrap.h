/* A recipient's secret key, wrapped once more by what a passkey gives: its PRF (W3C Web Authentication Level
 * 3, section 10.1.4), 32 bytes that one device alone can make, and makes again for the same question.
 *
 * Threats answered: those of a wrapped key (seal/wrap.h), with nothing to guess: without the device the key
 * file tells no more than noise. A stolen device opens nothing without its user's finger or code, which we
 * ask for, and without the recipient's session. Not answered: a server that is hostile while the key is
 * unlocked, as with a passphrase. The passphrase goes on to open: a passkey is a second way, never the only
 * one. */
#ifndef LYKTA_KEYRING_PASSKEY_WRAP_H
#define LYKTA_KEYRING_PASSKEY_WRAP_H

#include "base/err.h"
#include "base/str.h"
#include "seal/sealed.h"
#include "store/audit.h"

#include <stddef.h>

struct arena;
struct keyring;
struct opener;

enum { PASSKEY_WRAPS_MOST = 8, PASSKEY_SECRET_BYTES = 32, PASSKEY_ID_MOST_BYTES = 1023 };

/* What the device is asked with: the same for all, since each passkey has a secret of its own. */
#define PASSKEY_QUESTION "Lykta: a recipient's key, 1"

/* What a browser gives: which passkey, and its answer. */
struct passkey_answer {
    struct str credential;
    struct str secret; /* PASSKEY_SECRET_BYTES */
};

/* From now on `answer` opens the opener's key too; a passkey that opened it before is kept anew. BAD_INPUT
 * when the answer has another size; REFUSED when PASSKEY_WRAPS_MOST passkeys open it. */
enum status passkey_wrap_add(struct keyring *k, const struct opener *opener,
                             const struct passkey_answer *answer, const struct who *who,
                             struct err *e) MUST_USE;

/* Which passkeys open the key of `recipient`, the oldest first; in `a`. */
struct passkey_wraps {
    size_t n;
    struct str *credential;
};
enum status passkey_wraps_of(struct keyring *k, int64_t recipient, struct arena *a, struct passkey_wraps *out,
                             struct err *e) MUST_USE;

/* The record of one of them, for wrap_open; empty when there is none. */
enum status passkey_wrap_find(struct keyring *k, int64_t recipient, struct str credential, struct arena *a,
                              struct str *out, struct err *e) MUST_USE;

/* No passkey opens it any more. */
enum status passkey_wraps_remove(struct keyring *k, const struct opener *opener, const struct who *who,
                                 struct err *e) MUST_USE;

#endif
