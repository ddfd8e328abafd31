/* OUT.clk: a list of people as encodings in a file, written and read record by record.
 *
 *   one line of JSON   what clk_header holds, at most CLK_HEADER_BYTES with its newline
 *   n records          a byte of presence; the filters of the groups that are encoded, least significant bit
 *                      first; a byte of gender and one of age where the schema gives them. All of one size
 *   32 bytes           SHA-256 of everything before
 *
 * The file says how many people there are and how many have each group, so that a linkage unit can show
 * sizes before it links. It holds no name and no key, and is personal data all the same (GDPR, recital 26).
 * For the way it is sealed to the linkage unit see sealed.h; docs/clk-format.md describes both.         */
#ifndef LYKTA_LINK_CLK_FILE_H
#define LYKTA_LINK_CLK_FILE_H

#include "base/stream.h"
#include "link/encode.h"
#include "link/encodings.h"

#include <stdint.h>

struct arena;

enum {
    CLK_VERSION = 1,
    CLK_HEADER_BYTES = 4096,
    CLK_FEW_PEOPLE = 20, /* a shorter list may be read only when the coordinator has confirmed it */
    CLK_MAX_BITS = 8192
};

struct clk_header {
    struct str project; /* 1..SCHEMA_MAX_TEXT bytes of UTF-8 each, without control characters */
    struct str round;
    struct str list; /* the agency's list, in plain words */
    enum profile profile;
    unsigned char schema_hash[SCHEMA_HASH_BYTES];
    unsigned char key_check[ENCODE_CHECK_BYTES]; /* differs: another key, so that nothing would match */
    int normaliser;                              /* NORMALISE_VERSION of who encoded */
    int noise_percent;
    int64_t created_at; /* seconds UTC */
    size_t n;           /* at most ENCODINGS_MAX_PEOPLE */
    size_t groups;
    size_t bits[GROUPS];     /* a multiple of 64 up to CLK_MAX_BITS, or 0 for a group that is not encoded */
    int64_t present[GROUPS]; /* people with each group */
    bool has_gender, has_age;
};

/* The header of encodings under `schema` by `x`; the caller fills in list, created_at, n and present. */
void clk_header_of(struct clk_header *out, const struct schema *schema, const struct encoder *x);

/* Bytes of a record under `h`. */
size_t clk_record_bytes(const struct clk_header *h);

/* Can the lists `a` and `b` be linked? BAD_INPUT names the lists and what differs: project, round, schema,
 * normaliser, key, profile. The key is told by its check value alone. */
enum status clk_same_round(const struct clk_header *a, const struct clk_header *b, struct err *e) MUST_USE;

struct clk_writer;

/* Begins a file under `h` (copied) in `to`; the writer lives in `a`. */
enum status clk_writer_open(struct clk_writer **out, const struct clk_header *h, const struct sink *to,
                            struct arena *a, struct err *e) MUST_USE;

/* Writes the people of `x`, whose groups and strata are those of the header. */
enum status clk_writer_add(struct clk_writer *w, const struct encodings *x, struct err *e) MUST_USE;

/* Ends the file. The people written must be as many as the header said, in all and with each group. */
enum status clk_writer_close(struct clk_writer *w, struct err *e) MUST_USE;

struct clk_reader;

/* Begins to read a file; its header is in `header`, texts and reader in `a`. BAD_INPUT when it is no such
 * file, of a later version, or anything in the header is out of bounds. */
enum status clk_reader_open(struct clk_reader **out, struct clk_header *header, const struct source *from,
                            struct arena *a, struct err *e) MUST_USE;

/* Reads the next people, at most `room`, into `out` from number `at` on: `out` has the header's groups and
 * room for them (clk_room). *n is 0 when all have been read, and the hash and the counts were right: nothing
 * of the file is to be believed before. BAD_INPUT when it is cut short, changed, longer than it says, or a
 * record is none. */
enum status clk_reader_next(struct clk_reader *r, struct encodings *out, size_t at, size_t room, size_t *n,
                            struct err *e) MUST_USE;

/* Room for `n` people under `h`, zeroed, in `a`. */
void clk_room(struct encodings *out, const struct clk_header *h, size_t n, struct arena *a);

/* A whole file of `size` bytes: a header that promises more people than those can hold is refused before room
 * is made for them. Its memory is that of the encodings and a block. */
enum status clk_read(struct clk_header *header, struct encodings *out, const struct source *from, size_t size,
                     struct arena *a, struct err *e) MUST_USE;

/* A whole file from encodings in memory; sets n and present of `h` from them. */
enum status clk_write(struct clk_header *h, const struct encodings *x, const struct sink *to, struct arena *a,
                      struct err *e) MUST_USE;

#endif
