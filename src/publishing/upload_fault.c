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
    bool is_named; /* the sentence names the list, column or group in quotes */
} known[] = {
    {"no column named \"count\"", TEXT_PUBLISHING_FAULT_NO_COUNT, false},
    {"columns after \"count\"", TEXT_PUBLISHING_FAULT_AFTER_COUNT, false},
    {"a column without a name", TEXT_PUBLISHING_FAULT_UNNAMED, false},
    {"two columns are named", TEXT_PUBLISHING_FAULT_TWICE, true},
    {"no rows after the header", TEXT_PUBLISHING_FAULT_NO_ROWS, false},
    {"expected 0 or 1", TEXT_PUBLISHING_FAULT_NOT_0_OR_1, true},
    {"lists, the most that can be read", TEXT_PUBLISHING_FAULT_TOO_MANY_LISTS, false},
    {"columns of categories, the most", TEXT_PUBLISHING_FAULT_TOO_MANY_COLUMNS, false},
    {"categories, the most that can be read", TEXT_PUBLISHING_FAULT_TOO_MANY_CATEGORIES, false},
    {"no column of 0 and 1", TEXT_PUBLISHING_FAULT_NO_LISTS, false},
    {"imputation: expected", TEXT_PUBLISHING_FAULT_LINKAGES, false},
    {"a history on no list", TEXT_PUBLISHING_FAULT_ON_NO_LIST, false},
    {"the counts add up to more", TEXT_PUBLISHING_FAULT_TOO_MANY_PEOPLE, false},
    {"is empty, expected a category", TEXT_PUBLISHING_FAULT_EMPTY_CATEGORY, true},
    {"count: expected a whole number", TEXT_PUBLISHING_FAULT_NOT_A_NUMBER, false},
    {"the file is empty", TEXT_PUBLISHING_FAULT_EMPTY, false},
    {"fields, expected", TEXT_PUBLISHING_FAULT_FIELDS, false},
    {"fields in a row", TEXT_PUBLISHING_FAULT_FIELDS, false},
    {"not UTF-8", TEXT_PUBLISHING_FAULT_NOT_UTF8, false},
    {"a quote is opened", TEXT_PUBLISHING_FAULT_QUOTE, false},
    {"text after a closing quote", TEXT_PUBLISHING_FAULT_QUOTE, false},
    {"expected the header code,sv,en", TEXT_PUBLISHING_FAULT_NAMES_HEADER, false},
    {"is neither a list", TEXT_PUBLISHING_FAULT_NAMES_UNKNOWN, true},
    {"residents, and an area must have", TEXT_PUBLISHING_FAULT_AREA_SMALL, true},
    {"residents: expected a whole number", TEXT_PUBLISHING_FAULT_RESIDENTS, false},
    {"only a category", TEXT_PUBLISHING_FAULT_RESIDENTS_OF, false},
    {"expected a name of", TEXT_PUBLISHING_FAULT_NAMES_EMPTY, false},
    {"every category of a column must be named", TEXT_PUBLISHING_FAULT_NAMES_MISSING, true},
    {"may have letters, digits", TEXT_PUBLISHING_FAULT_CODE, true},
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

/* The words with what they concern, if the sentence names it. */
static struct str words_of(size_t i, struct str sentence, const struct catalogue *texts, struct arena *a)
{
    struct str what = catalogue_text(texts, known[i].words);
    struct text out = text_open(a);
    struct str name;
    struct str rest;

    if (!known[i].is_named || !str_cut(sentence, '"', &name, &rest) || !str_cut(rest, '"', &name, &rest))
        return what;
    catalogue_write(&out, texts, TEXT_PUBLISHING_FAULT_ABOUT,
                    (struct insertion[]){insertion("what", what), insertion("name", name)}, 2);
    return text_str(&out);
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
    struct str what = words_of(found, str_of(sentence), texts, a);
    if (!place_of(str_of(sentence), &line, &column))
        return what;
    const struct insertion values[] = {insertion("line", line), insertion("column", column),
                                       insertion("what", what)};
    catalogue_write(&out, texts, TEXT_PUBLISHING_FAULT_AT, values, 3);
    return text_str(&out);
}
