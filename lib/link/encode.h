/* People as encodings under a key that the agencies share and the linkage unit does not have.
 *
 * Profile `grouped`: a filter of 1024 bits for all names of a person, of 256 for birth and sex, of 256 for
 * places, telephone and numbers; a group that is missing has no filter. Names or-ed into one filter match
 * when they are swapped between fields, and resist the alignment of single frequent names (Niedermeyer,
 * Steinmetzer, Kroll & Schnell 2014, J. Privacy Confid. 6(2)). Profile `clk`: all groups in one filter of
 * 1024 bits.
 *
 * Each filter is then hardened: its bits permuted by the key, and each with the schema's probability replaced
 * by a random bit (BLIP: Alaggan, Gambs & Kermarrec 2012; Schnell & Borgs 2016, ICDMW). Encodings are
 * pseudonymous personal data all the same (GDPR, recital 26). */
#ifndef LYKTA_LINK_ENCODE_H
#define LYKTA_LINK_ENCODE_H

#include "link/encodings.h"
#include "link/person.h"

struct arena;

enum {
    ENCODE_KEY_BYTES = 32,
    ENCODE_CHECK_BYTES = 8,
    ENCODE_NAME_BITS = 1024,
    ENCODE_SMALL_BITS = 256 /* of the groups of birth and of places */
};

struct encoder;

/* An encoder for `schema` under the project's `key` (ENCODE_KEY_BYTES). `noise_key` (ENCODE_KEY_BYTES) is the
 * agency's own: the same noise key and row give the same noise, so that a list encoded twice cannot be
 * averaged. It lives in `a`, which holds secrets from then on: wipe it after use. */
struct encoder *encoder_open(const struct schema *schema, const unsigned char *key,
                             const unsigned char *noise_key, struct arena *a);

/* Tells a wrong key without telling the key: the same for all who hold the same key, schema and round. */
void encoder_check(const struct encoder *x, unsigned char check[ENCODE_CHECK_BYTES]);

/* Room for `n` people, zeroed, with the groups and strata of `schema`; in `a`. */
void encodings_new(struct encodings *out, const struct schema *schema, size_t n, struct arena *a);

/* Which groups are known of `p`: bit g for group g of those that `schema` has fields for. */
unsigned encode_known(const struct schema *schema, const struct person *p);

/* Encodes `p`, the person of row number `row` (from 1) of the list, as number `i` of `out`. */
void encode_person(struct encoder *x, const struct person *p, uint64_t row, struct encodings *out, size_t i);

/* A random order of the people of `x` (Fisher & Yates, from the system's randomness), so that a position says
 * nothing of a row: `from[i]` is the place that number i had before. */
void encodings_shuffle(struct encodings *x, uint32_t *from, struct arena *a);

#endif
