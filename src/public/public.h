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

/* Whom a number is for: a set of bits. */
enum {
    HELPLINE_NOW = 1,  /* on the start page, above everything */
    HELPLINE_SELF = 2, /* who is exposed */
    HELPLINE_CHILD = 4,
    HELPLINE_SEEN = 8, /* who has seen something */
    HELPLINE_WORK = 16
};

/* A number to call. Numbers and hours change: they are data with a day of check, never part of a text. */
struct public_helpline {
    int64_t place;     /* in the order they are shown, by which it is named */
    struct str number; /* as people write it: "020-50 50 50" */
    struct str tel;    /* as telephones take it: "+4620505050" */
    struct str about;
    struct str hours; /* empty: not known */
    unsigned circles;
    struct date checked_on; /* no date: nobody has checked it yet */
    bool is_verified;       /* a person has */
};

struct public_helplines {
    size_t n;
    struct public_helpline *line;
};

/* All numbers with their words in `language`, in the order they are shown, in `a`. */
enum status public_helplines(struct db *db, struct str language, struct arena *a,
                             struct public_helplines *out, struct err *e) MUST_USE;

/* A person has called or read the number's own page today: it is shown as checked. REFUSED when `number` no
 * longer stands at `place`. */
enum status public_helpline_check(struct db *db, int64_t place, struct str number, const struct who *who,
                                  struct err *e) MUST_USE;

/* Reads the numbers from the CSV text `csv` with the columns id, number, tel, sv, en, hours_sv, hours_en,
 * circles (of now, self, child, seen and work, with ";" between), checked_on and status (granskas or
 * verified). BAD_INPUT with name:line:column. In `a`. */
enum status public_helplines_read(const char *name, struct str csv, struct str language, struct arena *a,
                                  struct public_helplines *out, struct err *e) MUST_USE;

/* Fills an example city with the texts and numbers of content/, dated back from the day `who` acts. One
 * change with one audit line. */
enum status public_seed(struct db *db, const struct who *who, struct arena *a, struct err *e) MUST_USE;

/* Gives a new city the pages of content/, so that whoever needs help finds it from the first day, and its
 * numbers. Pages in which the city must say who answers, and where, are drafts; an address that is taken is
 * left alone. One change with one audit line. */
enum status public_begin(struct db *db, const struct who *who, struct arena *a, struct err *e) MUST_USE;

#endif
