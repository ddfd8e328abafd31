/* What the monthly picture shows. */
#ifndef LYKTA_OBSERVATION_OVERVIEW_VIEW_H
#define LYKTA_OBSERVATION_OVERVIEW_VIEW_H

#include "observation/overview.h"
#include "observation/pair_view.h"
#include "web/field.h"
#include "web/layout.h"

struct html;

struct overview_view {
    struct layout layout;
    struct overview overview;
    struct str action; /* of the form that chooses */
    struct field_set *fields;
    struct field *form_field, *month_field;
    size_t form;             /* what is chosen: OVERVIEW_ALL, or a form's number from 1 */
    size_t month;            /* 0..11 */
    size_t years;            /* that are over and in which something was counted, the latest first */
    const struct str *year;  /* "2025" */
    struct pair_view pairs;  /* of the chosen form, in the latest whole year */
    struct str helps_href;   /* which signs carry information; empty: not for this reader */
    struct str warning_href; /* where a warning is written; empty: not for this reader */
};

/* The chosen form month by month; and in the chosen month all forms, and the chosen one by part of the city.
 */
void overview_months(struct html *h, const struct overview_view *v);
void overview_forms(struct html *h, const struct overview_view *v);
void overview_areas(struct html *h, const struct overview_view *v);

#endif
