/* The map of a release's table, of a file of areas that is named on the command line. */
#ifndef LYKTA_COMMAND_REPORT_AREAS_H
#define LYKTA_COMMAND_REPORT_AREAS_H

#include "base/err.h"

#include <stddef.h>

struct area_map;
struct call;
struct release;

/* The map that --areas COLUMN=FILE and --areas-source TEXT ask for: the areas of the file, checked and
 * simplified as those of an upload, on the table of the column. *n is 0 when none is asked for, else 1. USAGE
 * when one of the two is missing or the release has no such table; BAD_INPUT says what is wrong with the
 * file, or that none of its areas is in the table. In the call's arena. */
enum status report_areas(const struct call *call, const struct release *release, struct area_map **out,
                         size_t *n, struct err *e) MUST_USE;

#endif
