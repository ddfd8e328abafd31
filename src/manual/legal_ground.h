/* The legal grounds on which what is done with personal data rests, each with the days between which it is
 * the law (legal_grounds.csv, rests_on.csv): what holds on a day can be told of any day, also of one that has
 * been. The program's proposal, in Swedish, as the law is: the municipality's lawyer decides. */
#ifndef LYKTA_MANUAL_LEGAL_GROUND_H
#define LYKTA_MANUAL_LEGAL_GROUND_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct legal_ground {
    struct str id;
    struct str law;     /* "dataskyddsförordningen (EU) 2016/679" */
    struct str section; /* "artikel 6.1 e" */
    struct str says;    /* "uppgift av allmänt intresse" */
    struct date from;   /* the first day on which it is the law */
    struct date until;  /* the last; no date: no end is decided */
};

enum legal_ground_state { LEGAL_GROUND_HOLDS, LEGAL_GROUND_ENDED, LEGAL_GROUND_NOT_YET };

/* An activity of the register rests on a ground: as a whole, or for a part of its data. */
struct legal_rest {
    struct str activity; /* its id */
    const struct legal_ground *ground;
    struct str part; /* empty: the whole of it */
};

struct legal_grounds {
    size_t n;
    struct legal_ground *ground;
    size_t rests;
    struct legal_rest *rest;
};

/* All of them, in `a`. */
enum status legal_grounds_read(struct arena *a, struct legal_grounds *out, struct err *e) MUST_USE;

/* The same from other files, for tests. BAD_INPUT with file, line and column: a day that is none, an end
 * before its beginning, a ground that is not there. */
enum status legal_grounds_from(struct str grounds, struct str rests, struct arena *a,
                               struct legal_grounds *out, struct err *e) MUST_USE;

enum legal_ground_state legal_ground_on(const struct legal_ground *ground, struct date day);

/* Is there a ground on `day` for all of `activity`, and for each part of it that has grounds of its own? */
bool legal_grounds_hold(const struct legal_grounds *all, struct str activity, struct date day);

/* What holds for `activity` on `day`, as one line; empty when nothing does. In `a`. */
struct str legal_grounds_words(const struct legal_grounds *all, struct str activity, struct date day,
                               struct arena *a);

#endif
