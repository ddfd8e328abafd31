/* Requests to see a public record, and the secrecy review: what is held back, on what ground, word by word.
 */
#ifndef LYKTA_OBSERVATION_DISCLOSURE_H
#define LYKTA_OBSERVATION_DISCLOSURE_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "words/scanner.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* A request to see a record. It has no field for who asks: anyone may ask without a name (TF 2 kap. 18 §);
 * for an authority its own reference is noted. */
enum disclosure_outcome { DISCLOSURE_WAITING, DISCLOSURE_WHOLE, DISCLOSURE_MASKED, DISCLOSURE_REFUSED };

struct disclosure {
    int64_t id;
    int64_t year;
    int64_t number;
    struct str asker;  /* "police", "authority", "anyone" */
    struct str ground; /* of an authority: a code of grounds.csv */
    struct str their_reference;
    struct date asked_on;
    bool is_urgent; /* answered first, reviewed the next day */
    enum disclosure_outcome outcome;
    struct str secrecy; /* of what was held back: a code of secrecy.csv; empty: nothing was */
    struct date decided_on;
    int64_t observation; /* the record; 0: it has been disposed of */
};

struct disclosures {
    size_t n;
    struct disclosure *disclosure;
};

/* Notes a request; sets its id. BAD_INPUT when there is no such record, or an authority gives no ground. */
enum status disclosure_ask(struct db *db, struct disclosure *request, const struct who *who,
                           struct err *e) MUST_USE;

/* Decides it. What is held back, a part or all, has a ground in secrecy.csv: BAD_INPUT without. The words of
 * the decision, with the paragraph and how to appeal, are the page's. REFUSED when it has been decided
 * already. */
enum status disclosure_decide(struct db *db, int64_t id, enum disclosure_outcome outcome, struct str secrecy,
                              const struct who *who, struct err *e) MUST_USE;

/* Request `id`. REFUSED when there is none. */
enum status disclosure_find(struct db *db, int64_t id, struct arena *a, struct disclosure *out,
                            struct err *e) MUST_USE;

/* Those that wait, oldest first and urgent ones before; then the decided of the last year. */
enum status disclosures_list(struct db *db, struct arena *a, struct disclosures *out, struct err *e) MUST_USE;

/* The secrecy review: the text with what is marked replaced by blocks of one length, so that the length of
 * what was there does not tell it. `mark` in order, not overlapping, as scan_text gives them: it proposes,
 * the clerk decides. In `a`. */
struct str review_mask(struct str text, const struct scan *marks, struct arena *a);

/* What the clerk holds back of `text`: `chosen` of the proposed marks, and every place where a line of `more`
 * stands, in capital letters or small (as Swedish has them). In order, joined where they overlap; in `a`. */
struct scan review_marks(struct str text, const struct scan *chosen, struct str more, struct arena *a);

#endif
