/* Any bytes as what is asked of the vault, while a recipient is at work: it answers with one of its words,
 * and gives a key to nobody who has not the browser's half. */
#include "vault/vault.h"

#include <assert.h>
#include <string.h>

#include <sodium.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ACCOUNT = 7, NOW = 1795500000 };

/* A recipient at work, whose key was wrapped by one that costs nothing to try. */
static struct seal_key enter(struct vault *v)
{
    static const char known[] = "0123456789abcdef0123456789abcdef";
    struct vault_ask ask = {.work = VAULT_ENTER,
                            .account = ACCOUNT,
                            .recipient = 1,
                            .now_at = NOW,
                            .passphrase_bytes = sizeof known - 1};
    struct vault_reply reply;
    struct seal_key secret;
    struct err e;

    memcpy(ask.passphrase, known, sizeof known - 1);
    seal_pair_make(&ask.public_key, &secret);
    assert(wrap_secret(WRAP_KEY, (struct str){known, sizeof known - 1}, &secret, &ask.wrap, &e) == OK);
    vault_answer(v, &ask, &reply);
    assert(reply.answer == VAULT_DONE);
    return reply.key;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct vault_ask ask = {.work = 0};
    struct vault_reply reply;

    if (sodium_init() < 0)
        return 0;
    struct vault *v = vault_open();
    struct seal_key browser = enter(v);
    bool has_half = size > 0 && (data[0] & 1);

    if (size > 1)
        memcpy(&ask, data + 1, size - 1 < sizeof ask ? size - 1 : sizeof ask);
    ask.wrap.bytes[1] = 0; /* Argon2id is libsodium's to test, and slow */
    if (ask.work == VAULT_WRAP)
        ask.work = VAULT_OPEN;
    if (has_half) {
        ask.browser = browser;
        ask.account = ACCOUNT;
        ask.now_at = NOW;
    }
    vault_answer(v, &ask, &reply);
    assert(reply.answer <= VAULT_FAULT);
    assert(reply.answer == VAULT_DONE || sodium_is_zero(reply.key.bytes, SEAL_KEY_BYTES));
    assert(has_half || reply.answer != VAULT_DONE || ask.work == VAULT_END);
    vault_close(v);
    return 0;
}
