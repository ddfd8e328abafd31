/* What the page of letters shows. */
#ifndef LYKTA_MAILING_LETTERS_VIEW_H
#define LYKTA_MAILING_LETTERS_VIEW_H

#include "mail/trouble.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct letters_row {
    const struct mail_trouble *trouble;
    struct date on;
    enum text_key state, remedy;
    struct str again; /* where it is sent again; empty: who reads may not */
};

struct letters_view {
    struct layout layout;
    struct mail_standing standing;
    struct date down_on;
    bool is_queued; /* a letter has just been put in the queue again */
    size_t n;
    const struct letters_row *row;
};

#endif
