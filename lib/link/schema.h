/* What the agencies have agreed to link by: which fields, in which columns, how encoded, for which round.
 *
 * A schema is a JSON object that every agency uses unchanged:
 *   {"lykta_schema": 1, "project": "Example city", "round": "2026-1", "as_of": "2026-11-24",
 *    "profile": "grouped", "noise_percent": 5,
 *    "fields": [{"kind": "name", "columns": ["given_name", "förnamn"]},
 *               {"kind": "birth_date", "columns": ["born"], "order": "day first", "optional": true}],
 *    "missing_words": ["sekretess"], "strata": ["gender", "age"]}
 * Its SHA-256 is taken over the canonical text (schema_json), goes into the keys and into every file, and so
 * two lists encoded under different schemas can never be linked by mistake. Nationality and looks are never
 * fields of linkage: there is no kind for them.                              */
#ifndef LYKTA_LINK_SCHEMA_H
#define LYKTA_LINK_SCHEMA_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "base/text.h"
#include "link/birth.h"
#include "link/normalise.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
    SCHEMA_VERSION = 1,
    SCHEMA_MAX_FIELDS = 32,
    SCHEMA_MAX_COLUMNS = 8, /* names one field may have in different agencies' files */
    SCHEMA_MAX_WORDS = 64,
    SCHEMA_MAX_TEXT = 100, /* bytes of a name of a project, round or column, or of a word */
    SCHEMA_MAX_BYTES = 1 << 20,
    SCHEMA_HASH_BYTES = 32
};

enum field_kind {
    FIELD_NAME, /* any name: given, family, alias, former; all of a person's are one set */
    FIELD_BIRTH_DATE,
    FIELD_AGE, /* in years on the schema's day, where no date is known */
    FIELD_SEX,
    FIELD_PERSONNUMMER, /* or samordningsnummer: gives date and sex too where they are missing */
    FIELD_PHONE,
    FIELD_PLACE, /* a town, district, street or postal code, as text */
    FIELD_OTHER_ID,
    FIELD_KINDS
};

/* Fields are compared in groups, so that what is missing in one says nothing about the others. */
enum group { GROUP_NAMES, GROUP_BIRTH, GROUP_PLACE, GROUPS };

enum profile {
    PROFILE_GROUPED, /* a filter for each group */
    PROFILE_CLK      /* one filter for all */
};

struct schema_field {
    enum field_kind kind;
    size_t columns;
    struct str column[SCHEMA_MAX_COLUMNS];
    enum birth_order order;
    bool is_optional; /* the column may be missing in an agency's file */
};

struct schema {
    struct str project;
    struct str round;
    struct date as_of; /* the day ages and two-digit years are counted from */
    enum profile profile;
    int noise_percent; /* of the bits of a filter, each replaced by a random one */
    size_t fields;
    struct schema_field field[SCHEMA_MAX_FIELDS];
    size_t words;
    struct str word[SCHEMA_MAX_WORDS]; /* in loose form: the fillers of normalise.h */
    bool gives_gender;                 /* strata in clear beside the encodings */
    bool gives_age;
    unsigned char hash[SCHEMA_HASH_BYTES];
};

/* Reads a schema; `name` stands for the file in messages. Texts are in `a`. BAD_INPUT when it is not JSON
 * (with line and column), misses a key, has an unknown one, or a value is outside what the comments above
 * say. */
enum status schema_read(struct schema *out, const char *name, struct str bytes, struct arena *a,
                        struct err *e) MUST_USE;

/* The canonical text: keys in fixed order, defaults written out. schema_read of it gives the same hash. */
void schema_json(struct text *out, const struct schema *s);

/* A schema for the columns of a CSV header, guessed from their names (Swedish or English), as a start for an
 * agreement: every field optional, project and round to be filled in, 10 percent of noise. Columns that are
 * not understood are left out. */
void schema_guess(struct schema *out, const struct str *header, size_t columns, struct date as_of,
                  struct arena *a);

/* "name", "birth_date", ..: the word of a schema. */
const char *field_kind_name(enum field_kind kind);
enum group field_kind_group(enum field_kind kind);

/* How many fields of the schema belong to `group`. */
size_t schema_group_fields(const struct schema *s, enum group group);

#endif
