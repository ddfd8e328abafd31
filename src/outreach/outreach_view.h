/* What the page of outreach shows. */
#ifndef LYKTA_OUTREACH_OUTREACH_VIEW_H
#define LYKTA_OUTREACH_OUTREACH_VIEW_H

#include "outreach/outreach.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct outreach_evening_row {
    const struct outreach *evening;
    enum text_key form;
    struct str remove; /* where it is taken away */
};

struct outreach_month_row {
    const struct outreach_month *month;
    bool is_given; /* all of it */
};

struct outreach_view {
    struct layout layout;
    bool is_noted, is_given; /* just now */

    struct field_set *fields; /* of an evening */
    struct field *held_on, *form, *contacts, *new_contacts, *offered, *accepted;
    struct str note;

    struct field_set *giving; /* of a month; NULL: there is none to give */
    struct field *month, *smallest;
    struct str give;

    size_t evenings;
    const struct outreach_evening_row *evening;
    size_t months;
    const struct outreach_month_row *row; /* the oldest first */
};

struct html;

/* The organisation's own curve: contacts by month. */
void outreach_chart(struct html *h, const struct outreach_view *v);

#endif
