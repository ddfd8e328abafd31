/* What a city's mappings begin from: who is counted and on which lists, in words, and what lists and
 * categories are called. A programme gives its new cities one (template/template.h), so that their mappings
 * count the same. It decides nothing: whoever opens a mapping begins from its words, and may write others. */
#ifndef LYKTA_MAPPING_SPECIFICATION_H
#define LYKTA_MAPPING_SPECIFICATION_H

#include "base/err.h"
#include "mapping/mapping.h"

#include <stddef.h>

struct arena;
struct db;
struct text;
struct who;

enum {
    SPECIFICATION_LETTERS = 4000,
    SPECIFICATION_LINE_LETTERS = 300, /* of people and source */
    SPECIFICATION_NAME_LETTERS = 100,
    SPECIFICATION_MOST_NAMES = 500,
    SPECIFICATION_NAMES_BYTES = 1 << 20
};

struct mapping_specification {
    struct str people_sv, people_en; /* who is counted: "möjliga offer för människohandel" */
    struct str source_sv, source_en; /* whose lists they are; may be empty */
    struct str words;                /* for those who work on it: who is counted, on which lists */
    size_t names;
    struct label *name; /* as for mapping_name: "LA", "gender", "gender=woman" */
};

/* Reads the CSV `bytes` with the columns code, sv and en into the names, in `a`. BAD_INPUT with line and
 * column. A column of residents is refused: areas are a city's own. */
enum status mapping_specification_names(struct mapping_specification *x, const char *file, struct str bytes,
                                        struct arena *a, struct err *e) MUST_USE;

/* The names as CSV. */
void mapping_specification_csv(const struct mapping_specification *x, struct text *out);

/* BAD_INPUT, naming it, when a text is missing, longer than it may be, no UTF-8, or not on one line where it
 * must be; when a code is none or stands twice. */
enum status mapping_specification_check(const struct mapping_specification *x, struct err *e) MUST_USE;

/* Keeps it in place of the one before. BAD_INPUT as above. */
enum status mapping_specification_set(struct db *db, const struct mapping_specification *x,
                                      const struct who *who, struct err *e) MUST_USE;

/* *is_there is false when none is kept. In `a`. */
enum status mapping_specification_read(struct db *db, struct arena *a, struct mapping_specification *out,
                                       bool *is_there, struct err *e) MUST_USE;

#endif
