/* Any bytes as a programme's list of keys, and as its inhabitants: a list or a sentence. */
#include "base/arena.h"
#include "programme/population.h"
#include "programme/trust.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str bytes = {(const char *)data, size};
    struct arena *a = arena_open();
    struct population population = {0};
    struct trust trust = {0};
    struct err e = {OK, ""};

    if (trust_read("fuzz", bytes, a, &trust, &e) == OK)
        for (size_t i = 0; i < trust.n; i++)
            assert(is_municipality(trust.city[i].municipality) && trust.city[i].key.n >= 32);
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    if (population_read("fuzz", bytes, a, &population, &e) == OK)
        for (size_t i = 0; i < population.n; i++)
            assert(population.row[i].people > 0);
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    arena_close(a);
    return 0;
}
