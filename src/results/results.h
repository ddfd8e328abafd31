/* What comes of a study: its researcher hands in a text in plain language, notes on the method and the code,
 * and the programme publishes them at an address of their own, or sends them back with words.
 *
 * A study has one set of results. What is not published is replaced when it is handed in anew; what is
 * published can be withdrawn, and handed in anew after that. How far they have come stands on the study
 * (study.results). docs/decisions/0135-results-come-back.md */
#ifndef LYKTA_RESULTS_RESULTS_H
#define LYKTA_RESULTS_RESULTS_H

#include "base/err.h"
#include "base/str.h"
#include "research/study.h"
#include "results/results_file.h"
#include "web/language.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct who;

/* As an article's. */
enum { RESULTS_TITLE_LETTERS = 120, RESULTS_WORDS_LETTERS = 40000 };

struct results {
    int64_t study; /* 0: none */
    struct str title[LANGUAGES];
    struct str words[LANGUAGES]; /* Markdown. English is whole or empty */
    bool is_named;               /* the researcher wants their name to stand with them */
    int64_t handed_at;
    int64_t version;
    int64_t decided_at, decided_by; /* the latest decision about them, and whose; 0: none yet */
    struct str reason;              /* why they were sent back */
    int64_t published_at;
    int64_t withdrawn_at; /* what stood at their address was withdrawn then; 0: not */
    struct str withdrawal;
    struct results_file file[RESULTS_PARTS]; /* without bytes when they are found */
};

/* Those of `study`, in `a`; out->study is 0 when there are none. */
enum status results_find(struct db *db, int64_t study, struct arena *a, struct results *out,
                         struct err *e) MUST_USE;

/* The file of `study` with this name, with its bytes, in `a`; out->bytes is empty when there is none. */
enum status results_file_find(struct db *db, int64_t study, struct str name, struct arena *a,
                              struct results_file *out, struct err *e) MUST_USE;

/* The researcher hands in `x` for `study`: a file without bytes leaves the one that was handed in before. The
 * researcher gets a receipt, and those who decide a letter unless earlier ones wait already. REFUSED when
 * results are published; BAD_INPUT when a text or file is missing, or too long. */
enum status results_hand_in(const struct city *city, struct db *db, const struct study *study,
                            const struct results *x, const struct who *who, struct err *e) MUST_USE;

/* The researcher wants their name to stand there no longer; again is harmless. */
enum status results_unname(struct db *db, int64_t study, const struct who *who, struct err *e) MUST_USE;

#endif
