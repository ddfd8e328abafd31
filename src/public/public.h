/* What anyone may read: articles and pages in Swedish and English, and numbers to call. */
#ifndef LYKTA_PUBLIC_PUBLIC_H
#define LYKTA_PUBLIC_PUBLIC_H

#include "article/article.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* A page that nobody has reviewed for this long says so itself. */
enum { PUBLIC_OLD_DAYS = 180 };

/* What readers see of an article or page in one language. `key` is its address: "begrepp",
 * "frukostseminarium". */
struct public_page {
    struct str key;
    struct str language; /* of the text: "sv" where there is no English one, although that was asked for */
    enum article_kind kind;
    struct str title;
    struct str ingress;
    struct str picture; /* the name of an embedded or an uploaded picture; empty: none */
    struct str picture_text;
    int64_t picture_width, picture_height; /* of an uploaded one; 0: not known */
    struct str contact;                    /* an e-mail address of a function; empty: none */
    struct str body;                       /* Markdown; its headings are "## " */
    struct date published_on, updated_on, reviewed_on;
};

struct public_pages {
    size_t n;
    struct public_page *page;
};

/* Has nobody reviewed the page for PUBLIC_OLD_DAYS? */
bool public_page_is_old(const struct public_page *page, struct date today);

/* The page or article `key` as readers in `language` see it at `now_at`, in `a`. REFUSED when nothing is
 * shown.
 */
enum status public_page_find(struct db *db, struct str key, enum language language, int64_t now_at,
                             struct arena *a, struct public_page *out, struct err *e) MUST_USE;

/* Fills in how large its picture is, for a page that keeps room for it. */
enum status public_page_measure(struct db *db, struct public_page *page, struct err *e) MUST_USE;

/* A text of an article, with the dates of `x`, as readers in `language` see it. */
struct public_page public_page_of(const struct article *x, const struct article_text *text,
                                  enum language language);

/* The articles that readers see at `now_at` and that have a text in `language`, the latest first, in `a`,
 * without their bodies; for the start page only those that may stand there. */
enum public_place { PUBLIC_EVERYWHERE, PUBLIC_ON_START };
enum status public_articles(struct db *db, enum language language, enum public_place place, int64_t now_at,
                            struct arena *a, struct public_pages *out, struct err *e) MUST_USE;

/* The start page with the articles that may stand on it, in one question to the database: what
 * public_page_find and public_articles would tell. REFUSED when there is no start page. */
enum status public_start_find(struct db *db, enum language language, int64_t now_at, struct arena *a,
                              struct public_page *page, struct public_pages *articles,
                              struct err *e) MUST_USE;

/* Fills an example city with the texts and numbers of content/, dated back from the day `who` acts. One
 * change with one audit line. */
enum status public_seed(struct db *db, const struct who *who, struct arena *a, struct err *e) MUST_USE;

/* Gives a new city the pages of content/, so that whoever needs help finds it from the first day, and its
 * numbers. Pages in which the city must say who answers, and where, are drafts; an address that is taken is
 * left alone. One change with one audit line. */
enum status public_begin(struct db *db, const struct who *who, struct arena *a, struct err *e) MUST_USE;

#endif
