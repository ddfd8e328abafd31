/* A release as it arrives from a city: verified, and then kept as what pooling needs of it, or refused with
 * the reason.
 *
 * Nothing is taken on faith: the signature, every file's hash, the form, whose key it is, the years, and that
 * it has not come before. A release that was changed by one byte is not read further than its signature. */
#ifndef LYKTA_PROGRAMME_ARRIVAL_H
#define LYKTA_PROGRAMME_ARRIVAL_H

#include "base/err.h"
#include "release/release.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct trust;

/* What is kept of a verified release. */
struct city_release {
    struct str name, city, municipality;
    int first_year, last_year;
    int64_t published_at;
    struct str manifest_hash, public_key;
    struct str program; /* the version that made it */
    bool is_example;
    struct str title_sv, title_en;
    struct str people_sv, people_en; /* who is counted */
    struct release_figure seen;
    enum release_answer answer;
    int64_t nhat, ci95[2], ci80[2], range[2]; /* RELEASE_UNKNOWN where there is none */
    struct str reason_sv, reason_en;          /* of a range or a refusal */
    struct str method;
    struct release_protection protection;
    size_t tables;
    struct release_table table[RELEASE_MAX_TABLES];
};

enum arrival_state {
    ARRIVAL_ACCEPTED,
    ARRIVAL_WITHDRAWN, /* whole and signed, of a city that takes no part any longer */
    ARRIVAL_REFUSED
};

/* What is wrong with a release that is not accepted: what a page tells in its own words. */
enum arrival_fault {
    ARRIVAL_SOUND,     /* nothing */
    ARRIVAL_CHANGED,   /* not what was signed: a file is changed, cut off, missing or too many */
    ARRIVAL_FORM,      /* whole and signed, in a form that this version does not read */
    ARRIVAL_FIGURES,   /* a figure lies outside its own limits */
    ARRIVAL_FUTURE,    /* published on a day to come */
    ARRIVAL_STRANGER,  /* of a city that is not trusted */
    ARRIVAL_OTHER_KEY, /* signed with another key than its city's */
    ARRIVAL_LEFT,      /* of a city that has withdrawn */
    ARRIVAL_SAME,      /* it is there already */
    ARRIVAL_OVERLAP,   /* counts some of the same years as another one of its city */
    ARRIVAL_REVEALS,   /* a figure can be worked out from it and another one */
    ARRIVAL_FAULTS
};

struct arrival {
    const char *path;
    enum arrival_state state;
    enum arrival_fault fault;
    struct str reason; /* in English; empty for an accepted one */
    bool is_known;     /* has been taken before */
    struct city_release release;
};

struct arrivals {
    size_t n;
    struct arrival *arrival; /* in the order of municipality, period and name; refused ones last */
    size_t accepted;         /* they come first */
};

struct arrival_rules {
    const struct trust *trust; /* NULL: each release is held against the key it names itself */
    int64_t now_at;            /* a release from the future is refused */
    size_t known;              /* the first of them have been taken before: of two that clash they stay */
    bool keys_are_known;       /* each was held against its city's key of its time */
};

/* Reads the folders `path[n]`. OK also when some are refused: each says why. SYSTEM alone fails. What is kept
 * is in `a`. */
enum status arrivals_read(const char *const *path, size_t n, const struct arrival_rules *rules,
                          struct arena *a, struct arrivals *out, struct err *e) MUST_USE;

/* Refuses `x` for `fault`, with the formatted reason. */
void arrival_refuse(struct arrival *x, enum arrival_fault fault, struct arena *a, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Sorts anew, after some were refused or withdrawn. */
void arrivals_sort(struct arrivals *all);

#endif
