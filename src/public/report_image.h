/* One drawing of the report as an image of its own, for other sites to show: without script, its style
 * inside. */
#ifndef LYKTA_PUBLIC_REPORT_IMAGE_H
#define LYKTA_PUBLIC_REPORT_IMAGE_H

#include "base/str.h"
#include "web/language.h"

#include <stddef.h>

struct arena;
struct report_file;
struct report_view;

/* The drawing `name` ("table-gender", "map-district", "interval") of the report in `language`, as a file of
 * SVG in `a`; empty when the report has none of that name. */
struct str report_image(const struct report_view *v, enum language language, struct str name,
                        struct arena *a);

/* All drawings of the report, with addresses under `path`, in `a`. */
const struct report_file *report_images(const struct report_view *v, enum language language, struct str path,
                                        struct arena *a, size_t *n);

#endif
