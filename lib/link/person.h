/* A row of an agency's list as a person: canonical fields, and an account of what was missing or odd.
 * Nothing of a field's content is kept in the account: rows are told by number. */
#ifndef LYKTA_LINK_PERSON_H
#define LYKTA_LINK_PERSON_H

#include "base/csv.h"
#include "link/schema.h"

#include <stdint.h>

enum { PERSON_MAX_TEXTS = SCHEMA_MAX_FIELDS, INTAKE_ROWS_TOLD = 10 };

/* A text of the group of places: a telephone number, a place or a number of another issuer. */
struct person_text {
    enum field_kind kind;
    struct str text;
};

struct person {
    struct name_parts names;
    struct birth birth;    /* year 0: not known */
    char sex;              /* 'K', 'M', 'X', or 0 */
    char personnummer[13]; /* twelve digits, or empty */
    size_t texts;
    struct person_text text[PERSON_MAX_TEXTS];
};

/* How one field of the schema fared in the rows read so far. `row` holds the line numbers of the first odd
 * and doubled ones. */
struct field_account {
    int64_t missing;
    int64_t odd;     /* something stood there that could not be understood; taken as missing */
    int64_t doubled; /* a name that looks like those of two people; taken as of one */
    int64_t weak;    /* a year alone, an age, 1 January */
    size_t rows;
    int64_t row[INTAKE_ROWS_TOLD];
};

/* A list being read. Plain data. */
struct intake {
    const struct schema *schema;
    struct csv in;
    int column[SCHEMA_MAX_FIELDS];       /* of the file, or -1: an optional field the file does not have */
    struct str named[SCHEMA_MAX_FIELDS]; /* the name of the column, as in the schema */
    struct field_account account[SCHEMA_MAX_FIELDS];
    int64_t people;
    int64_t nameless; /* people without any name */
    int64_t undated;  /* people without a birth year */
};

/* Starts reading `bytes`; `name` stands for the file in messages. BAD_INPUT when a column that is not
 * optional is missing, or the file has none of the columns for names, and for what csv_open refuses. */
enum status intake_open(struct intake *in, const struct schema *schema, const char *name, struct str bytes,
                        struct arena *a, struct err *e) MUST_USE;

/* The next person; *has_person is false at the end. Texts are in `a`. */
enum status intake_next(struct intake *in, struct arena *a, struct person *out, bool *has_person,
                        struct err *e) MUST_USE;

#endif
