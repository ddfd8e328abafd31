/* Masks of figures. */
#include "secure/mask.h"

#include "base/hkdf.h"

#include <endian.h>
#include <sodium.h>
#include <string.h>

static void derive(unsigned char key[MASK_KEY], const unsigned char *secret, const char *purpose,
                   const unsigned char round[MASK_ROUND])
{
    hkdf_sha256((struct str){(const char *)secret, crypto_core_ristretto255_BYTES}, str_of(purpose),
                (struct str){(const char *)round, MASK_ROUND}, key, MASK_KEY);
}

enum status mask_pair(unsigned char key[MASK_KEY], const unsigned char *scalar, const unsigned char *element,
                      const unsigned char round[MASK_ROUND], struct err *e)
{
    unsigned char shared[crypto_core_ristretto255_BYTES];

    if (crypto_scalarmult_ristretto255(shared, scalar, element) != 0)
        return err_set(e, BAD_INPUT, "a city's element is none that a mask can be made with");
    derive(key, shared, "lykta/sum/pair/v1", round);
    sodium_memzero(shared, sizeof shared);
    return OK;
}

void mask_own(unsigned char key[MASK_KEY], const unsigned char *scalar, const unsigned char round[MASK_ROUND])
{
    derive(key, scalar, "lykta/sum/own/v1", round);
}

/* Every key is used for one stream only: the nonce need not differ. */
void mask_apply(uint64_t *words, uint64_t *stream, size_t n, const unsigned char key[MASK_KEY],
                enum mask_sign sign)
{
    static const unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];

    crypto_stream_chacha20((unsigned char *)stream, n * sizeof *stream, nonce, key);
    if (sign == MASK_ADD)
        for (size_t i = 0; i < n; i++)
            words[i] += le64toh(stream[i]);
    else
        for (size_t i = 0; i < n; i++)
            words[i] -= le64toh(stream[i]);
}

enum mask_sign mask_sign_of(size_t place, size_t other)
{
    return place < other ? MASK_ADD : MASK_SUBTRACT;
}
