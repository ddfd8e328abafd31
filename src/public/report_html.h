/* A release as one HTML file with its style inside, to keep, send or print: the report, or one of the short
 * pages made from it. */
#ifndef LYKTA_PUBLIC_REPORT_HTML_H
#define LYKTA_PUBLIC_REPORT_HTML_H

#include "base/err.h"
#include "web/language.h"

#include <stddef.h>

struct area_map;
struct brief_view;
struct series;
struct html;
struct release;
struct text;

enum report_part {
    REPORT_WHOLE,
    REPORT_SUMMARY, /* for the social welfare board: one A4 */
    REPORT_ANNEX    /* to the municipality's lägesbild under lag (2023:196) */
};

/* Draws the short page `part` of `v` under its own title. */
void report_part_put(struct html *h, struct brief_view *v, enum report_part part);

/* Appends the part of `r` in the language to `out`; `series` lays earlier rounds beside it and may be NULL.
 */
void report_part_html(const struct release *r, const struct series *series, enum report_part part,
                      enum language language, struct text *out);

/* Appends the report of `r` in Swedish with its maps, which are found by area_match.h: OK always. */
enum status report_mapped_html(const struct release *r, const struct series *series,
                               const struct area_map *map, size_t maps, struct text *out,
                               struct err *e) MUST_USE;

/* Appends the report of `r` in Swedish to `out`: OK always, as the other formats. */
enum status report_html(const struct release *r, const struct series *series, struct text *out,
                        struct err *e) MUST_USE;

#endif
