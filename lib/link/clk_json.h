/* Encodings in the form that clkhash writes and anonlink takes: {"clks": ["base64", ...]}, one filter a
 * person. Bit 0 of a filter is the most significant of byte 0. The form says nothing of project, round,
 * schema or key: whoever links such files answers for that. */
#ifndef LYKTA_LINK_CLK_JSON_H
#define LYKTA_LINK_CLK_JSON_H

#include "link/clk_file.h"

struct arena;

enum { CLK_JSON_MAX_BYTES = 256 << 20 };

/* Reads "clks", or "clknblocks" ([["base64", "block", ..], ..], whose blocks are passed over), into one
 * group. `name` stands for the file in messages; the header's list is `name`, its project and round are
 * empty, hash, check and normaliser 0. A filter without a bit is that of a person of whom nothing is known.
 * BAD_INPUT when it is no such JSON, or the filters are not all of one length, a multiple of 64 bits up to
 * CLK_MAX_BITS. */
enum status clk_json_read(struct clk_header *header, struct encodings *out, const char *name,
                          struct str bytes, struct arena *a, struct err *e) MUST_USE;

/* Writes `n` filters of `bits` bits, each bits / 8 bytes as clkhash orders them (clkhash_encode). */
enum status clk_json_write(const unsigned char *filters, size_t n, size_t bits, const struct sink *to,
                           struct arena *a, struct err *e) MUST_USE;

/* The filters of a group of `x` in that order of bits, in `a`. */
unsigned char *clk_json_order(const struct encodings *x, size_t group, struct arena *a);

/* Could these bytes be the beginning of such a file rather than of an OUT.clk? */
bool clk_json_starts(struct str bytes);

#endif
