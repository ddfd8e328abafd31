/* Numbers to call when somebody needs help. */
#ifndef LYKTA_HELP_HELPLINE_H
#define LYKTA_HELP_HELPLINE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct who;

/* Whom a number is for: a set of bits. */
enum {
    HELPLINE_NOW = 1,  /* on the start page, above everything */
    HELPLINE_SELF = 2, /* who is exposed */
    HELPLINE_CHILD = 4,
    HELPLINE_SEEN = 8, /* who has seen something */
    HELPLINE_WORK = 16
};

/* A number to call. Numbers and hours change: they are data with a day of check, never part of a text. */
struct helpline {
    int64_t place;     /* in the order they are shown, by which it is named */
    struct str number; /* as people write it: "020-50 50 50" */
    struct str tel;    /* as telephones take it: "+4620505050" */
    struct str href;   /* "tel:+4620505050" (RFC 3966, where %2B is no plus sign) */
    struct str about;
    struct str hours; /* empty: not known */
    unsigned circles;
    struct date checked_on; /* no date: nobody has checked it yet */
    bool is_verified;       /* a person has */
};

struct helplines {
    size_t n;
    struct helpline *line;
};

/* The link that calls `tel`, in `a`. */
struct str helpline_href(struct str tel, struct arena *a);

/* All numbers with their words in `language`, in the order they are shown, in `a`. */
enum status helplines_all(struct db *db, struct str language, struct arena *a, struct helplines *out,
                          struct err *e) MUST_USE;

/* A person has called or read the number's own page today: it is shown as checked. REFUSED when `number` no
 * longer stands at `place`. */
enum status helpline_check(struct db *db, int64_t place, struct str number, const struct who *who,
                           struct err *e) MUST_USE;

/* Adds a number at `place`, with its words in both languages. Inside the caller's change. */
enum status helpline_add(struct db *db, int64_t place, const struct helpline *sv, const struct helpline *en,
                         struct err *e) MUST_USE;

/* Reads the numbers from the CSV text `csv` with the columns id, number, tel, sv, en, hours_sv, hours_en,
 * circles (of now, self, child, seen and work, with ";" between), checked_on and status (granskas or
 * verified). BAD_INPUT with name:line:column. In `a`. */
enum status helplines_read(const char *name, struct str csv, struct str language, struct arena *a,
                           struct helplines *out, struct err *e) MUST_USE;

#endif
