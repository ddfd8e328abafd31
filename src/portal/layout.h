/* What stands around every page: made from the city, its rooms and the visitor, without a request, so that a
 * test can draw a page too. */
#ifndef LYKTA_PORTAL_LAYOUT_H
#define LYKTA_PORTAL_LAYOUT_H

#include "base/date.h"
#include "base/str.h"
#include "portal/room.h"
#include "web/form_token.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct error_view;
struct html;
struct visitor;

/* The city as its pages see it. */
struct portal_view {
    enum language language;
    struct str city;
    bool is_example;
    struct str contact; /* who answers questions */
    struct str email;   /* and where; empty: not known */
    struct str address; /* "https://…" without a closing slash; empty: not known */
    struct date today;
    const struct portal_room *const *rooms; /* whose links are shown; NULL: none */
    const struct visitor *visitor;          /* NULL: a reader without an account */
    uint32_t roles;
    struct form_seal seal; /* what the page's forms carry */
};

/* The address of `path` ("/hjalp") in the view's language: in `a`, or `path` itself. */
struct str portal_address(const struct portal_view *v, struct str path, struct arena *a);

/* What stands around the page at `path`, whose title is `title`. It points into *v (the seal of its forms),
 * which must live until the page is drawn: *v is the caller's own variable, never one of a function that has
 * ended. */
struct layout portal_layout(const struct portal_view *v, struct str title, struct str path, struct arena *a);

/* The same for a page with a form: with the style sheet for forms, and "Fel:" first in the title when
 * `errors` > 0. */
struct layout portal_form_layout(const struct portal_view *v, struct str title, struct str path,
                                 size_t errors, struct arena *a);

/* What stands around a page that is printed to a file: no menus, no visitor, the style inside. */
struct layout portal_print_layout(const struct portal_view *v, struct str title);

#endif
