/* What is wrong with a file of areas, in words. */
#include "area/area_fault.h"

#include "base/arena.h"
#include "base/text.h"

static const enum text_key words[AREA_FAULTS] = {
    [AREA_NOT_JSON] = TEXT_AREA_FAULT_NOT_JSON,
    [AREA_NO_COLLECTION] = TEXT_AREA_FAULT_NO_COLLECTION,
    [AREA_NONE] = TEXT_AREA_FAULT_NONE,
    [AREA_TOO_MANY] = TEXT_AREA_FAULT_TOO_MANY,
    [AREA_TOO_LARGE] = TEXT_AREA_FAULT_TOO_LARGE,
    [AREA_NO_CODE] = TEXT_AREA_FAULT_NO_CODE,
    [AREA_NO_NAME] = TEXT_AREA_FAULT_NO_NAME,
    [AREA_TWICE] = TEXT_AREA_FAULT_TWICE,
    [AREA_NO_SURFACE] = TEXT_AREA_FAULT_NO_SURFACE,
    [AREA_OPEN_RING] = TEXT_AREA_FAULT_OPEN_RING,
    [AREA_METRES] = TEXT_AREA_FAULT_METRES,
    [AREA_ABROAD] = TEXT_AREA_FAULT_ABROAD,
    [AREA_CROSSES] = TEXT_AREA_FAULT_CROSSES,
    [AREA_BROKEN] = TEXT_AREA_FAULT_BROKEN,
    [AREA_OVERLAPS] = TEXT_AREA_FAULT_OVERLAPS,
};

/* Four decimals are ten metres: near enough to find the place. */
static struct str shown(double degrees, struct arena *a)
{
    struct text t = text_open(a);

    text_format(&t, "%.4f", degrees);
    return text_str(&t);
}

struct str area_fault_words(const struct area_fault *fault, enum language language, struct arena *a)
{
    const struct insertion values[] = {insertion("area", fault->area), insertion("other", fault->other),
                                       insertion("n", fault->n),
                                       insertion("longitude", shown(fault->at.longitude, a)),
                                       insertion("latitude", shown(fault->at.latitude, a))};
    struct text out = text_open(a);

    catalogue_write(&out, catalogue_of(language), words[fault->kind], values, sizeof values / sizeof *values);
    return text_str(&out);
}
