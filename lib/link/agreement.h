/* How the agencies of a project come to share a key that neither the server that carries their files nor the
 * linkage unit has.
 *
 * Each makes a pair of keys and gives the public one away. All compare thirty digits by voice, which are the
 * same for the same public keys: else whoever carries the files could stand between them. One draws the key,
 * seals it to each, and signs the whole with project, round and schema. Each takes its own out, if the digits
 * were right.
 *
 * Signatures are Ed25519 (RFC 8032), seals libsodium's crypto_box_seal (X25519, XSalsa20-Poly1305). Files are
 * lines of a word and a value. */
#ifndef LYKTA_LINK_AGREEMENT_H
#define LYKTA_LINK_AGREEMENT_H

#include "link/secret.h"
#include "link/voice.h"

struct arena;

enum {
    AGREEMENT_KEY_BYTES = 32,
    AGREEMENT_MAX_MEMBERS = 16, /* agencies of a round */
    AGREEMENT_DIGITS = VOICE_DIGITS,
    AGREEMENT_MAX_BYTES = 64 * 1024
};

struct public_key {
    struct str name; /* of the agency, in plain words: 1..SCHEMA_MAX_TEXT bytes */
    unsigned char sign[AGREEMENT_KEY_BYTES];
    unsigned char box[AGREEMENT_KEY_BYTES]; /* to seal to; for the linkage unit, that of sealed.h */
};

struct key_pair {
    struct public_key open;
    unsigned char seed[AGREEMENT_KEY_BYTES];
    unsigned char sign_secret[2 * AGREEMENT_KEY_BYTES];
    unsigned char box_secret[AGREEMENT_KEY_BYTES];
};

/* The pair of `seed`, which is drawn at random; `name` must outlive it. Holds secrets: wipe it. */
void key_pair_of(struct key_pair *out, struct str name, const unsigned char seed[AGREEMENT_KEY_BYTES]);

/* The file of a pair, which its owner keeps, and that of its public half, whose last word is the key to seal
 * to. */
void key_pair_write(struct text *out, const struct key_pair *pair);
void public_key_write(struct text *out, const struct public_key *key);

/* Reads them; `file` stands for the file in messages, texts are in `a`. BAD_INPUT when it is none. */
enum status key_pair_read(struct key_pair *out, const char *file, struct str bytes, struct arena *a,
                          struct err *e) MUST_USE;
enum status public_key_read(struct public_key *out, const char *file, struct str bytes, struct arena *a,
                            struct err *e) MUST_USE;

/* Who takes part in a round: the agencies, and the linkage unit that reads. */
struct members {
    size_t n;
    struct public_key member[AGREEMENT_MAX_MEMBERS];
    struct public_key reader;
};

/* Thirty digits for the project's name and all public keys, in whatever order they are: of BLAKE2b-256. */
void agreement_digits(const struct schema *schema, const struct members *m, char out[AGREEMENT_DIGITS + 1]);

/* The file that shares `key` among the members, signed by `from`, who is one of them. USAGE when not, when
 * there are fewer than two, or one is there twice or is the reader as well. */
enum status agreement_write(struct text *out, const struct schema *schema, const struct members *m,
                            const struct key_pair *from, const unsigned char key[ENCODE_KEY_BYTES],
                            struct arena *a, struct err *e) MUST_USE;

/* Takes `own`'s part out of such a file into `out`, whose list and noise_key the caller sets. `digits` are
 * those that were compared, with or without blanks. BAD_INPUT when the file is damaged or not signed by a
 * member, when it is for another project, round or schema, or not for `own`; REFUSED when the digits are
 * others. */
enum status agreement_take(struct secret *out, const struct schema *schema, const struct key_pair *own,
                           const char *digits, const char *file, struct str bytes, struct arena *a,
                           struct err *e) MUST_USE;

/* Is such a file for `schema`, shared among just the members `m` and their reader, and signed by one of them?
 * For whoever carries it: what is sealed in it stays sealed. BAD_INPUT says what is not so. */
enum status agreement_check(const struct schema *schema, const struct members *m, const char *file,
                            struct str bytes, struct arena *a, struct err *e) MUST_USE;

#endif
