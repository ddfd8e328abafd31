/* What the browser carries to the provider and back. */
#include "oidc/pending.h"

#include "base/arena.h"
#include "base/text.h"
#include "portal/outside.h"
#include "portal/session.h"
#include "web/response.h"

#include <sodium.h>

#include <string.h>

enum {
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    TEXTS = 3,
    HEAD_BYTES = 2 + 8 + 3 * PENDING_RANDOM_BYTES + PENDING_MARK_BYTES,
    TEXT_MOST_BYTES = PENDING_TARGET_BYTES,
    PLAIN_MOST_BYTES = HEAD_BYTES + TEXTS * (2 + TEXT_MOST_BYTES),
    SEALED_MOST_BYTES = NONCE_BYTES + PLAIN_MOST_BYTES + TAG_BYTES
};

/* What the box is bound to: its form, so that a later form opens no older one. */
static const unsigned char form[] = "oidc pending 1";

struct pending pending_new(enum pending_step step, enum language language, const struct outside *outside)
{
    struct pending p = {.step = step, .language = language, .begun_at = outside->now_at(outside)};

    outside->random(outside, p.state, sizeof p.state);
    outside->random(outside, p.nonce, sizeof p.nonce);
    outside->random(outside, p.verifier, sizeof p.verifier);
    return p;
}

static void put(struct text *t, const void *bytes, size_t n)
{
    text_add(t, (struct str){bytes, n});
}

static void put_text(struct text *t, struct str s)
{
    struct str kept = s.n <= TEXT_MOST_BYTES ? s : (struct str){NULL, 0};

    text_byte(t, (char)(kept.n >> 8));
    text_byte(t, (char)(kept.n & 0xff));
    text_add(t, kept);
}

/* Step, language, moment, random numbers, mark, texts. */
static struct str plain(const struct pending *p, struct arena *a)
{
    struct text t = text_open(a);

    text_byte(&t, (char)p->step);
    text_byte(&t, (char)p->language);
    for (int i = 0; i < 8; i++)
        text_byte(&t, (char)((uint64_t)p->begun_at >> (8 * i)));
    put(&t, p->state, sizeof p->state);
    put(&t, p->nonce, sizeof p->nonce);
    put(&t, p->verifier, sizeof p->verifier);
    put(&t, p->session, sizeof p->session);
    put_text(&t, p->target);
    put_text(&t, p->subject);
    put_text(&t, p->acr);
    return text_str(&t);
}

static struct str base64(const unsigned char *bytes, size_t n, struct arena *a)
{
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_new(a, room, char);

    sodium_bin2base64(out, room, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(out);
}

static void set_cookie(struct response *out, struct str value, int seconds)
{
    response_header(
        out, "Set-Cookie",
        str_of(arena_printf(out->arena, "%s=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d",
                            PENDING_COOKIE, (int)value.n, value.n > 0 ? value.p : "", seconds)));
}

void pending_set(struct response *out, const unsigned char key[PENDING_KEY_BYTES], const struct pending *p,
                 const struct outside *outside)
{
    struct str open = plain(p, out->arena);
    unsigned char sealed[SEALED_MOST_BYTES];
    unsigned long long n = 0;

    outside->random(outside, sealed, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_BYTES, &n, (const unsigned char *)open.p,
                                               open.n, form, sizeof form, NULL, sealed, key);
    set_cookie(out, base64(sealed, NONCE_BYTES + (size_t)n, out->arena), PENDING_SECONDS);
}

void pending_clear(struct response *out)
{
    set_cookie(out, (struct str){NULL, 0}, 0);
}

static bool take(struct str *rest, void *out, size_t n)
{
    if (rest->n < n)
        return false;
    memcpy(out, rest->p, n);
    *rest = str_part(*rest, n, rest->n);
    return true;
}

static bool take_text(struct str *rest, struct arena *a, struct str *out)
{
    unsigned char size[2];

    if (!take(rest, size, sizeof size))
        return false;
    size_t n = (size_t)size[0] << 8 | size[1];
    if (rest->n < n)
        return false;
    *out = str_copy(str_part(*rest, 0, n), a);
    *rest = str_part(*rest, n, rest->n);
    return true;
}

static bool read_plain(struct str rest, struct arena *a, struct pending *out)
{
    unsigned char head[2];
    unsigned char moment[8];
    struct pending p = {0};
    uint64_t begun_at = 0;

    if (!take(&rest, head, sizeof head) || !take(&rest, moment, sizeof moment) ||
        !take(&rest, p.state, sizeof p.state) || !take(&rest, p.nonce, sizeof p.nonce) ||
        !take(&rest, p.verifier, sizeof p.verifier) || !take(&rest, p.session, sizeof p.session) ||
        !take_text(&rest, a, &p.target) || !take_text(&rest, a, &p.subject) || !take_text(&rest, a, &p.acr))
        return false;
    for (int i = 0; i < 8; i++)
        begun_at |= (uint64_t)moment[i] << (8 * i);
    p.begun_at = (int64_t)begun_at;
    p.step = (enum pending_step)head[0];
    p.language = head[1] == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_SV;
    *out = p;
    return rest.n == 0;
}

bool pending_read(struct str cookie, const unsigned char key[PENDING_KEY_BYTES], int64_t now_at,
                  struct arena *a, struct pending *out)
{
    unsigned char sealed[SEALED_MOST_BYTES];
    unsigned char open[PLAIN_MOST_BYTES];
    unsigned long long n_open = 0;
    size_t n = 0;

    if (cookie.n == 0 ||
        sodium_base642bin(sealed, sizeof sealed, cookie.p, cookie.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n < NONCE_BYTES + TAG_BYTES ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(open, &n_open, NULL, sealed + NONCE_BYTES, n - NONCE_BYTES,
                                                   form, sizeof form, sealed, key) != 0)
        return false;
    return read_plain((struct str){(const char *)open, (size_t)n_open}, a, out) && out->begun_at <= now_at &&
           now_at - out->begun_at < PENDING_SECONDS;
}

struct str pending_text(const unsigned char random[PENDING_RANDOM_BYTES], struct arena *a)
{
    return base64(random, PENDING_RANDOM_BYTES, a);
}

struct str pending_challenge(const unsigned char verifier[PENDING_RANDOM_BYTES], struct arena *a)
{
    struct str text = pending_text(verifier, a);
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, (const unsigned char *)text.p, text.n);
    return base64(hash, sizeof hash, a);
}

void pending_session(struct str cookie, unsigned char out[PENDING_MARK_BYTES])
{
    session_key(cookie, "Lykta linking to a provider", out, PENDING_MARK_BYTES);
}
