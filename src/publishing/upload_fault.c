/* What is wrong with an uploaded file, in plain words. */
#include "publishing/upload_fault.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"

#include <string.h>

/* The first row whose piece stands in the sentence. */
static const struct {
    const char *piece;
    enum text_key words;
} known[] = {
    {"no column named \"count\"", TEXT_PUBLISHING_FAULT_NO_COUNT},
    {"columns after \"count\"", TEXT_PUBLISHING_FAULT_AFTER_COUNT},
    {"a column without a name", TEXT_PUBLISHING_FAULT_UNNAMED},
    {"two columns are named", TEXT_PUBLISHING_FAULT_TWICE},
    {"no rows after the header", TEXT_PUBLISHING_FAULT_NO_ROWS},
    {"expected 0 or 1", TEXT_PUBLISHING_FAULT_NOT_0_OR_1},
    {"lists, the most that can be read", TEXT_PUBLISHING_FAULT_TOO_MANY_LISTS},
    {"columns of categories, the most", TEXT_PUBLISHING_FAULT_TOO_MANY_COLUMNS},
    {"categories, the most that can be read", TEXT_PUBLISHING_FAULT_TOO_MANY_CATEGORIES},
    {"no column of 0 and 1", TEXT_PUBLISHING_FAULT_NO_LISTS},
    {"linkages of the same people", TEXT_PUBLISHING_FAULT_LINKAGES},
    {"imputation: expected", TEXT_PUBLISHING_FAULT_LINKAGES},
    {"a history on no list", TEXT_PUBLISHING_FAULT_ON_NO_LIST},
    {"the counts add up to more", TEXT_PUBLISHING_FAULT_TOO_MANY_PEOPLE},
    {"is empty, expected a category", TEXT_PUBLISHING_FAULT_EMPTY_CATEGORY},
    {"count: expected a whole number", TEXT_PUBLISHING_FAULT_NOT_A_NUMBER},
    {"the file is empty", TEXT_PUBLISHING_FAULT_EMPTY},
    {"fields, expected", TEXT_PUBLISHING_FAULT_FIELDS},
    {"fields in a row", TEXT_PUBLISHING_FAULT_FIELDS},
    {"not UTF-8", TEXT_PUBLISHING_FAULT_NOT_UTF8},
    {"a quote is opened", TEXT_PUBLISHING_FAULT_QUOTE},
    {"text after a closing quote", TEXT_PUBLISHING_FAULT_QUOTE},
    {"expected the header code,sv,en", TEXT_PUBLISHING_FAULT_NAMES_HEADER},
    {"is neither a list", TEXT_PUBLISHING_FAULT_NAMES_UNKNOWN},
    {"expected a name of", TEXT_PUBLISHING_FAULT_NAMES_EMPTY},
    {"every category of a column must be named", TEXT_PUBLISHING_FAULT_NAMES_MISSING},
    {"may have letters, digits", TEXT_PUBLISHING_FAULT_CODE},
};

enum { KNOWN = sizeof known / sizeof *known };

static size_t find(const char *sentence)
{
    size_t i = 0;

    while (i < KNOWN && !strstr(sentence, known[i].piece))
        i++;
    return i;
}

bool upload_fault_is_known(const char *sentence)
{
    return find(sentence) < KNOWN;
}

int upload_fault_file(const char *sentence)
{
    return strncmp(sentence, "names.csv", strlen("names.csv")) == 0;
}

/* "file:line:column: …"; false when no place is told. */
static bool place_of(struct str sentence, int64_t *line, int64_t *column)
{
    struct str file;
    struct str rest;
    struct str first;
    struct str second;

    return str_cut(sentence, ':', &file, &rest) && str_cut(rest, ':', &first, &rest) &&
           str_cut(rest, ':', &second, &rest) && i64_from_str(first, 1, INT32_MAX, line) &&
           i64_from_str(second, 1, INT32_MAX, column);
}

struct str upload_fault_words(const char *sentence, enum language language, struct arena *a)
{
    const struct catalogue *texts = catalogue_of(language);
    size_t found = find(sentence);
    struct text out = text_open(a);
    int64_t line = 0;
    int64_t column = 0;

    if (found == KNOWN)
        return str_copy(str_of(sentence), a);
    if (!place_of(str_of(sentence), &line, &column))
        return catalogue_text(texts, known[found].words);
    const struct insertion values[] = {insertion("line", line), insertion("column", column),
                                       insertion("what", catalogue_text(texts, known[found].words))};
    catalogue_write(&out, texts, TEXT_PUBLISHING_FAULT_AT, values, 3);
    return text_str(&out);
}
