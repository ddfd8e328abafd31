/* Passwords: kept as Argon2id hashes (RFC 9106) that cost 64 MiB and three passes each, so that who steals
 * the database cannot try many. */
#ifndef LYKTA_ACCOUNT_PASSWORD_H
#define LYKTA_ACCOUNT_PASSWORD_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct outside;

enum {
    PASSWORD_MEMORY_BYTES = 64 * 1024 * 1024,
    PASSWORD_PASSES = 3,
    PASSWORD_LEAST_LETTERS = 12,
    PASSWORD_MOST_BYTES = 512
};

/* The hash of `password` with its parameters and salt in one text, in `a`. SYSTEM when there is no memory. */
enum status password_hash(struct str password, struct arena *a, struct str *hash, struct err *e) MUST_USE;

/* Is `password` the one of `person`? Takes as long, and as much memory, when the person has none or is 0, so
 * that the time does not tell which addresses have an account. */
enum status password_check(struct db *db, int64_t person, struct str password, bool *is_right,
                           struct err *e) MUST_USE;

/* Sets the password of `person` to one with the hash `hash`. Inside the caller's change. */
enum status password_set(struct db *db, int64_t person, struct str hash, int64_t now_at,
                         struct err *e) MUST_USE;

/* A new random password of 99 bits that can be read aloud: "k7m2q-x9d4r-...", in `a`. */
struct str password_make(const struct outside *outside, struct arena *a);

#endif
