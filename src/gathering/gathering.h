/* Lists for a mapping that agencies encode where they are: the portal carries their keys and sealed lists
 * from one to another, and can read none of it.
 *
 *     keys ─► digits ─► secret ─► lists ─► whole        any of them ─► ended
 *      ▲        └────────┴─────────┴── begun anew
 *
 * keys    the linkage unit and every agency hand in their public keys (`lykta keys make`)
 * digits  the coordinator has said that all are there; agencies compare thirty digits by telephone
 * secret  all have said that the digits agree; one shares the secret (`lykta keys share`)
 * lists   each takes the secret, encodes its list and hands it in, sealed to the linkage unit
 * whole   all lists are in; the linkage unit fetches and links them on its own machine (`lykta link`), and
 * may ask their keepers about a sample of pairs (gathering_asking.h) ended   keys and lists are deleted here:
 * by the coordinator, on the last day, or when the mapping is out
 *
 * The digits are shown by each agency's own program, never by the portal: it could show others.
 * Lists may go round instead, with no linkage unit: gathering_ring.h. */
#ifndef LYKTA_GATHERING_GATHERING_H
#define LYKTA_GATHERING_GATHERING_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct gathering_asking;

enum {
    GATHERING_LISTS = 16,            /* as many as a linkage takes */
    GATHERING_LIST_BYTES = 32 << 20, /* of a sealed list: some 80,000 people */
    GATHERING_FEW_PEOPLE = 20,       /* a shorter list is linked only when the coordinator has agreed */
    GATHERING_FIELDS = 32,
    GATHERING_REASON_LETTERS = 500,
    GATHERING_DAYS = 366 /* the last day is within a year */
};

enum gathering_state {
    GATHERING_KEYS,
    GATHERING_DIGITS,
    GATHERING_SECRET,
    GATHERING_HANDING_IN,
    GATHERING_WHOLE,
    GATHERING_ENDED,
    GATHERING_JOINING, /* of a ring; after the others, whose numbers are in the database */
    GATHERING_GOING_ROUND,
    GATHERING_STATES
};

/* How many of a list lack what stands in one of its columns. */
struct gathering_field {
    struct str name;
    int64_t missing;
};

/* An agency's list. */
struct gathering_list {
    int64_t id;
    int64_t keeper;      /* the person who hands it in */
    struct str name;     /* as the agency's key names it */
    struct str open_key; /* the file of its public key; in a ring the base raised to its exponent */
    bool is_compared;    /* the keeper has said how the digits are: */
    bool is_same;
    int64_t bytes;  /* of the sealed list; 0: not handed in */
    int64_t people; /* as the agency's program counted them; 0: it has not said */
    int64_t handed_in_at, receipt_at;
    size_t passed;    /* in a ring: agencies that have raised it */
    size_t turn_told; /* when so many had, whose turn it was has been told by letter */
    size_t fields;
    struct gathering_field field[GATHERING_FIELDS];
};

struct gathering {
    int64_t round; /* the mapping under way; it has one gathering at most */
    enum gathering_state state;
    struct str project, name; /* of the schema: no two gatherings share both */
    struct str terms;         /* the schema, as it was handed in */
    struct date ends_on;      /* the last day that anything is kept here */
    struct str reader;        /* the file of the linkage unit's public key; empty: none yet */
    int64_t reader_by;
    struct str secret; /* the file that shares the secret; empty: none yet */
    int64_t ended_at;
    unsigned match_keys; /* bits of enum ring_key: the lists go round; 0: they are encoded and linked */
    int64_t short_at;    /* when the coordinator agreed to lists of a few people; 0: not, or not to these */
    size_t lists;
    struct gathering_list *list;
    const struct gathering_asking *asking; /* where it has been looked for: gathering_asking.h; else NULL */
};

/* Opens the gathering of mapping `round` under the schema `terms`: a ring when `match_keys` has bits of enum
 * ring_key. BAD_INPUT when the schema is none, or still has the names that a guessed one has; REFUSED when
 * the mapping has a gathering, takes no lists any more, or another had the same project and round: the keys
 * of one round belong to it alone. */
enum status gathering_open(struct db *db, int64_t round, struct str terms, struct date ends_on,
                           unsigned match_keys, const struct who *who, struct err *e) MUST_USE;

/* The gathering of `round`, in `a`; *is_there is false when it has none. */
enum status gathering_find(struct db *db, int64_t round, struct arena *a, struct gathering *out,
                           bool *is_there, struct err *e) MUST_USE;

