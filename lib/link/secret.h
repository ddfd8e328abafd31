/* The secret that the agencies of a project share and the linkage unit does not have, as it is read from a
 * file or a descriptor. */
#ifndef LYKTA_LINK_SECRET_H
#define LYKTA_LINK_SECRET_H

#include "base/text.h"
#include "link/encode.h"
#include "link/schema.h"

#include <stdbool.h>

struct arena;

enum { SECRET_MAX_BYTES = 16 * 1024, SECRET_LEAST_BITS = 90, SECRET_READER_BYTES = 32 };

struct secret {
    unsigned char key[ENCODE_KEY_BYTES];
    bool is_agreed;                            /* made by an agreement of keys: what follows is set */
    unsigned char noise_key[ENCODE_KEY_BYTES]; /* the agency's own */
    unsigned char reader[SECRET_READER_BYTES]; /* the linkage unit's X25519 key, to seal to */
    struct str list;                           /* the agency's list, in plain words */
};

/* Reads `bytes` as, in this order: 32 bytes that are not all text; 64 hexadecimal digits; a secret of an
 * agreement (agreement.h); a passphrase. `name` stands for the file in messages; nothing of the secret is
 * ever in one. Texts are in `a`, which should be a secret arena.
 *
 * A passphrase is stretched by Argon2id (RFC 9106) with the schema's hash as salt. REFUSED when its estimated
 * entropy is below SECRET_LEAST_BITS. BAD_INPUT when there is nothing, or when the agreement was on another
 * project, round or schema: an old round's secret cannot be used again by mistake. */
enum status secret_read(struct secret *out, const struct schema *schema, const char *name, struct str bytes,
                        struct arena *a, struct err *e) MUST_USE;

/* Writes the secret of an agreement, as secret_read takes it: lines of a word and a value. */
void secret_write(struct text *out, const struct secret *s, const struct schema *schema);

/* An estimate from below of the bits of a passphrase: a word of letters counts as one of 7,776, at most 4.7
 * bits a letter; a run of digits 3.3 each; other signs 5; what comes again counts nothing. */
double secret_passphrase_bits(struct str passphrase);

#endif
