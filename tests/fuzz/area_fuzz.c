/* Any bytes as a file of areas: areas a map can be drawn of, or a sentence. */
#include "area/area_check.h"
#include "area/area_file.h"
#include "area/area_simplify.h"

#include "base/arena.h"
#include "base/str.h"

#include <assert.h>
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_drawable(const struct areas *areas)
{
    for (size_t i = 0; i < areas->n; i++) {
        assert(areas->area[i].code.n > 0 && areas->area[i].name.n > 0 && areas->area[i].n > 0);
        for (size_t j = 0; j < areas->area[i].n; j++)
            for (size_t k = 0; k < areas->area[i].ring[j].n; k++)
                assert(isfinite(areas->area[i].ring[j].points[k].east) &&
                       isfinite(areas->area[i].ring[j].points[k].north));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct area_fault fault = {.kind = AREA_FAULTS};
    struct area_file file = {0};
    struct areas areas = {0};

    if (area_file_read((struct str){(const char *)data, size}, a, &file, &fault) == OK &&
        area_check(&file, a, &fault) == OK) {
        area_simplify(&file, a, &areas);
        assert(areas.n == file.n && areas.n > 0);
        expect_drawable(&areas);
    } else {
        assert(fault.kind < AREA_FAULTS && area_fault_words(&fault, LANGUAGE_SV, a).n > 0);
    }
    arena_close(a);
    return 0;
}
