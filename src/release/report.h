/* A release told as a whole in one file. The table of formats, with those made of pages too, is in
 * command/report.c. Each appends to `out`; SYSTEM when a library cannot make it, BAD_INPUT when the release
 * does not hold what the form needs. `series` lays earlier rounds beside it, and is NULL where there are
 * none; only forms that people read tell of it, the others are of one release each. */
#ifndef LYKTA_RELEASE_REPORT_H
#define LYKTA_RELEASE_REPORT_H

#include "base/err.h"
#include "base/text.h"

struct series;
struct release;

/* Everything, for programs: the release's facts, estimate, texts, protection and tables as one JSON object.
 */
enum status report_json(const struct release *r, const struct series *series, struct text *out,
                        struct err *e) MUST_USE;

/* All figures as one table for a spreadsheet: UTF-8 with a byte-order mark and semicolons, as Swedish ones
 * read it. */
enum status report_csv(const struct release *r, const struct series *series, struct text *out,
                       struct err *e) MUST_USE;

/* A workbook (ECMA-376) for spreadsheets: an overview, a sheet for each table, one for earlier rounds, notes.
 * The same releases give the same bytes. */
enum status report_xlsx(const struct release *r, const struct series *series, struct text *out,
                        struct err *e) MUST_USE;

/* The cube as a PX file for PxWeb. */
enum status report_px(const struct release *r, const struct series *series, struct text *out,
                      struct err *e) MUST_USE;

#endif
