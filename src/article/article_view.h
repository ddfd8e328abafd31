/* What the pages show on which articles are written. */
#ifndef LYKTA_ARTICLE_ARTICLE_VIEW_H
#define LYKTA_ARTICLE_ARTICLE_VIEW_H

#include "article/article.h"
#include "article/article_version.h"
#include "article/line_diff.h"
#include "web/field.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An article in the list. */
struct desk_row {
    struct str href;
    const struct article *x;
    enum text_key state;
    struct str planned;  /* "26 november 2026 kl. 9.00"; empty: nothing is */
    bool is_unpublished; /* readers see an older version than the latest */
    bool is_due;         /* somebody ought to review it */
};

struct desk_view {
    struct layout layout;
    struct str new_href;
    size_t articles, pages;
    const struct desk_row *article, *page;
};

struct version_row {
    const struct article_version *v;
    struct str href;
    struct str when;
    bool is_shown, is_planned;
};

/* One article. */
struct article_view {
    struct layout layout;
    const struct article *x;
    enum text_key state;
    struct str planned;
    bool is_unpublished, is_due, may_take_back, is_article;
    enum text_key said; /* what was just done */
    bool is_said;
    struct str public_href, preview_href, preview_english_href, change_href, publish_href, cancel_href,
        back_href, reviewed_href, list_href, picture_href;
    size_t versions;
    const struct version_row *version;
};

/* What differs in one of the texts. */
struct text_diff {
    enum text_key label;
    struct line_diff lines;
};

/* Writing one. */
struct write_view {
    struct layout layout;
    struct field_set *fields;
    struct field *title[LANGUAGES], *ingress[LANGUAGES], *body[LANGUAGES], *contact, *key, *on_start;
    int64_t version;
    struct str action, back;
    size_t diffs; /* from what somebody else has just saved to what was typed */
    struct text_diff diff[LANGUAGES];
};

/* When readers shall see it. */
struct publish_view {
    struct layout layout;
    struct field_set *fields;
    struct field *when, *day, *time, *change;
    const struct article *x;
    int64_t version;
    bool is_newer; /* a version was saved after the one that was looked at */
    struct str action, back, preview_href;
};

/* Its picture. */
struct picture_view {
    struct layout layout;
    struct field_set *fields;
    struct field *file, *words[LANGUAGES]; /* without English, the second is NULL */
    const struct article *x;
    int64_t version;
    struct str src; /* of the picture it has; empty: none */
    struct str action, remove, back;
};

enum { VERSION_TEXTS = 9 };

/* A version beside another. */
struct version_view {
    struct layout layout;
    const struct article *x;
    const struct article_version *v;
    struct str when;
    int64_t against; /* the number of the one it is compared with; 0: none */
    size_t diffs;
    struct text_diff diff[VERSION_TEXTS];
    size_t others;
    const struct version_row *other;
    bool is_latest, is_other_picture;
    struct str action, back, preview_href;
};

#endif
