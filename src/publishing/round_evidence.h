/* What a round's figure rests on, for who works it out and who approves it: rounded, sealed, and deleted when
 * the round is published or closed.
 *
 * Figures are people, seen and unseen, to two significant digits with limits outward; RELEASE_UNKNOWN where
 * there is none. Texts of lists, columns and categories are the codes of the draft. */
#ifndef LYKTA_PUBLISHING_ROUND_EVIDENCE_H
#define LYKTA_PUBLISHING_ROUND_EVIDENCE_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/estimate.h"
#include "release/release.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct mapping_evidence;

/* A method: its answer, and why it gives only a range or none. */
struct round_way {
    struct str code;
    enum release_answer answer;
    struct release_note reason; /* code is empty for a point */
    int64_t limit[2];
    bool is_bound; /* a lower bound */
};

/* A list left out. */
struct round_drop {
    struct str list;
    int64_t nhat;
    bool moves; /* that is beyond the 95 % limits with it */
};

struct round_category {
    struct str category;
    enum release_answer answer;
    int64_t limit[2];
};

/* A column of categories, each estimated alone. */
struct round_part {
    struct str column;
    size_t n;
    struct round_category *row;
    int64_t refused;  /* of them */
    int64_t limit[2]; /* of all together, those refused with the people seen in them */
};

struct round_evidence {
    size_t ways;
    struct round_way way[RELEASE_MAX_METHODS];
    int64_t range[2]; /* over those with an answer, bounds apart */
    size_t drops;     /* 0: the figure's own method gave none */
    struct round_drop drop[ESTIMATE_MAX_LISTS];
    int64_t half, twice;          /* when there are half or twice as many unseen as the model says */
    int64_t models;               /* within 6 of the best BIC */
    int64_t model_limit[2];       /* their lowest and highest figure */
    int64_t models_without_limit; /* of them, those without a finite figure */
    size_t parts;
    struct round_part part[COUNTS_MAX_STRATA];
};

/* Keeps `exact`, rounded and sealed, instead of what was kept; inside the caller's db_change. */
enum status round_evidence_keep(const struct city *city, struct db *db, int64_t id,
                                const struct mapping_evidence *exact, struct err *e) MUST_USE;

/* What is kept of the round; *is_there is false when nothing is. Everything is in `a`. */
enum status round_evidence_read(const struct city *city, struct db *db, int64_t id, struct arena *a,
                                struct round_evidence *out, bool *is_there, struct err *e) MUST_USE;

enum status round_evidence_delete(struct db *db, int64_t id, struct err *e) MUST_USE;

#endif
