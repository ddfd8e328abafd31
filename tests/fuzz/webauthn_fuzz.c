/* Any bytes as what a browser says of a passkey: never accepted, since nobody signed them; refused with a
 * sentence. The first byte says how the rest is divided. */
#include "base/err.h"
#include "passkey/webauthn.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct webauthn_site site = {{"https://lund.example", 20}, {"lund.example", 12}};
    static const int64_t algorithms[] = {WEBAUTHN_ES256, WEBAUTHN_EDDSA, WEBAUTHN_RS256, 0};
    struct err e = {OK, ""};

    if (size < 3)
        return 0;
    const char *bytes = (const char *)data + 3;
    size_t n = size - 3;
    size_t first = n * data[0] / 255;
    size_t second = (n - first) * data[1] / 255;
    struct str rest = {bytes + first + second, n - first - second};
    const struct webauthn_sent sent = {{bytes, first}, {bytes + first, second}, rest};
    struct webauthn_key key = {
        .credential = {bytes, first < 16 ? first : 16}, .spki = rest, .algorithm = algorithms[data[2] % 4]};

    assert(webauthn_check_use(&site, S("challenge"), &sent, &key, &e) == REFUSED && e.what[0]);
    enum status s = webauthn_check_new(&site, S("challenge"), &sent, &key, &e);
    assert(s == OK || (s == REFUSED && e.what[0]));
    return 0;
}
