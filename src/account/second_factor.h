/* What a person shows beside the password: a code from another device, or one of ten recovery codes on paper
 * for when the device is lost. The secret of the codes is kept sealed under a key outside the database
 * (keys/account.key), bound to its person; of a recovery code only the hash is kept, and it is used once. */
#ifndef LYKTA_ACCOUNT_SECOND_FACTOR_H
#define LYKTA_ACCOUNT_SECOND_FACTOR_H

#include "account/totp.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct outside;

enum { RECOVERY_CODES = 10 };

struct second_factor {
    bool is_set;
    int64_t set_at;
    int64_t last_step; /* the step whose code was used last */
    bool is_example;   /* of an example account: its code is shown to everyone */
    struct totp_secret secret;
    size_t recovery_left;
};

/* What `person` has; is_set is false when that is nothing. SYSTEM or BAD_INPUT when the key cannot be read or
 * does not fit what is stored. Whoever reads it calls second_factor_wipe. */
enum status second_factor_read(const struct city *city, struct db *db, int64_t person,
                               struct second_factor *out, struct err *e) MUST_USE;
void second_factor_wipe(struct second_factor *x);

/* Sets the device of `person` in place of any before it; `step` is the one just shown, 0: none. Inside the
 * caller's change. */
enum status second_factor_set(const struct city *city, struct db *db, const struct outside *outside,
                              int64_t person, const struct second_factor *x, struct err *e) MUST_USE;

/* Uses the code of `step`; *is_fresh is false when that step or a later one was used before. */
enum status second_factor_use(struct db *db, int64_t person, int64_t step, bool *is_fresh,
                              struct err *e) MUST_USE;

/* Forgets device and recovery codes: the next sign-in sets up a new device. */
enum status second_factor_forget(struct db *db, int64_t person, struct err *e) MUST_USE;

/* New recovery codes in place of the old, "k7m2q-x9d4r-h3w8p" each (74 bits), in `a`: shown once. */
enum status recovery_codes_make(struct db *db, const struct outside *outside, int64_t person, struct arena *a,
                                struct str codes[RECOVERY_CODES], struct err *e) MUST_USE;

/* Is `typed` an unused recovery code of `person`? Then it is used now. Spaces, hyphens and capitals do not
 * matter. */
enum status recovery_code_use(struct db *db, int64_t person, struct str typed, bool *is_right,
                              struct err *e) MUST_USE;

#endif
