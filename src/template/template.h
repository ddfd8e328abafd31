/* What a new city starts from: the measures and texts that a programme has prepared, its own wordings of
 * signs, and what mappings begin from, in one JSON file.
 *
 * Of a measure: goal, title, how one knows that it is done, the ground in law. Of an article or page: its
 * address and its words in both languages. Nothing of the programme's own: no owner, deadline, note,
 * contact or picture. In the new city measures wait and texts are drafts, until people there have read them.
 */
#ifndef LYKTA_TEMPLATE_TEMPLATE_H
#define LYKTA_TEMPLATE_TEMPLATE_H

#include "article/article.h"
#include "indicator/indicator.h"
#include "mapping/specification.h"
#include "plan/measure.h"

struct arena;
struct db;
struct text;

enum {
    TEMPLATE_MAX_BYTES = 8 * 1024 * 1024,
    TEMPLATE_MAX_MEASURES = 500,
    TEMPLATE_MAX_TEXTS = 500,
    TEMPLATE_MAX_SIGNS = 500
};

struct template_text {
    enum article_kind kind;
    struct str key;
    struct article_text text;
};

struct template
{
    struct str name; /* of the programme */
    size_t measures;
    struct measure *measure;
    size_t texts;
    struct template_text *text;
    size_t signs;
    struct indicator_change *sign; /* made from the program's wording: version 1 */
    bool has_mapping;
    struct mapping_specification mapping;
};

/* The plan's measures, the articles and pages that readers see at `now_at`, the signs that have been
 * worded anew, and what mappings begin from; in `a`. REFUSED when there is nothing of it. */
enum status template_collect(struct db *db, struct str name, int64_t now_at, struct arena *a,
                             struct template *out, struct err *e) MUST_USE;

/* The file. */
void template_write(struct text *out, const struct template *t);

/* Reads one, in `a`; `file` stands for it in messages. BAD_INPUT when it is none, a member is missing, or
 * something is longer or more than a city can have. */
enum status template_read(struct template *out, const char *file, struct str bytes, struct arena *a,
                          struct err *e) MUST_USE;

/* Adds all of it to a new city. BAD_INPUT when it does not fit: the city is then to be thrown away. */
enum status template_apply(struct db *db, const struct template *t, const struct who *who,
                           struct err *e) MUST_USE;

#endif
