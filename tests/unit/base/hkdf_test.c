/* HKDF against its standard. */
#include "base/hkdf.h"

#include "../unit.h"

#include <string.h>

/* RFC 5869, appendix A.1: a salt, and two blocks of output. */
static void hkdf_gives_the_first_vector_of_its_standard(void **state)
{
    static const unsigned char expected[42] = {
        0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a, 0x90, 0x43, 0x4f, 0x64, 0xd0, 0x36,
        0x2f, 0x2a, 0x2d, 0x2d, 0x0a, 0x90, 0xcf, 0x1a, 0x5a, 0x4c, 0x5d, 0xb0, 0x2d, 0x56,
        0xec, 0xc4, 0xc5, 0xbf, 0x34, 0x00, 0x72, 0x08, 0xd5, 0xb8, 0x87, 0x18, 0x58, 0x65};
    char secret[22];
    unsigned char out[42];

    (void)state;
    memset(secret, 0x0b, sizeof secret);
    hkdf_sha256((struct str){secret, sizeof secret},
                S("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"),
                S("\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9"), out, sizeof out);
    assert_memory_equal(out, expected, sizeof out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hkdf_gives_the_first_vector_of_its_standard)};

    return cmocka_run_group_tests_name("hkdf", tests, NULL, NULL);
}
