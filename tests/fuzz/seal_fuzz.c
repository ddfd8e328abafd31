/* Any bytes as what people type and as what a database may hold: nothing opens, nothing is read that cannot
 * be written back. */
#include "base/arena.h"
#include "seal/receipt_code.h"
#include "seal/recovery.h"
#include "seal/sealed.h"
#include "seal/wrap.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void typed(struct str bytes)
{
    struct receipt_code code;
    struct receipt_code again;
    struct recovery_share share;
    struct recovery_share same;
    char shown[RECOVERY_SHOWN];
    struct err e = {0};

    if (receipt_code_read(bytes, &code)) {
        receipt_code_shown(&code, shown);
        assert(receipt_code_read(str_of(shown), &again) && strcmp(code.digits, again.digits) == 0);
    }
    if (recovery_share_read(bytes, &share, &e) == OK) {
        recovery_share_shown(&share, shown);
        assert(recovery_share_read(str_of(shown), &same, &e) == OK &&
               memcmp(&share, &same, sizeof share) == 0);
    }
}

static void stored(struct str bytes)
{
    static const struct seal_key key = {{1, 2, 3}};
    struct seal_context where = {.city = S("1281"), .field = S("report")};
    struct arena *a = arena_open();
    struct seal_public public_key;
    struct seal_key opened;
    struct str text;
    struct err e = {0};

    seal_public_of(&key, &public_key);
    assert(seal_text_open(&key, &where, bytes, a, &text, &e) == REFUSED);
    assert(seal_key_open(&key, &where, bytes, &opened, &e) == REFUSED);
    if (bytes.n > 6 && bytes.p[1] == 0) /* what asks for no memory: Argon2id is libsodium's to test */
        assert(wrap_open(S("0123456789abcdef0123456789abcdef"), &public_key, bytes, &opened, &e) == REFUSED);
    arena_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};

    typed(bytes);
    stored(bytes);
    return 0;
}
