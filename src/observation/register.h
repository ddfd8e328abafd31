/* The register of public records: what came in, with a running number, without its content (OSL 5 kap. 2 §),
 * and requests to see a record, with their secrecy review. */
#ifndef LYKTA_OBSERVATION_REGISTER_H
#define LYKTA_OBSERVATION_REGISTER_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "base/text.h"
#include "store/audit.h"
#include "words/scanner.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

struct register_entry {
    int64_t year;
    int64_t number;
    int64_t observation; /* 0: disposed of */
    struct date received_on;
    struct str sender;   /* "member", "anyone", "paper" */
    struct str decision; /* "", "asked", "closed", "referred", "counted" */
    struct date decided_on;
    struct date disposed_on;
};

struct register_entries {
    size_t n;
    struct register_entry *entry;
};

/* The year's entries by number. */
enum status register_read(struct db *db, int64_t year, struct arena *a, struct register_entries *out,
                          struct err *e) MUST_USE;

/* The entries as CSV with a header, for the municipality's own case system; semicolons, as Swedish
 * spreadsheets read them. */
void register_csv(const struct register_entries *entries, struct text *out);

/* The first number that is missing in the year, 0 when the register has no gap: `lykta verify`. */
enum status register_gap(struct db *db, int64_t year, int64_t *gap, struct err *e) MUST_USE;

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
    struct date decided_on;
};

struct disclosures {
    size_t n;
    struct disclosure *disclosure;
};

/* Notes a request; sets its id. BAD_INPUT when there is no such record, or an authority gives no ground. */
enum status disclosure_ask(struct db *db, struct disclosure *request, const struct who *who,
                           struct err *e) MUST_USE;

/* Decides it. The reasons of a refusal, with the paragraph and how to appeal, are the page's. REFUSED when it
 * has been decided already. */
enum status disclosure_decide(struct db *db, int64_t id, enum disclosure_outcome outcome,
                              const struct who *who, struct err *e) MUST_USE;

/* Those that wait, oldest first and urgent ones before; then the decided of the last year. */
enum status disclosures_list(struct db *db, struct arena *a, struct disclosures *out, struct err *e) MUST_USE;

/* The secrecy review: the text with what is marked replaced by blocks of one length, so that the length of
 * what was there does not tell it. `mark` in order, not overlapping, as scan_text gives them: it proposes,
 * the clerk decides. In `a`. */
struct str review_mask(struct str text, const struct scan *marks, struct arena *a);

#endif
