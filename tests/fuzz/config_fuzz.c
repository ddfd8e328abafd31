/* Any bytes as lykta.conf: settings or a sentence. */
#include "base/arena.h"
#include "store/config.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct config config = {0};
    struct err e = {OK, ""};
    enum status s = config_read("fuzz", (struct str){(const char *)data, size}, a, &config, &e);

    assert(s == OK ? config.listen.p != NULL : e.what[0] != '\0');
    arena_close(a);
    return 0;
}
