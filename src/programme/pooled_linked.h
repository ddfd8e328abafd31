/* The numbers of a section's text as links to the cells of its tables that they come from: a reader follows
 * each of them, on the page and in the PDF, without any script. */
#ifndef LYKTA_PROGRAMME_POOLED_LINKED_H
#define LYKTA_PROGRAMME_POOLED_LINKED_H

struct html;
struct pooled_section;

/* How many are known; known and not known, of a section with a sum. */
void pooled_known_linked(struct html *h, const struct pooled_section *s);
void pooled_likely_linked(struct html *h, const struct pooled_section *s);

/* The average rate, what one more city would have, and how much differs: of a section that is compared, the
 * second of one with a prediction. */
void pooled_mean_linked(struct html *h, const struct pooled_section *s);
void pooled_next_linked(struct html *h, const struct pooled_section *s);
void pooled_share_linked(struct html *h, const struct pooled_section *s);

/* The sum of estimates, as a city's own stands in the table: "omkring 300 (200–500)". */
void pooled_put_sum(struct html *h, const struct pooled_section *s);

#endif
