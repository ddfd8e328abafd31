/* A release as one HTML file: the report with its style inside, to keep, send or print. */
#ifndef LYKTA_PUBLIC_REPORT_HTML_H
#define LYKTA_PUBLIC_REPORT_HTML_H

#include "base/err.h"

struct release;
struct text;

/* Appends the report of `r` in Swedish to `out`: OK always, as the other formats. */
enum status report_html(const struct release *r, struct text *out, struct err *e) MUST_USE;

#endif
