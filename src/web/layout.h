/* What stands around every page: head, name and menu, the quick exit, foot. The rooms fill `struct layout`.
 */
#ifndef LYKTA_WEB_LAYOUT_H
#define LYKTA_WEB_LAYOUT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct form_seal;
struct html;

struct layout_link {
    struct str href;
    struct str text;
    struct str lang; /* set when the text is in another language than the page */
};

struct layout {
    struct str language_code;
    struct str title;   /* of the page */
    struct str network; /* "Nätverket mot människohandel" */
    struct str city;    /* "Lund (exempel)" */
    bool is_example;    /* every page says that the city is an example */
    bool is_standalone; /* a file of its own: no menu, no exit, the style inside */
    struct str home;    /* the start page in this language */
    struct str exit;    /* where "leave this page quickly" goes */
    struct str here;    /* the address of this page, for the menu */
    const struct layout_link *menu;
    size_t menu_n;
    const struct layout_link *foot;
    size_t foot_n;
    struct str visitor; /* the name of who is signed in; empty: nobody */
    struct str account_href;
    struct str sign_out_href;
    const struct form_seal *seal;   /* for the forms of the page; NULL in standalone ones */
    const struct layout_link *work; /* for who is signed in */
    size_t work_n;
    bool has_errors;            /* the title says so first */
    struct str form_style_href; /* empty: the page has no form */
    struct str style_href;      /* read unless is_standalone */
    struct str icon_href;
    struct str contact; /* who answers questions */
    struct str email;   /* and where; empty: the foot says neither */
    struct str style;   /* the style sheet itself: read when is_standalone */
};

/* The style sheet inside the page: for files of their own, which have no server to ask. Pages the server
 * sends never hold one: their content security policy forbids it. */
void layout_style(struct html *h, struct str style);

/* The lantern of the head: a drawing that says nothing. */
void layout_lantern(struct html *h);

#endif
