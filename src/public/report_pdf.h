/* A release as a PDF, made of the same page and style as the report by WeasyPrint: tagged, in the variant
 * PDF/UA-1 as far as that program goes. */
#ifndef LYKTA_PUBLIC_REPORT_PDF_H
#define LYKTA_PUBLIC_REPORT_PDF_H

#include "base/err.h"

#include <stddef.h>

struct area_map;
struct series;
struct release;
struct text;

/* Appends the report of `r` in Swedish to `out`, beside the earlier rounds of `series`, which may be NULL.
 * SYSTEM when WeasyPrint is not installed or fails. */
enum status report_pdf(const struct release *r, const struct series *series, struct text *out,
                       struct err *e) MUST_USE;

/* The same with the maps of its tables (area_match.h). */
enum status report_mapped_pdf(const struct release *r, const struct series *series,
                              const struct area_map *map, size_t maps, struct text *out,
                              struct err *e) MUST_USE;

/* The same of the short pages (report_html.h), in Swedish and English. */
enum status report_summary_pdf(const struct release *r, const struct series *series, struct text *out,
                               struct err *e) MUST_USE;
enum status report_summary_pdf_en(const struct release *r, const struct series *series, struct text *out,
                                  struct err *e) MUST_USE;
enum status report_annex_pdf(const struct release *r, const struct series *series, struct text *out,
                             struct err *e) MUST_USE;
enum status report_annex_pdf_en(const struct release *r, const struct series *series, struct text *out,
                                struct err *e) MUST_USE;

#endif
