/* Linkage for other programs and languages: bytes in, bytes out, and no struct to know. What liblykta
 * promises to callers that are not written in C, beside estimate/foreign_estimate.h; everything else may
 * change its form. Each function gives an answer that the caller closes (base/foreign_answer.h). */
#ifndef LYKTA_LINK_FOREIGN_H
#define LYKTA_LINK_FOREIGN_H

#include "base/foreign_answer.h"

#include <stddef.h>
#include <stdint.h>

/* Encodes the list `csv` under the schema `schema` (JSON) into an OUT.clk, as lykta encode does, not sealed.
 * `key` and `noise_key` are 32 bytes each: the project's and the agency's own. `list` is the list's name,
 * `created_at` seconds UTC. The bytes are the file's. */
struct foreign_answer *foreign_encode(const char *schema, size_t schema_bytes, const unsigned char *key,
                                      const unsigned char *noise_key, const char *csv, size_t csv_bytes,
                                      const char *list, int64_t created_at);

/* How alike each person of the OUT.clk `a` is to each of `b` in group `group` (0 names, 1 birth, 2 places):
 * Dice's coefficient of what was encoded before noise, -1 where either has nothing there. The bytes are
 * doubles of this machine, row by row. */
struct foreign_answer *foreign_similarities(const unsigned char *a, size_t a_bytes, const unsigned char *b,
                                            size_t b_bytes, int group);

#endif
