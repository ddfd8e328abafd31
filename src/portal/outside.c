/* What comes from outside the program. */
#include "portal/outside.h"

#include <sodium.h>

#include <time.h>

static int64_t now_at(const struct outside *self)
{
    (void)self;
    return (int64_t)time(NULL);
}

static void random_bytes(const struct outside *self, void *bytes, size_t n)
{
    (void)self;
    randombytes_buf(bytes, n);
}

const struct outside outside_machine = {.now_at = now_at, .random = random_bytes};
