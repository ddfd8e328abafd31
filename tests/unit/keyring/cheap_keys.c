/* In place of libsodium's: the same derivation with the least of work and memory. Hundreds of keys are
 * derived here; "seal wrap" and the other programs' tests derive theirs at full price. */
#include <sodium.h>

int __real_crypto_pwhash(unsigned char *out, unsigned long long bytes, const char *words,
                         unsigned long long n, const unsigned char *salt, unsigned long long passes,
                         size_t memory, int algorithm);
int __wrap_crypto_pwhash(unsigned char *out, unsigned long long bytes, const char *words,
                         unsigned long long n, const unsigned char *salt, unsigned long long passes,
                         size_t memory, int algorithm);
int __wrap_crypto_pwhash(unsigned char *out, unsigned long long bytes, const char *words,
                         unsigned long long n, const unsigned char *salt, unsigned long long passes,
                         size_t memory, int algorithm)
{
    (void)passes;
    (void)memory;
    return __real_crypto_pwhash(out, bytes, words, n, salt, crypto_pwhash_OPSLIMIT_MIN,
                                crypto_pwhash_MEMLIMIT_MIN, algorithm);
}
