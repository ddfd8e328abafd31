/* What the public pages show: made from pages, numbers and releases, without a request, so that a test can
 * draw a page too. Texts are views of what they were made of, or in the arena. */
#ifndef LYKTA_PUBLIC_PUBLIC_VIEW_H
#define LYKTA_PUBLIC_PUBLIC_VIEW_H

#include "help/help_view.h"
#include "portal/layout.h"
#include "public/public.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* The part of a text under one heading. */
struct public_section {
    struct str title; /* empty: what stands before the first heading */
    struct str anchor;
    struct str body; /* Markdown */
};

/* A link with what it leads to. */
struct public_card {
    struct str href;
    struct str title;
    struct str ingress;
    struct date on;
};

/* A published mapping in a list. */
struct public_mapping_card {
    struct str href;
    struct str title;
    struct str period;
    struct date on;
    bool is_example;
};

/* A page or article, the start page and the page of numbers among them. */
struct public_view {
    struct layout layout;
    const struct public_page *page;
    bool is_old;
    bool is_other;      /* the text is in another language than the page around it */
    struct str picture; /* its address; empty: none */
    int64_t picture_width, picture_height;
    size_t sections;
    const struct public_section *section;
    struct str address; /* of this page, whole where the site's is known: to copy and send */
    struct str contact; /* "mailto:…"; empty: none */
    struct helplines helplines;
    struct help_choices languages;
    size_t articles; /* on the start page: the latest */
    const struct public_card *article;
    const struct public_mapping_card *mapping; /* the latest, or NULL */
    struct str
        preview_back; /* shown to who wrote it, before readers see it: where to go on; empty: it is not */
    struct str help_href, articles_href, mappings_href;
};

/* The list of articles or of mappings. */
struct public_list_view {
    struct layout layout;
    size_t articles;
    const struct public_card *article;
    size_t mappings;
    const struct public_mapping_card *mapping;
    struct str figures_href, feed_href;
    struct str catalogue_href; /* of open data */
};

/* Cuts Markdown at its headings of the second level ("## "); *n is how many parts. */
const struct public_section *public_sections(struct str body, struct arena *a, size_t *n);

/* The view of one page or article at `path`, still without numbers, articles and mappings. `page` must
 * outlive it. */
struct public_view public_view_of(const struct portal_view *site, const struct public_page *page,
                                  struct str path, struct arena *a);

/* The cards of `pages`, `most` at most. */
const struct public_card *public_cards(const struct portal_view *site, const struct public_pages *pages,
                                       size_t most, struct arena *a, size_t *n);

#endif
