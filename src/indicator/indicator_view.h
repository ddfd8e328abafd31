/* What the pages of signs show. */
#ifndef LYKTA_INDICATOR_INDICATOR_VIEW_H
#define LYKTA_INDICATOR_INDICATOR_VIEW_H

#include "base/str.h"
#include "indicator/indicator.h"
#include "portal/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct sign_row {
    struct str id;
    struct str text;
    struct str actor; /* in search results: whose card it is on */
    struct str href;
    size_t cautions;
    const struct str *caution;
    struct str edit_href; /* empty: who looks may not change it */
};

/* Signs of one strength on a card. */
struct sign_group {
    enum text_key title;
    enum text_key about;
    size_t n;
    struct sign_row *row;
};

struct card_view {
    struct layout layout;
    struct str actor;
    bool serves_guests; /* hotels and landlords: the rule against refusing people stands on the card */
    size_t groups;
    struct sign_group group[3];
    struct str report_href;
    struct str file_href; /* the card as a file, to be read without a network */
    struct str lesson_href;
    struct str all_href;
};

struct actor_link {
    struct str href;
    struct str name;
    size_t signs;
};

struct signs_view {
    struct layout layout;
    struct str action;
    struct str query;
    size_t actors;
    struct actor_link *actor;
    bool is_searched;
    size_t found;
    struct sign_row *row;
};

struct sign_edit_view {
    struct layout layout;
    struct str action;
    struct str id;
    struct str sv;
    struct str en;
    struct str reason;
    int strength;
    int64_t version;
    bool is_withdrawn;
    struct str fault; /* why it was not saved; empty: nothing was wrong */
    size_t versions;
    const struct indicator_version *history;
};

/* The card of `actor`, and the list of cards with what a search for `query` finds. In `a`. */
struct card_view card_view_of(const struct portal_view *site, const struct indicators *all,
                              const struct actor *actor, struct str path, struct arena *a);
struct signs_view signs_view_of(const struct portal_view *site, const struct indicators *all,
                                struct str query, struct str path, struct arena *a);

/* The name of `actor`, the text of `sign`, in `language`. */
struct str actor_name(const struct actor *actor, enum language language);
struct str sign_text(const struct indicator *sign, enum language language);

#endif
