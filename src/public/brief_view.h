/* Two short pages made from a release: the summary that a social welfare board reads in a minute, on one A4,
 * and the annex to the municipality's lägesbild, in the three parts of lag (2023:196): mapping, other
 * information, analysis. Every sentence around a number comes from a fact here, with its threshold. */
#ifndef LYKTA_PUBLIC_BRIEF_VIEW_H
#define LYKTA_PUBLIC_BRIEF_VIEW_H

#include "public/report_view.h"

/* A row of a table. */
struct brief_row {
    struct str label; /* "Polisen" */
    int64_t people;   /* rounded; 0: `few` is shown instead */
    struct str few;   /* "färre än 5", "högst 60" */
};

struct brief_table {
    struct str title;
    size_t n;
    const struct brief_row *row;
};

struct brief_view {
    struct report_view report;
    /* The list that more people are on than on any other; label empty when none is: not when the interval of
     * another reaches its own. */
    struct brief_row most;
    int64_t shared;      /* people on more than one list, rounded; 0: too few to be shown, or none */
    int64_t shared_most; /* they are no more than this; 0: the release does not say */
    bool is_wide;        /* the answer's upper end is more than twice the lower */
    size_t limits;       /* of the method, but for those that the page says in other words in another place */
    const struct str *limit;
    size_t tables; /* all but that of every combination of lists, which the report has */
    const struct brief_table *table;
    struct str report_href; /* empty in a file of its own, as the next */
    struct str pdf_href;
};

/* The facts of `report`, in its language. What it is made of must outlive it. */
struct brief_view brief_view_of(const struct report_view *report, enum language language, struct arena *a);

#endif
