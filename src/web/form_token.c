/* The token in every form. */
#include "web/form_token.h"

#include "web/html.h"

#include <sodium.h>

#include <string.h>

enum {
    MAC_BYTES = 32,
    TOKEN_BYTES = 8 + FORM_ONCE_BYTES + MAC_BYTES,
    CLOCK_STEP_SECONDS = 60 /* clocks are set back now and then */
};

static void moment_bytes(int64_t at, unsigned char out[8])
{
    for (int i = 0; i < 8; i++)
        out[i] = (unsigned char)((uint64_t)at >> (8 * i));
}

static void seal_with(const struct form_seal *seal, unsigned char token[TOKEN_BYTES])
{
    crypto_generichash(token + TOKEN_BYTES - MAC_BYTES, MAC_BYTES, token, TOKEN_BYTES - MAC_BYTES, seal->key,
                       sizeof seal->key);
}

void form_token(struct html *h, const struct form_seal *seal)
{
    unsigned char token[TOKEN_BYTES];
    char written[2 * TOKEN_BYTES];

    moment_bytes(seal->now_at, token);
    randombytes_buf(token + 8, FORM_ONCE_BYTES);
    seal_with(seal, token);
    sodium_bin2base64(written, sizeof written, token, sizeof token, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    html_lit(h, "<input type=\"hidden\" name=\"" FORM_TOKEN_FIELD "\" value=\"");
    html_put_cstr(h, written);
    html_lit(h, "\">");
}

bool form_token_read(const struct form_seal *seal, struct str token, struct form_stamp *out)
{
    unsigned char sent[TOKEN_BYTES];
    unsigned char made[TOKEN_BYTES];
    size_t n = 0;
    uint64_t at = 0;

    if (sodium_base642bin(sent, sizeof sent, token.p ? token.p : "", token.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n != sizeof sent)
        return false;
    memcpy(made, sent, sizeof made);
    seal_with(seal, made);
    if (sodium_memcmp(made, sent, sizeof made) != 0)
        return false;
    for (int i = 0; i < 8; i++)
        at |= (uint64_t)sent[i] << (8 * i);
    int64_t age = seal->now_at - (int64_t)at;
    if (age < -CLOCK_STEP_SECONDS || age > FORM_TOKEN_SECONDS)
        return false;
    out->made_at = (int64_t)at;
    memcpy(out->once, sent + 8, sizeof out->once);
    return true;
}
