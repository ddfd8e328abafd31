/* A stream of bytes that only the holder of one key can read: what an agency sends to the linkage unit.
 *
 *   16 bytes    "lykta-sealed 1\n" and a NUL
 *   80 bytes    a fresh stream key, sealed to the reader's X25519 key (libsodium's crypto_box_seal)
 *   24 bytes    the stream's header, then pieces of 64 KiB (the last may be shorter) of XChaCha20-Poly1305
 *               (crypto_secretstream), each 17 bytes longer than what is in it; the last is marked
 *
 * A piece that is changed, left out, doubled or moved is found; so is an end that is missing. Who wrote it is
 * not told: that is what the keys inside are for.                              */
#ifndef LYKTA_LINK_SEALED_H
#define LYKTA_LINK_SEALED_H

#include "base/stream.h"

#include <stdbool.h>

struct arena;

enum { SEALED_KEY_BYTES = 32, SEALED_MAGIC_BYTES = 16 };

struct sealed_writer;

/* Begins a sealed stream to the holder of `public_key` in `to`; it lives in `a`. */
enum status sealed_writer_open(struct sealed_writer **out, const unsigned char *public_key,
                               const struct sink *to, struct arena *a, struct err *e) MUST_USE;

/* Where to put what is to be sealed. */
struct sink sealed_sink(struct sealed_writer *w);

/* Writes what is left, marked as the last, and wipes the stream's key. */
enum status sealed_writer_close(struct sealed_writer *w, struct err *e) MUST_USE;

struct sealed_reader;

/* Begins to read a sealed stream with the key pair of `public_key` and `secret_key`; it lives in `a`.
 * BAD_INPUT when it is not sealed, or sealed to another key. */
enum status sealed_reader_open(struct sealed_reader **out, const unsigned char *public_key,
                               const unsigned char *secret_key, const struct source *from, struct arena *a,
                               struct err *e) MUST_USE;

/* Where what was sealed comes from; its end is told when the last piece has been read and nothing follows. */
struct source sealed_source(struct sealed_reader *r);

/* Does a file that begins with these bytes hold a sealed stream? */
bool sealed_starts(struct str bytes);

#endif
