/* A round of mapping: from the coordinator who opens it, over the analyst who gives it its lists and proposes
 * a release, to the approver, another person, who lets it be published.
 *
 *     open ─► waiting ─► running ─► made ─► proposed ─► approved ─► published
 *      ▲                    └─► refused          │           │
 *      └─────────────────────────────── rejected ┘           └ undone ─► proposed
 *
 * Each arrow is a step that is kept: who, when, and why where a reason is asked for. The exact counts are
 * kept sealed from their upload until the program has worked them out, and no longer (round_input.h). */
#ifndef LYKTA_PUBLISHING_ROUND_H
#define LYKTA_PUBLISHING_ROUND_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct mapping;

enum { ROUND_TEXT_LETTERS = 300, ROUND_SPECIFICATION_LETTERS = 4000, ROUND_REASON_LETTERS = 500 };

enum round_state {
    ROUND_OPEN,    /* waits for the analyst's file */
    ROUND_WAITING, /* for the program */
    ROUND_RUNNING,
    ROUND_REFUSED, /* it cannot be published: told_sv and told_en say why */
    ROUND_MADE,    /* waits for the analyst to propose it */
    ROUND_PROPOSED,
    ROUND_APPROVED, /* published at publish_at, by the program */
    ROUND_PUBLISHED,
    ROUND_CLOSED,
    ROUND_STATES
};

#define ROUND_BIT(state) (UINT32_C(1) << (state))

/* The states with a draft that is not published yet. */
#define ROUND_WITH_DRAFT (ROUND_BIT(ROUND_MADE) | ROUND_BIT(ROUND_PROPOSED) | ROUND_BIT(ROUND_APPROVED))

struct round {
    int64_t id;
    enum round_state state;
    int first_year, last_year;
    struct str title_sv, title_en;
    struct str people_sv, people_en;
    struct str source_sv, source_en;
    bool is_example;
    struct str
        specification;   /* who is to be counted and on which lists, in words: for those who work on it */
    struct str corrects; /* the release it is a later version of; empty: none */
    struct str reason;   /* why it is corrected */
    struct str file_name;
    int64_t uploaded_by, proposed_by; /* people; 0: nobody */
    int64_t percent;                  /* of the work, while it runs */
    struct str told_sv, told_en;
    int64_t publish_at;
    struct str release; /* its name, once it is published */
};

struct round_step {
    int64_t at;
    struct str person; /* the name; empty: the program */
    struct str what;   /* "opened", "uploaded", … */
    struct str reason;
};

/* Opens `round`; sets its id. BAD_INPUT when a text is missing; REFUSED when its years are published and it
 * corrects nothing. */
enum status round_open(struct db *db, struct round *round, int64_t person, const struct who *who,
                       struct err *e) MUST_USE;

/* The round `id`, in `a`; REFUSED when there is none. */
enum status round_find(struct db *db, int64_t id, struct arena *a, struct round *out, struct err *e) MUST_USE;

/* All of them, the latest first. */
enum status round_list(struct db *db, struct arena *a, struct round **out, size_t *n, struct err *e) MUST_USE;

/* What has been done, the first first. */
enum status round_steps(struct db *db, int64_t id, struct arena *a, struct round_step **out, size_t *n,
                        struct err *e) MUST_USE;

/* Keeps a step; `person` 0 is the program. Inside the caller's change. */
enum status round_step_add(struct db *db, int64_t id, int64_t person, int64_t at, const char *what,
                           struct str reason, struct err *e) MUST_USE;

/* The mapping's texts and years, without lists. */
void round_mapping(const struct round *round, struct mapping *out);

/* What people do with a round. */
enum round_move {
    MOVE_PROPOSE,   /* made: the analyst */
    MOVE_TAKE_BACK, /* proposed: the analyst */
    MOVE_REJECT,    /* proposed: an approver, with a reason; it waits for the analyst's file again */
    MOVE_APPROVE,   /* proposed: an approver who neither gave the file nor proposed */
    MOVE_UNDO,      /* approved, not yet published: an approver */
    MOVE_CLOSE,     /* open, refused or made: the coordinator */
    ROUND_MOVES
};

struct round_order {
    enum round_move move;
    int64_t person;
    struct str reason;
    int64_t publish_at; /* of an approval: not before */
};

/* Carries it out with its step and audit line. REFUSED when the round is not where the move begins, or the
 * approver has had a hand in it; BAD_INPUT when a reason is missing. */
enum status round_move(struct db *db, int64_t id, const struct round_order *order, const struct who *who,
                       struct err *e) MUST_USE;

/* May `person` approve it, as far as two-person approval goes? */
bool round_is_others(const struct round *round, int64_t person);

/* Sets the state, if it is among the bits of `from`; *is_moved says so. Inside the caller's change. */
enum status round_set_state(struct db *db, int64_t id, uint32_t from, enum round_state to, bool *is_moved,
                            struct err *e) MUST_USE;

#endif
