/* A study: a researcher's application for a programme's protected figures, and, when it is granted, the
 * access to them.
 *
 * Somebody applies, and confirms the address by a link. The data protection officer advises in words; another
 * person decides in words (study_decide.h). What is granted are releases of the ledger, named by their
 * manifests' hashes: the researcher reads those and what is pooled of them, by a link, until a day
 * (study_access.h). Nothing of a city but its signed releases is in a programme, so that nothing else can be
 * granted. */
#ifndef LYKTA_RESEARCH_STUDY_H
#define LYKTA_RESEARCH_STUDY_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "web/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct outside;
struct query;

enum {
    STUDY_LINE_LETTERS = 150,
    STUDY_NUMBER_LETTERS = 40,
    STUDY_WORDS_LETTERS = 3000,
    STUDY_MOST_YEARS = 5,
    STUDY_DECISION_DAYS = 20,  /* working days from the application to its decision */
    STUDY_UNCONFIRMED_MOST = 3 /* applications a day that name the same address and wait to be confirmed */
};

enum study_state { STUDY_NEW, STUDY_GRANTED, STUDY_REFUSED };

/* How far its results have come (src/results). */
enum study_results {
    RESULTS_NONE,
    RESULTS_WAIT, /* handed in, for the programme to decide about */
    RESULTS_RETURNED,
    RESULTS_PUBLISHED,
    RESULTS_WITHDRAWN
};

struct study {
    int64_t id; /* 0: none */
    struct str title, institution;
    struct str name, email; /* of the person responsible; empty when they have been deleted */
    enum language language;
    struct str purpose, wanted; /* what for, and which figures */
    struct date wanted_until;
    struct str ethics_number;
    struct date ethics_until; /* the last day of the ethics decision */
    int64_t applied_at, confirmed_at;
    int64_t advised_at, advised_by;
    bool is_advised_to; /* the advice is to grant */
    struct str advice;
    enum study_state state;
    struct str reason;
    int64_t decided_at, decided_by;
    int64_t ends_at;   /* of a granted one: it opens nothing from then on */
    int64_t agreed_at; /* to the terms; 0: not yet */
    int64_t ended_at;  /* before its time, by a person; 0: not */
    struct str end_reason;
    int64_t readings, read_at;
    int64_t version;
    enum study_results results;
};

struct studies {
    size_t n;
    struct study *study;
};

/* Applies with what a form asks for, and queues the letter with the link that confirms the address. Sets
 * study->id. When as many as STUDY_UNCONFIRMED_MOST of the last day wait for the same address nothing is
 * written, and study->id is 0: more would use us to fill a letter box. BAD_INPUT names what is missing. */
enum status study_apply(const struct city *city, struct db *db, const struct outside *outside,
                        struct study *study, const struct who *who, struct err *e) MUST_USE;

/* The one whose confirming link `token` is, confirmed or not, in `a`; out->id is 0 when there is none. */
enum status study_to_confirm(struct db *db, struct str token, struct arena *a, struct study *out,
                             struct err *e) MUST_USE;

/* The address is confirmed; whoever advises or decides is written to. Again is harmless. */
enum status study_confirm(const struct city *city, struct db *db, const struct study *study,
                          const struct who *who, struct err *e) MUST_USE;

/* In `a`; out->id is 0 when there is none, or its address was never confirmed. */
enum status study_find(struct db *db, int64_t id, struct arena *a, struct study *out, struct err *e) MUST_USE;

/* Those whose address was confirmed: undecided ones first, then the latest; in `a`. */
enum status study_list(struct db *db, struct arena *a, struct studies *out, struct err *e) MUST_USE;

/* Notes how far the results of a study have come, inside the change under way. */
enum status study_set_results(struct db *db, int64_t id, enum study_results to, struct err *e) MUST_USE;

/* May it be read by its link at `now_at`? */
bool study_is_open(const struct study *study, int64_t now_at);

/* The day by which an application of that moment should be decided. */
struct date study_decide_by(int64_t confirmed_at);

/* A row of STUDY_COLUMNS, in `a`. */
#define STUDY_COLUMNS                                                                                        \
    "id, title, institution, name, email, language, purpose, wanted, wanted_until, ethics_number, "          \
    "ethics_until, applied_at, confirmed_at, advised_at, advised_by, is_advised_to, advice, state, reason, " \
    "decided_at, decided_by, ends_at, agreed_at, ended_at, end_reason, readings, read_at, version, results "
struct study study_row(const struct query *q, struct arena *a);

#endif
