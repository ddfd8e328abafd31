/* Lessons: for each kind of work six situations, what one would do, and why. Two of the six are innocent, so
 * that what is taught is to see a situation, not to suspect people. Texts are data (situations.csv,
 * actions.csv).
 *
 * What somebody answered is never stored: only how many situations they have been through, so that a lesson
 * goes on where it was left, and the day it was finished, for the certificate. Others see counts alone. */
#ifndef LYKTA_LEARNING_LEARNING_H
#define LYKTA_LEARNING_LEARNING_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct indicators;

enum { SITUATION_ACTIONS = 3, LESSON_SITUATIONS = 6 };

/* Something one could do. */
struct action {
    struct str code;
    struct str sv;
    struct str en;
};

struct situation {
    const struct actor *actor;
    bool is_innocent;
    const struct action *action[SITUATION_ACTIONS]; /* in the order they are shown */
    size_t best;                                    /* the index of the best */
    struct str sv;
    struct str why_sv;
    struct str en;
    struct str why_en;
};

struct lessons {
    size_t n;
    struct situation *situation;
    size_t n_actions;
    struct action *action;
};

/* A lesson: situation[LESSON_SITUATIONS] of one actor. */
struct lesson {
    size_t n;
    const struct situation *situation[LESSON_SITUATIONS];
};

/* Reads all lessons; actors are those of `indicators`. */
enum status lessons_read(const struct indicators *indicators, struct arena *a, struct lessons *out,
                         struct err *e) MUST_USE;

/* The lesson of `actor`; no situations when there is none. */
struct lesson lesson_of(const struct lessons *all, const struct actor *actor);

/* How far an account has come: the next situation's index, or the day it was finished. */
struct learning_progress {
    size_t answered;
    struct date finished_on; /* no year: not finished */
};

enum status learning_progress(struct db *db, int64_t account, struct str actor, struct learning_progress *out,
                              struct err *e) MUST_USE;

/* The account has been through situation `index` (from 0) of `lesson_n`. Answers out of order or twice change
 * nothing. */
enum status learning_answered(struct db *db, int64_t account, struct str actor, size_t index, size_t lesson_n,
                              const struct who *who, struct err *e) MUST_USE;

/* Starts the lesson over; the certificate stays. */
enum status learning_again(struct db *db, int64_t account, struct str actor, const struct who *who,
                           struct err *e) MUST_USE;

/* How many have begun and finished each lesson. Counts below LEARNING_FEW are told as few alone, since a
 * small network knows its members. */
enum { LEARNING_FEW = 5 };
struct learning_counts {
    size_t n;
    struct learning_count {
        struct str actor;
        int64_t begun;
        int64_t finished;
    } * count;
};
enum status learning_counts(struct db *db, struct arena *a, struct learning_counts *out,
                            struct err *e) MUST_USE;

#endif
