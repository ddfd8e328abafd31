/* Indicators: what people in each kind of work can see that may be a sign of exploitation, and what it does
 * not mean. The catalogue comes with the program (indicators.csv, cautions.csv, actors.csv); the coordinator
 * can word a sign anew or withdraw it, and every earlier wording is kept. Version 1 is the program's.
 *
 * A sign never rests on origin, looks, language or dress (words/terms.h): a change that does is refused. */
#ifndef LYKTA_INDICATOR_INDICATOR_H
#define LYKTA_INDICATOR_INDICATOR_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { INDICATOR_CAUTIONS = 4, INDICATOR_TEXT_BYTES = 400 };

/* How a sign is weighed: not how certain a conclusion is. */
enum strength { STRENGTH_WEAK, STRENGTH_MEDIUM, STRENGTH_STRONG };

/* What a sign does not mean, or what comes first. */
struct caution {
    struct str code;
    struct str sv;
    struct str en;
};

/* A kind of work whose people can see something. */
struct actor {
    struct str code; /* "hotel" */
    struct str slug; /* in addresses: "hotell" */
    struct str sv;
    struct str en;
};

struct indicator {
    struct str id; /* "HO01" */
    const struct actor *actor;
    struct str forms; /* "sexual;labour" */
    enum strength strength;
    struct str sv;
    struct str en;
    struct str source;
    bool is_source_seen; /* else the source is named in the study and not read by it */
    size_t n_cautions;
    const struct caution *caution[INDICATOR_CAUTIONS];
    int64_t version; /* 1: the program's wording */
    bool is_withdrawn;
};

/* All of it, in `a`. */
struct indicators {
    size_t n;
    struct indicator *indicator;
    size_t n_cautions;
    struct caution *cautions;
    size_t n_actors;
    struct actor *actors;
};

/* Reads the catalogue as the program brings it. BAD_INPUT would be a fault of the program's own data: the
 * tests read all of it. */
enum status indicators_delivered(struct arena *a, struct indicators *out, struct err *e) MUST_USE;

/* The same with the city's own wordings; withdrawn signs are among them, and marked. */
enum status indicators_load(struct db *db, struct arena *a, struct indicators *out, struct err *e) MUST_USE;

/* NULL when there is none. */
const struct indicator *indicator_find(const struct indicators *all, struct str id);
const struct actor *actor_by_slug(const struct indicators *all, struct str slug);
const struct actor *actor_by_code(const struct indicators *all, struct str code);

/* Does the sign have every word of `words` in it, in either language, by their beginnings? No words: yes. */
bool indicator_matches(const struct indicator *indicator, struct str words);

/* A new wording. */
struct indicator_change {
    struct str id;
    int64_t version; /* that the change was made from */
    enum strength strength;
    struct str sv;
    struct str en;
    bool is_withdrawn;
    struct str reason;
};

/* Can it be saved, as far as its words go? BAD_INPUT as for indicator_save. */
enum status indicator_check(const struct indicator_change *change, struct err *e) MUST_USE;

/* Saves a wording as the next version. BAD_INPUT when a text is missing, too long, or has a word that no sign
 * may rest on (named); when the Swedish is harder than LIX 40 (told with its value); REFUSED when somebody
 * has saved since `change->version`. */
enum status indicator_save(struct db *db, const struct indicator_change *change, const struct who *who,
                           struct err *e) MUST_USE;

/* Wordings of `id`, the newest first; the program's is not among them. */
struct indicator_versions {
    size_t n;
    struct indicator_version {
        int64_t version;
        enum strength strength;
        struct str sv;
        struct str en;
        bool is_withdrawn;
        struct str reason;
        struct date changed_on;
    } * version;
};
enum status indicator_history(struct db *db, struct str id, struct arena *a, struct indicator_versions *out,
                              struct err *e) MUST_USE;

#endif
