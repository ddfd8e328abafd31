/* Triage recipients: the people who can open reports, each with a key pair of their own.
 *
 * A recipient asks with a passphrase and waits; one who is active confirms, which reseals the data keys of
 * everything there is to the new one, on the way through the memory of the request alone. An administrator
 * can therefore not become a recipient alone. The first recipient of a city has nobody to confirm them: they
 * become active at once, while there is nothing of anyone else's to read. */
#ifndef LYKTA_KEYRING_RECIPIENT_H
#define LYKTA_KEYRING_RECIPIENT_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "seal/sealed.h"
#include "seal/wrap.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct keyring;

enum recipient_state { RECIPIENT_WAITING, RECIPIENT_ACTIVE, RECIPIENT_REMOVED };

struct recipient {
    int64_t id;
    int64_t account;
    enum recipient_state state;
    struct seal_public public_key;
    struct str wrap; /* a struct wrap's bytes */
    struct date asked_on;
    struct date removed_on;
};

struct recipients {
    size_t n;
    struct recipient *recipient;
};

/* A recipient at work, whose secret key opens what is asked for: the key itself, in locked memory, or who may
 * ask the vault that has it. */
struct opener {
    int64_t recipient;
    const struct seal_key *secret;   /* NULL: it is in the vault */
    const struct unlocked *unlocked; /* used where there is no secret */
};

/* A new pair, its secret wrapped by `passphrase`. BAD_INPUT when passphrase_check does not call it good. */
enum status recipient_pair(struct str passphrase, struct seal_public *public_key, struct wrap *wrap,
                           struct err *e) MUST_USE;

/* Makes a key pair for `account`, wrapped by `passphrase`; *state says whether it is active or waits.
 * BAD_INPUT when the account has one, or the passphrase is not one that passphrase_check calls good. */
enum status recipient_ask(struct keyring *k, int64_t account, struct str passphrase, const struct who *who,
                          enum recipient_state *state, struct err *e) MUST_USE;

/* `opener` confirms recipient `id`: everything they can open is resealed to it too, then it is active.
 * BAD_INPUT when `id` does not wait. Costs some 0.5 ms for each report there is. */
enum status recipient_confirm(struct keyring *k, const struct opener *opener, int64_t id,
                              const struct who *who, struct err *e) MUST_USE;

/* Removes recipient `id` at once: their copies and wrapped key are deleted, and nothing new is sealed to
 * them. A copy they kept of the key file still opens what it held: relock.h answers that. REFUSED for the
 * last active one. */
enum status recipient_remove(struct keyring *k, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* Wraps the opener's key by another passphrase. */
enum status recipient_passphrase(struct keyring *k, const struct opener *opener, struct str passphrase,
                                 const struct who *who, struct err *e) MUST_USE;

/* A new active recipient for `account` from the recovery key's secret: who lost all passphrases begins again.
 * `secret` is what recovery_join gave. Reseals everything to the new recipient. */
enum status recipient_recover(struct keyring *k, const struct seal_key *secret, int64_t account,
                              struct str passphrase, const struct who *who, struct err *e) MUST_USE;

/* Those that are active or wait, in the order they asked; `a` holds them. */
enum status recipients_all(struct keyring *k, struct arena *a, struct recipients *out,
                           struct err *e) MUST_USE;

/* How many are active: who can open what is sealed now. */
enum status recipients_active(struct keyring *k, int64_t *n, struct err *e) MUST_USE;

/* The one of `account` that is active or waits; *out.id is 0 when there is none. */
enum status recipient_of(struct keyring *k, int64_t account, struct arena *a, struct recipient *out,
                         struct err *e) MUST_USE;

#endif
