/* A release as one HTML file: the report with its style inside, to keep, send or print. */
#ifndef LYKTA_PUBLIC_REPORT_HTML_H
#define LYKTA_PUBLIC_REPORT_HTML_H

struct release;
struct text;

/* Appends the report of `r` in Swedish to `out`. */
void report_html(const struct release *r, struct text *out);

#endif
