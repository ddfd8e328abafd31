/* A release: what a city publishes of one mapping, protected and rounded, and nothing else.
 *
 * It is made once (release_make), written as a signed folder (release_publish) and read back whole by
 * everyone who shows it (release_read): pages, reports, other cities. No exact count and no exact estimate is
 * in it, so that nothing that shows it can tell more than was decided. The folder's format:
 * docs/release-format.md; what of an estimate is left out, and why: docs/decisions/0007-release-format.md. */
#ifndef LYKTA_RELEASE_RELEASE_H
#define LYKTA_RELEASE_RELEASE_H

#include "base/err.h"
#include "base/str.h"
#include "mapping/mapping.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct mapping_result;

enum {
    RELEASE_MAX_TABLES = 3 + COUNTS_MAX_STRATA,
    RELEASE_MAX_PAIRS = 28,
    RELEASE_MAX_ALTERNATIVES = 8,
    RELEASE_MAX_METHODS = 12,
    RELEASE_MAX_NOTES = 32,
    RELEASE_UNKNOWN = -1 /* a figure there is none of: not estimated, or without an upper limit */
};

/* One protected figure: multiples of the base, and the interval the true one lies in. */
struct release_figure {
    int64_t people;
    int64_t lo, hi;
    struct str sv, en; /* as it is shown: "cirka 15", "about 15" */
};

/* A row of a table. In `overlap` bit i of `lists` says that the people are on list i; 0 in other tables. */
struct release_row {
    struct label label;
    uint32_t lists;
    struct release_figure figure;
};

/* The tables, by label.code:
 *   "lists"    people on each list, on others too or not
 *   "overlap"  people on exactly each combination of lists: every combination has its row, with people or not
 *   "number"   people on exactly 1, 2, ... lists
 * and one for each column of categories the data have, by its code ("gender").                             */
struct release_table {
    struct label label;
    size_t n;
    struct release_row *row;
};

/* "situations": what the network has counted in the mapping's years, in all, by form and by kind of place.
 * Its figures' `people` are situations. */
extern const struct label release_situations_label;

enum release_answer {
    RELEASE_POINT,  /* nhat with its intervals */
    RELEASE_RANGE,  /* range alone */
    RELEASE_REFUSED /* no figure: `reason` says why */
};

/* Something a reader must know. The code is for programs: "few", "overlap", "model", ... */
struct release_note {
    struct str code;
    struct str sv, en;
};

/* Another choice of model, by its threshold; 0 is independence. */
struct release_alternative {
    double threshold;
    int64_t nhat;
    bool is_defensible;
};

/* The methods that were tried side by side. That each gave a figure is not said, since one that did not would
 * tell of empty overlaps; which two reach the ends of the range is. */
struct release_methods {
    size_t n;         /* 0: nothing is told of them */
    int64_t range[2]; /* over all that gave a figure; range[1] RELEASE_UNKNOWN: no upper limit */
    struct release_note method[RELEASE_MAX_METHODS]; /* "graphs", and what its figure rests on */
    struct str lowest, highest;                      /* codes of two of them */
};

/* Figures are rounded outward to two significant digits, at least to tens; RELEASE_UNKNOWN where there is
 * none. */
struct release_estimate {
    enum release_answer answer;
    struct release_note reason; /* of a range or a refusal; code is empty for a point */
    int64_t nhat;
    int64_t ci95[2], ci80[2], range[2];
    struct str interval; /* "rubin"; in releases from before decision 0125 also "bca", "wald"; "none" */
    struct str method;   /* "stepwise" or "chapman" */
    double threshold;
    int64_t replicates;
    bool is_resolved;
    uint64_t seed;
    size_t pairs; /* of lists that the model ties together, and that many people are on */
    struct str pair[RELEASE_MAX_PAIRS];
    size_t alternatives;
    struct release_alternative alternative[RELEASE_MAX_ALTERNATIVES];
    struct release_methods methods;
    size_t warnings;
    struct release_note warning[RELEASE_MAX_NOTES];
};

/* How the figures were protected. */
struct release_protection {
    struct str method;  /* "frozen-cube" */
    struct str profile; /* "standard" */
    int64_t base;
    int64_t margin_move; /* how far a sum may be from the truth */
};

struct release {
    struct str name; /* "1281-2013": the folder's name */
    struct str city;
    struct str municipality;
    int64_t published_at;
    struct str program;         /* its version */
    struct str public_key;      /* 64 hexadecimal digits; empty until it is published */
    struct mapping mapping;     /* id is 0 */
    struct release_figure seen; /* people on any list */
    struct release_estimate estimate;
    struct release_protection protection;
    size_t tables;
    struct release_table table[RELEASE_MAX_TABLES];
    struct release_table
        situations; /* n 0: none. Reports of situations, not people: never among the tables */
    size_t limits;  /* of the method: what the figures cannot tell */
    struct release_note limit[RELEASE_MAX_NOTES];
    struct str cube_csv;  /* every published cell */
    bool has_example_key; /* rounded with mapping_example_key: told in the ledger, not in the folder */
};

/* What is published of `result`, by the city `city`, at `now_at`. Texts are in `a` or shared with the
 * arguments. */
void release_make(const struct city *city, const struct mapping *mapping, const struct mapping_result *result,
                  int64_t now_at, struct arena *a, struct release *out);

/* The table with the code, or NULL. */
const struct release_table *release_table(const struct release *r, const char *code);

/* Publishes `release`, made from `mapping`: the mapping's row, the ledger's row, the signed folder
 * files/releases/<name> and the audit line, all or none. Sets release->public_key and mapping->id. REFUSED
 * when the city has a release for any of the same years: a table is not rounded twice, since two roundings of
 * the same figures tell more than one. */
enum status release_publish(struct city *city, struct mapping *mapping, struct release *release,
                            const struct who *who, struct arena *a, struct err *e) MUST_USE;

/* Reads the release in the folder `path` after verifying it (bundle.h) with `public_key`, or, when that is
 * empty, with the key it names itself. Everything is in `a`. BAD_INPUT names the file that is wrong. */
enum status release_read(const char *path, struct str public_key, struct arena *a, struct release *out,
                         struct err *e) MUST_USE;

/* A row of the ledger: what has been published. */
struct release_entry {
    int64_t id;
    struct str name;
    int first_year, last_year;
    int64_t published_at;
    struct str title_sv, title_en;
    bool is_example;
    struct str manifest_hash; /* SHA-256 of manifest.json, 64 hexadecimal digits */
    bool is_in_force;         /* neither corrected nor withdrawn (standing.h) */
};

/* All releases of the city, newest period first, in `a`. */
enum status release_list(struct db *db, struct arena *a, struct release_entry **out, size_t *n,
                         struct err *e) MUST_USE;

/* The folder of the release `name` in the city, in `a`. */
const char *release_path(const struct city *city, struct str name, struct arena *a);

/* Verifies every release of the ledger against the city's key, and that there are no others. BAD_INPUT names
 * the first that is wrong. */
enum status release_verify_all(const struct city *city, size_t *n, struct err *e) MUST_USE;

#endif
