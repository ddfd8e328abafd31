/* The key file of a city: sealed.db in its folder, a small SQLite file of its own. It holds who can open what
 * is sealed (public keys, wrapped secret keys) and the sealed copies of every data key; the texts they open
 * are in the city's database. A row deleted here ends a report everywhere, also in older backups of the
 * database.
 *
 * Threats answered: a stolen database (it holds no keys), a stolen key file (it holds no texts, and its keys
 * are wrapped by passphrases and codes), and both together (docs/security.md says what a thief then still
 * needs).
 *
 * Changes here have their audit line in the city's log, written first: a line without its change is possible
 * after a crash, a change without its line is not. */
#ifndef LYKTA_KEYRING_KEYRING_H
#define LYKTA_KEYRING_KEYRING_H

#include "base/err.h"
#include "base/str.h"
#include "seal/recovery.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct keyring; /* one connection to the key file: serves one thread at a time */

/* Holders of copies that are not recipients. */
enum { HOLDER_REPORTER = -1, HOLDER_RECOVERY = 0 };

struct keyring_make {
    size_t needed; /* shares that open together what is sealed: 3 */
    size_t shares; /* 5 */
    struct who who;
};

/* Has the city a key file? */
bool keyring_exists(const struct city *city);

/* Makes the key file of `city` and its recovery pair. out[make->shares] is the only place the recovery secret
 * is then: the caller prints it and wipes it. BAD_INPUT when there is a key file already. */
enum status keyring_make(struct city *city, const struct keyring_make *make, struct recovery_share *out,
                         struct err *e) MUST_USE;

/* Opens the key file; BAD_INPUT when the city has none: lykta recovery makes it. `db` is the caller's
 * connection to the city's database, for the texts and the log, and outlives *out. */
enum status keyring_open(const struct city *city, struct db *db, struct keyring **out,
                         struct err *e) MUST_USE;

/* Brings the tables of the city at `path` forward to this program's, and those of its key file when it has
 * one; *applied is how many blocks that took. */
enum status keyring_migrate(const char *path, int64_t now_at, size_t *applied, struct err *e) MUST_USE;

/* NULL is harmless. */
void keyring_close(struct keyring *k);

/* For this room's modules: the two connections, the municipality that is bound into every seal, the server's
 * key for looking up receipt codes. */
struct db *keyring_file(const struct keyring *k);
struct db *keyring_city(const struct keyring *k);
struct str keyring_municipality(const struct keyring *k);
const unsigned char *keyring_lookup_key(const struct keyring *k);

/* Writes the audit line of a change that comes: see above. */
enum status keyring_log(struct keyring *k, const struct audit_line *line, struct err *e) MUST_USE;

/* The recovery key's public half. */
enum status keyring_recovery(struct keyring *k, struct seal_public *out, struct err *e) MUST_USE;

/* How many shares there are of the recovery key, and how many of them open together. */
enum status keyring_shares(struct keyring *k, int64_t *needed, int64_t *shares, struct err *e) MUST_USE;

/* After deletions: what was deleted leaves the disk too, in both files; what cannot leave it now goes the
 * next night (retention_scrub). */
void keyring_erase(struct keyring *k);

#endif
