/* What borders are checked and simplified with: GEOS. It comes with the module lykta-area.so, which is loaded
 * when a file of areas is uploaded, so that nothing else pays for loading it. */
#ifndef LYKTA_AREA_AREA_TOOLS_H
#define LYKTA_AREA_AREA_TOOLS_H

#include "area/area_check.h"
#include "area/area_simplify.h"

struct area_tools {
    enum status (*check)(const struct area_file *file, struct arena *a, struct area_fault *fault);
    void (*simplify)(const struct area_file *file, struct arena *a, struct areas *out);
};

/* In the module: area_check and area_simplify. */
extern const struct area_tools area_tools_real;

/* Loads the module. SYSTEM when it is not to be had. */
enum status area_tools_load(const struct area_tools **out, struct err *e) MUST_USE;

#endif
