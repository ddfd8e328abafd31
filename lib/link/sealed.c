/* A stream of bytes that only the holder of one key can read. */
#include "link/sealed.h"

#include "base/arena.h"

#include <sodium.h>
#include <string.h>

enum {
    PIECE = 64 * 1024,
    PIECE_SEALED = PIECE + crypto_secretstream_xchacha20poly1305_ABYTES,
    STREAM_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES,
    STREAM_HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    KEY_SEALED = STREAM_KEY + crypto_box_SEALBYTES
};

static const char magic[SEALED_MAGIC_BYTES] = "lykta-sealed 1\n";

struct sealed_writer {
    struct sink to;
    crypto_secretstream_xchacha20poly1305_state state;
    size_t n; /* bytes waiting in `clear` */
    unsigned char clear[PIECE];
    unsigned char sealed[PIECE_SEALED];
};

struct sealed_reader {
    struct source from;
    crypto_secretstream_xchacha20poly1305_state state;
    bool is_ended;
    size_t at, n; /* of `clear` */
    unsigned char clear[PIECE];
    unsigned char sealed[PIECE_SEALED];
};

enum status sealed_writer_open(struct sealed_writer **out, const unsigned char *public_key,
                               const struct sink *to, struct arena *a, struct err *e)
{
    struct sealed_writer *w = arena_new(a, 1, struct sealed_writer);
    unsigned char key[STREAM_KEY];
    unsigned char head[SEALED_MAGIC_BYTES + KEY_SEALED + STREAM_HEADER];
    unsigned char *sealed_key = head + SEALED_MAGIC_BYTES;

    w->to = *to;
    memcpy(head, magic, SEALED_MAGIC_BYTES);
    crypto_secretstream_xchacha20poly1305_keygen(key);
    int failed = crypto_box_seal(sealed_key, key, sizeof key, public_key);
    crypto_secretstream_xchacha20poly1305_init_push(&w->state, sealed_key + KEY_SEALED, key);
    sodium_memzero(key, sizeof key);
    if (failed)
        return err_set(e, BAD_INPUT, "the reader's public key is none that can be sealed to");
    TRY(sink_put(to, (struct str){(const char *)head, sizeof head}, e));
    *out = w;
    return OK;
}

static enum status put_piece(struct sealed_writer *w, unsigned char tag, struct err *e)
{
    unsigned long long n = 0;

    crypto_secretstream_xchacha20poly1305_push(&w->state, w->sealed, &n, w->clear, w->n, NULL, 0, tag);
    w->n = 0;
    return sink_put(&w->to, (struct str){(const char *)w->sealed, (size_t)n}, e);
}

static enum status put(void *to, struct str bytes, struct err *e)
{
    struct sealed_writer *w = to;

    while (bytes.n > 0) {
        size_t n = bytes.n < PIECE - w->n ? bytes.n : PIECE - w->n;

        if (n == 0) {
            TRY(put_piece(w, 0, e));
            continue;
        }
        memcpy(w->clear + w->n, bytes.p, n);
        w->n += n;
        bytes = str_part(bytes, n, bytes.n);
    }
    return OK;
}

struct sink sealed_sink(struct sealed_writer *w)
{
    return (struct sink){.put = put, .to = w};
}

enum status sealed_writer_close(struct sealed_writer *w, struct err *e)
{
    enum status s = put_piece(w, crypto_secretstream_xchacha20poly1305_TAG_FINAL, e);

    sodium_memzero(w, sizeof *w);
    return s;
}

bool sealed_starts(struct str bytes)
{
    return str_starts(bytes, (struct str){magic, sizeof magic});
}

enum status sealed_reader_open(struct sealed_reader **out, const unsigned char *public_key,
                               const unsigned char *secret_key, const struct source *from, struct arena *a,
                               struct err *e)
{
    struct sealed_reader *r = arena_new(a, 1, struct sealed_reader);
    unsigned char head[SEALED_MAGIC_BYTES + KEY_SEALED + STREAM_HEADER];
    const unsigned char *sealed_key = head + SEALED_MAGIC_BYTES;
    unsigned char key[STREAM_KEY];

    r->from = *from;
    TRY(source_take(from, head, sizeof head, e));
    if (memcmp(head, magic, sizeof magic) != 0)
        return err_set(e, BAD_INPUT, "%s: not a sealed file", from->name);
    if (crypto_box_seal_open(key, sealed_key, KEY_SEALED, public_key, secret_key) != 0)
        return err_set(e, BAD_INPUT, "%s: sealed to another key than this one, or changed", from->name);
    int failed = crypto_secretstream_xchacha20poly1305_init_pull(&r->state, sealed_key + KEY_SEALED, key);
    sodium_memzero(key, sizeof key);
    if (failed)
        return err_set(e, BAD_INPUT, "%s: the sealed stream does not begin as one", from->name);
    *out = r;
    return OK;
}

static enum status get_piece(struct sealed_reader *r, struct err *e)
{
    size_t n = 0;
    unsigned long long clear = 0;
    unsigned char tag = 0;

    TRY(source_fill(&r->from, r->sealed, PIECE_SEALED, &n, e));
    if (n < crypto_secretstream_xchacha20poly1305_ABYTES)
        return err_set(e, BAD_INPUT, "%s: cut short: the last sealed piece is missing", r->from.name);
    if (crypto_secretstream_xchacha20poly1305_pull(&r->state, r->clear, &clear, &tag, r->sealed, n, NULL,
                                                   0) != 0)
        return err_set(e, BAD_INPUT, "%s: a sealed piece was changed or cut short", r->from.name);
    r->at = 0;
    r->n = (size_t)clear;
    if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        return OK;
    r->is_ended = true;
    TRY(source_fill(&r->from, r->sealed, 1, &n, e));
    return n == 0 ? OK : err_set(e, BAD_INPUT, "%s: bytes follow the end of the sealed stream", r->from.name);
}

static enum status get(void *from, unsigned char *out, size_t room, size_t *got, struct err *e)
{
    struct sealed_reader *r = from;

    while (r->at == r->n && !r->is_ended)
        TRY(get_piece(r, e));
    *got = r->n - r->at < room ? r->n - r->at : room;
    if (*got > 0)
        memcpy(out, r->clear + r->at, *got);
    r->at += *got;
    return OK;
}

struct source sealed_source(struct sealed_reader *r)
{
    return (struct source){.get = get, .from = r, .name = r->from.name};
}
