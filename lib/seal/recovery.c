/* The recovery key in shares on paper. */
#include "seal/recovery.h"

#include "seal/secret.h"

#include <stdbool.h>
#include <string.h>

#include <sodium.h>

enum {
    VERSION = 1,
    CHECK_BYTES = 4,
    BODY_BYTES = 3 + RECOVERY_MARK_BYTES + SHAMIR_BYTES,
    SHARE_BYTES = BODY_BYTES + CHECK_BYTES,
    LETTERS = (SHARE_BYTES * 8 + 4) / 5,
    GROUP = 5
};

static const char letters[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

_Static_assert(LETTERS + (LETTERS - 1) / GROUP + 1 <= RECOVERY_SHOWN, "a share's text");

void recovery_mark(const struct seal_public *public_key, unsigned char mark[RECOVERY_MARK_BYTES])
{
    unsigned char hash[crypto_generichash_BYTES];

    crypto_generichash(hash, sizeof hash, public_key->bytes, SEAL_KEY_BYTES, NULL, 0);
    memcpy(mark, hash, RECOVERY_MARK_BYTES);
}

/* What one split needs, in locked memory together. */
struct splitting {
    struct seal_key secret;
    unsigned char random[(SHAMIR_MOST - 1) * SHAMIR_BYTES];
    struct shamir_share share[SHAMIR_MOST];
};

enum status recovery_make(size_t needed, size_t shares, struct seal_public *public_key,
                          struct recovery_share *out, struct err *e)
{
    struct splitting *work = secret_open(sizeof *work);

    seal_pair_make(public_key, &work->secret);
    randombytes_buf(work->random, sizeof work->random);
    enum status s = shamir_split(work->secret.bytes, needed, shares, work->random, work->share, e);
    for (size_t i = 0; s == OK && i < shares; i++) {
        out[i] = (struct recovery_share){.share = work->share[i], .needed = (uint8_t)needed};
        recovery_mark(public_key, out[i].key_mark);
    }
    secret_close(work);
    return s;
}

static void check_of(const unsigned char *body, unsigned char out[CHECK_BYTES])
{
    unsigned char hash[crypto_generichash_BYTES];

    crypto_generichash(hash, sizeof hash, body, BODY_BYTES, NULL, 0);
    memcpy(out, hash, CHECK_BYTES);
}

/* The five bits at letter `i` of the bytes, the highest first; what is beyond the last byte is zero. */
static size_t bits_at(const unsigned char *bytes, size_t i)
{
    size_t first = i * 5 / 8;
    size_t offset = i * 5 % 8;
    unsigned pair = (unsigned)bytes[first] << 8 | (first + 1 < SHARE_BYTES ? bytes[first + 1] : 0u);

    return pair >> (11 - offset) & 31u;
}

void recovery_share_shown(const struct recovery_share *share, char out[RECOVERY_SHOWN])
{
    unsigned char bytes[SHARE_BYTES] = {VERSION, share->needed, share->share.x};
    size_t n = 0;

    memcpy(bytes + 3, share->key_mark, RECOVERY_MARK_BYTES);
    memcpy(bytes + 3 + RECOVERY_MARK_BYTES, share->share.y, SHAMIR_BYTES);
    check_of(bytes, bytes + BODY_BYTES);
    for (size_t i = 0; i < LETTERS; i++) {
        if (i > 0 && i % GROUP == 0)
            out[n++] = '-';
        out[n++] = letters[bits_at(bytes, i)];
    }
    out[n] = '\0';
    secret_wipe(bytes, sizeof bytes);
}

/* The value of a letter, -1 for what is passed over, -2 for what is no letter. */
static int value_of(char c)
{
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r')
        return -1;
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 32);
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    const char *found = c ? strchr(letters, c) : NULL;
    return found ? (int)(found - letters) : -2;
}

/* The bytes of what was typed; false when it is not LETTERS letters of the alphabet. */
static bool take_letters(struct str typed, unsigned char bytes[SHARE_BYTES])
{
    size_t n = 0;

    memset(bytes, 0, SHARE_BYTES);
    for (size_t i = 0; i < typed.n; i++) {
        int value = value_of(typed.p[i]);

        if (value == -1)
            continue;
        if (value < 0 || n == LETTERS)
            return false;
        unsigned pair = (unsigned)value << (11 - n * 5 % 8);
        size_t first = n++ * 5 / 8;

        bytes[first] |= (unsigned char)(pair >> 8);
        if (first + 1 < SHARE_BYTES)
            bytes[first + 1] |= (unsigned char)pair;
    }
    return n == LETTERS;
}

enum status recovery_share_read(struct str typed, struct recovery_share *out, struct err *e)
{
    unsigned char bytes[SHARE_BYTES];
    unsigned char check[CHECK_BYTES];

    if (!take_letters(typed, bytes))
        return err_set(e, BAD_INPUT, "expected a share of %d letters and digits as it was printed",
                       (int)LETTERS);
    check_of(bytes, check);
    bool is_whole = memcmp(check, bytes + BODY_BYTES, CHECK_BYTES) == 0 && bytes[0] == VERSION;
    if (is_whole) {
        *out = (struct recovery_share){.needed = bytes[1], .share.x = bytes[2]};
        memcpy(out->key_mark, bytes + 3, RECOVERY_MARK_BYTES);
        memcpy(out->share.y, bytes + 3 + RECOVERY_MARK_BYTES, SHAMIR_BYTES);
    }
    secret_wipe(bytes, sizeof bytes);
    if (!is_whole)
        return err_set(e, BAD_INPUT, "a letter in the share is wrong: compare it with the paper");
    return OK;
}

static enum status check_shares(const struct recovery_share *share, size_t n,
                                const struct seal_public *public_key, struct err *e)
{
    unsigned char mark[RECOVERY_MARK_BYTES];

    recovery_mark(public_key, mark);
    for (size_t i = 0; i < n; i++)
        if (memcmp(share[i].key_mark, mark, RECOVERY_MARK_BYTES) != 0)
            return err_set(e, REFUSED, "share number %d belongs to another recovery key",
                           (int)share[i].share.x);
    if (n == 0 || n < share[0].needed)
        return err_set(e, REFUSED, "%d shares are needed, and %zu were given", n ? (int)share[0].needed : 2,
                       n);
    return OK;
}

enum status recovery_join(const struct recovery_share *share, size_t n, const struct seal_public *public_key,
                          struct seal_key *secret, struct err *e)
{
    if (n > SHAMIR_MOST)
        return err_set(e, REFUSED, "there are at most %d shares of a key", (int)SHAMIR_MOST);
    TRY(check_shares(share, n, public_key, e));
    struct splitting *work = secret_open(sizeof *work);
    struct seal_public found;

    for (size_t i = 0; i < n; i++)
        work->share[i] = share[i].share;
    enum status s = shamir_join(work->share, n, work->secret.bytes, e);
    if (s == OK) {
        seal_public_of(&work->secret, &found);
        if (memcmp(found.bytes, public_key->bytes, SEAL_KEY_BYTES) == 0)
            *secret = work->secret;
        else
            s = err_set(e, REFUSED, "the shares do not give the recovery key: one of them is not genuine");
    }
    secret_close(work);
    return s;
}
