/* Measures of the action plan (handlingsplan): what is to be done, by whom, by when, and how it goes.
 *
 * A measure has one owner, an organisation of the network; without one it can be planned but not decided. Its
 * state is told in steps that are kept, each with what was done. The note is for the coordinator alone and
 * leaves the program in no public form. */
#ifndef LYKTA_PLAN_MEASURE_H
#define LYKTA_PLAN_MEASURE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { MEASURE_TITLE_LETTERS = 300, MEASURE_TEXT_LETTERS = 2000, MEASURE_WAITS = 3, MEASURE_LINKS = 3 };

/* In the order they are shown. */
enum plan_goal { PLAN_DETECT, PLAN_PREVENT, PLAN_COUNTER, PLAN_SUPPORT, PLAN_COORDINATE };
enum { PLAN_GOALS = 5 };

enum measure_state { MEASURE_WAITING, MEASURE_UNDER_WAY, MEASURE_DONE, MEASURE_PAUSED };
enum { MEASURE_STATES = 4 };

/* "detect", "under_way": in the database and in files. */
const char *plan_goal_code(enum plan_goal goal);
const char *measure_state_code(enum measure_state state);
bool plan_goal_from_str(struct str code, enum plan_goal *out);
bool measure_state_from_str(struct str code, enum measure_state *out);

/* Another measure, which must be done first. */
struct measure_wait {
    int64_t id;
    struct str title;
    enum measure_state state;
};

/* A page of the program that shows why a measure is needed: a table of a release, the situations of a year, a
 * seminar. */
enum link_kind { LINK_RELEASE, LINK_SITUATIONS, LINK_SEMINAR };
enum { LINK_KINDS = 3 };
struct measure_link {
    enum link_kind kind;
    struct str path;  /* without the language: "/kartlaggning/1281-2013#table-gender-chart" */
    struct str title; /* as it was when it was chosen */
};

struct measure {
    int64_t id;
    struct str template; /* the row of the template it began as; empty: the city's own */
    enum plan_goal goal;
    struct str title;
    int64_t owner; /* an organisation; 0: nobody yet */
    struct str owner_name;
    struct str done_when; /* how one knows that it is done */
    struct date deadline; /* no date: it goes on */
    struct str legal;     /* the ground in law; may be empty */
    struct str evidence;  /* what shows that it is needed: a release's table, counts, a seminar */
    struct str note;      /* internal */
    enum measure_state state;
    int64_t version;
    size_t waits;
    struct measure_wait wait[MEASURE_WAITS]; /* by id */
    size_t links;
    struct measure_link link[MEASURE_LINKS]; /* by path */
};

struct measures {
    size_t n;
    struct measure *measure;
};

struct measure_step {
    int64_t at;
    enum measure_state state;
    struct str note;
};

/* Past its deadline and neither done nor paused? */
bool measure_is_overdue(const struct measure *m, struct date today);

/* Does it wait for a measure that is not done? */
bool measure_is_held(const struct measure *m);

/* Adds it, waiting, and gives its id. BAD_INPUT when the title is missing, a text too long or a tie wrong
 * (measure_ties.h). */
enum status measure_add(struct db *db, const struct measure *m, const struct who *who, int64_t *id,
                        struct err *e) MUST_USE;

/* Changes everything but its state. A new deadline or owner is reminded of anew (plan_remind.h). REFUSED when
 * its version is no longer m->version: somebody else has changed it meanwhile; and when it would wait for
 * itself. */
enum status measure_change(struct db *db, const struct measure *m, const struct who *who,
                           struct err *e) MUST_USE;

/* Takes it out of the plan; decided plans keep it. */
enum status measure_remove(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* In `a`; REFUSED when there is none in the plan. */
enum status measure_find(struct db *db, int64_t id, struct arena *a, struct measure *out,
                         struct err *e) MUST_USE;

/* Which measures a list shows; zero is all. */
struct measure_filter {
    uint32_t goals;      /* set of 1 << goal; 0: all */
    uint32_t states;     /* set of 1 << state; 0: all */
    int64_t owner;       /* 0: all */
    struct date overdue; /* only those overdue on this day; no date: all */
};

/* By goal, then deadline (those without one last), then id; in `a`. */
enum status measure_list(struct db *db, const struct measure_filter *filter, struct arena *a,
                         struct measures *out, struct err *e) MUST_USE;

/* Tells how it goes: a step that is kept. */
enum status measure_follow_up(struct db *db, int64_t id, enum measure_state state, struct str note,
                              const struct who *who, struct err *e) MUST_USE;

/* Its steps, the latest first; in `a`. */
enum status measure_steps(struct db *db, int64_t id, struct arena *a, struct measure_step **out, size_t *n,
                          struct err *e) MUST_USE;

#endif
