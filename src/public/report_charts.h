/* The report's pictures, each with its table, its finding in one sentence and where its figures come from. */
#ifndef LYKTA_PUBLIC_REPORT_CHARTS_H
#define LYKTA_PUBLIC_REPORT_CHARTS_H

struct html;
struct report_view;

/* Draws the estimate, then each table of the release, in the language of the page. */
void report_charts(struct html *h, const struct report_view *v);

/* Draws the release beside earlier rounds: there is one that it can be compared with. */
void report_charts_compared(struct html *h, const struct report_view *v);

#endif
