/* A release told as a whole in one file. The table of formats, with those made of pages too, is in
 * command/report.c. Each appends to `out` and cannot fail. */
#ifndef LYKTA_RELEASE_REPORT_H
#define LYKTA_RELEASE_REPORT_H

#include "base/text.h"

struct release;

/* Everything, for programs: the release's facts, estimate, texts, protection and tables as one JSON object.
 */
void report_json(const struct release *r, struct text *out);

/* All figures as one table for a spreadsheet: UTF-8 with a byte-order mark and semicolons, as Swedish ones
 * read it. */
void report_csv(const struct release *r, struct text *out);

#endif
