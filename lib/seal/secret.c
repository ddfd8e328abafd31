/* Memory for secrets. */
#include "seal/secret.h"

#include "base/err.h"

#include <sodium.h>
#include <string.h>

void *secret_open(size_t n)
{
    if (sodium_init() < 0)
        give_up("the cryptographic library cannot start");
    void *p = sodium_malloc(n);
    if (!p)
        give_up("out of locked memory");
    memset(p, 0, n);
    return p;
}

void secret_close(void *p)
{
    sodium_free(p);
}

void secret_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}