/* The list that `person` keeps; NULL when there is none. */
const struct gathering_list *gathering_list_of(const struct gathering *g, int64_t person);

/* The linkage unit's public key, given by `person`. BAD_INPUT when it is none; REFUSED once the keys are
 * whole, or when `person` keeps a list: who links has no list of one's own. */
enum status gathering_take_reader(struct db *db, int64_t round, struct str key, int64_t person,
                                  const struct who *who, struct err *e) MUST_USE;

/* The public key of the list that `person` keeps, in place of an earlier one. BAD_INPUT when it is none, or
 * another list has the same name or key; REFUSED once the keys are whole, when there are GATHERING_LISTS
 * already, or when `person` is the linkage unit. */
enum status gathering_take_key(struct db *db, int64_t round, struct str key, int64_t person,
                               const struct who *who, struct err *e) MUST_USE;

/* All keys are there. REFUSED without the linkage unit's or with fewer than two lists. */
enum status gathering_close_keys(struct db *db, int64_t round, const struct who *who, struct err *e) MUST_USE;

/* What `person` heard by telephone: are the digits the same? REFUSED for who keeps no list. */
enum status gathering_compare(struct db *db, int64_t round, int64_t person, bool is_same,
                              const struct who *who, struct err *e) MUST_USE;

/* The file that shares the secret. BAD_INPUT when it is not for this schema and just these keys; REFUSED
 * while not all have said that the digits agree, or when lists have been handed in under another secret. */
enum status gathering_take_secret(struct db *db, int64_t round, struct str file, int64_t person,
                                  const struct who *who, struct err *e) MUST_USE;

/* What an agency says of its list beside handing it in. */
struct gathering_told {
    int64_t people; /* 0: nothing is told */
    size_t fields;
    struct gathering_field field[GATHERING_FIELDS];
};

/* Reads what `lykta encode --json` prints: people, and the missing of each column; nothing else is taken from
 * it. Names are in `a`. BAD_INPUT when it is something else. */
enum status gathering_told_read(struct gathering_told *out, struct str json, struct arena *a,
                                struct err *e) MUST_USE;

/* The list that `person` keeps, in place of an earlier one. BAD_INPUT when it is not sealed or too short to
 * be whole: an unsealed list could be read here, and is not kept. REFUSED before there is a secret, and once
 * the gathering has ended. */
enum status gathering_take_list(struct db *db, int64_t round, struct str sealed,
                                const struct gathering_told *told, int64_t person, const struct who *who,
                                struct err *e) MUST_USE;

/* Is the list so short that its people are easily recognised? */
bool gathering_is_short(const struct gathering_list *list);

/* Must the coordinator agree before anybody links or fetches such a list? */
bool gathering_waits(const struct gathering *g);

/* The coordinator agrees that the short lists that are in are linked; a short list that is handed in later
 * asks anew. REFUSED when there is none. */
enum status gathering_agree_short(struct db *db, int64_t round, const struct who *who,
                                  struct err *e) MUST_USE;

/* The sealed list `list`, in `a`. REFUSED when it has not been handed in, and while the coordinator has not
 * agreed to short lists. */
enum status gathering_sealed(struct db *db, int64_t round, int64_t list, struct arena *a, struct str *out,
                             struct err *e) MUST_USE;

/* The receipt of `person` for the secret that was deleted there (`lykta keys delete`). BAD_INPUT when it is
 * none, or for another project or round. */
enum status gathering_take_receipt(struct db *db, int64_t round, struct str receipt, int64_t person,
                                   const struct who *who, struct err *e) MUST_USE;

/* Deletes all but the keys, which may be given anew: when digits differ or an agency leaves; in a ring, all
 * lists. BAD_INPUT
 * without a reason (who->why); REFUSED once it has ended. */
enum status gathering_begin_anew(struct db *db, int64_t round, const struct who *who, struct err *e) MUST_USE;

/* Takes an agency's list out while keys are gathered. */
enum status gathering_leave(struct db *db, int64_t round, int64_t person, const struct who *who,
                            struct err *e) MUST_USE;

/* Ends it: keys and lists are deleted here, in one change. REFUSED when it has ended. */
enum status gathering_end(struct db *db, int64_t round, const struct who *who, struct err *e) MUST_USE;

/* Ends the next gathering whose last day has been at who->now_at, or whose mapping is published or closed;
 * *has_ended is false when there was none. */
enum status gathering_end_next(struct db *db, const struct who *who, bool *has_ended, struct err *e) MUST_USE;

#endif
