/* The post box of secure sums: letters between cities and whoever adds (lib/secure), over HTTPS.
 *
 * It holds the same files as go by any other channel, byte by byte, and learns no more than who carries them.
 * No account is needed: a letter is taken when it is signed by a city of the round, is the one whose turn it
 * is, is whole, and comes in time. Whoever has the round's address, which cannot be guessed, finds what is
 * meant for cities; the letters of cities are for whoever adds. docs/methods/secure-sum.md. */
#ifndef LYKTA_PROGRAMME_SUM_BOX_H
#define LYKTA_PROGRAMME_SUM_BOX_H

#include "base/err.h"
#include "base/str.h"
#include "secure/letter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct sum_round;
struct who;

/* A letter of a city is smaller than this: 50,000 cells take 800 kB. */
enum { SUM_BOX_LETTER_BYTES = 1 << 20 };

/* A round in the box. */
struct sum_box {
    int64_t id;
    struct str hash; /* of the round, 64 hexadecimal digits: its address */
    struct str name;
    int64_t opened_at;
    int64_t until[3]; /* the moments from which joins, figures and shares are late */
};

struct sum_boxes {
    size_t n;
    struct sum_box *box; /* the latest first */
};

/* A round, and what has come. */
struct sum_box_state {
    struct sum_box box;
    struct str bytes; /* of the round */
    const struct sum_round *round;
    size_t cities, needed;   /* how many take part, and without how many nothing is added */
    const struct str *city;  /* their names */
    bool *has[LETTER_KINDS]; /* of each city: has this letter come, or is there one for it? */
    bool has_roster;         /* whoever adds has settled who takes part */
    bool has_asking;         /* and has asked for shares */
};

/* What became of a letter. */
enum sum_posting {
    SUM_TAKEN,    /* it is in the box, now or since it was sent before */
    SUM_STRANGE,  /* no letter of this round, or not signed by who should have signed it */
    SUM_EARLY,    /* its turn has not come */
    SUM_LATE,     /* its time is over, or whoever adds has gone on without it */
    SUM_OTHERWISE /* another of its kind has come from the same sender: that one counts */
};

/* Opens the box for the round in `bytes`; `until` rises. BAD_INPUT when it is no round, or is there already.
 * Writes the audit line; *hash is in `a`. */
enum status sum_box_open(struct db *db, const struct who *who, const char *name, struct str bytes,
                         const int64_t until[3], struct arena *a, struct str *hash, struct err *e) MUST_USE;

enum status sum_box_list(struct db *db, struct arena *a, struct sum_boxes *out, struct err *e) MUST_USE;

/* The hash of a round as its address has it, in `a`. */
struct str sum_box_hash(const unsigned char hash[LETTER_ROUND_BYTES], struct arena *a);

/* The round with this hash, in `a`; *is_there is false when there is none. */
enum status sum_box_read(struct db *db, struct str hash, struct arena *a, struct sum_box_state *out,
                         bool *is_there, struct err *e) MUST_USE;

/* Takes a letter of a city or of whoever adds; *out is what became of it, and `why` says it of one that was
 * not taken. Writes an audit line when it is new. `name` stands for the letter in messages. */
enum status sum_box_post(struct db *db, const struct who *who, const struct sum_box_state *x,
                         const char *name, struct str bytes, struct arena *a, enum sum_posting *out,
                         struct err *why, struct err *e) MUST_USE;

/* The letter of the kind, from or for the city at `place` (LETTER_COUNTY: of whoever adds), in `a`; empty
 * when there is none. */
enum status sum_box_letter(struct db *db, const struct sum_box_state *x, enum letter_kind kind, size_t place,
                           struct arena *a, struct str *out, struct err *e) MUST_USE;

/* What the letter is called as a file: "2026.round", "003.roster", "county.roster", "asking", "003.join". In
 * `a`. */
const char *sum_box_name(enum letter_kind kind, size_t place, struct arena *a);

/* The letter that `name` names; false when it names none. */
bool sum_box_named(struct str name, enum letter_kind *kind, size_t *place);

#endif
