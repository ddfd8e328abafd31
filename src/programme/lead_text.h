/* What whoever leads a programme writes about its figures: Markdown in Swedish, and in English if they like,
 * in which {2025 kända} stands for a figure (pooled_cells.h). Every version is kept; the latest one stands
 * with the figures, and a publication keeps the one it was published with. */
#ifndef LYKTA_PROGRAMME_LEAD_TEXT_H
#define LYKTA_PROGRAMME_LEAD_TEXT_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stdint.h>

struct arena;
struct db;
struct who;

enum { LEAD_TEXT_LETTERS = 20000 };

struct lead_text {
    int64_t id; /* 0: nothing has been written */
    struct str in[LANGUAGES];
};

/* The latest version, in `a`. */
enum status lead_text_latest(struct db *db, struct arena *a, struct lead_text *out, struct err *e) MUST_USE;

/* Saves `words` as a new version; the same words again add none. `latest` is the version that was changed:
 * REFUSED when another has been saved meanwhile. BAD_INPUT for a text that is too long, or is in English
 * alone. */
enum status lead_text_save(struct db *db, const struct who *who, int64_t latest,
                           const struct str words[LANGUAGES], struct err *e) MUST_USE;

/* Notes that `text` was published with `publication`, inside the change under way; nothing for no text. */
enum status lead_text_publish(struct db *db, int64_t publication, const struct lead_text *text,
                              struct err *e) MUST_USE;

/* The one that was, in `a`. */
enum status lead_text_published(struct db *db, int64_t publication, struct arena *a, struct lead_text *out,
                                struct err *e) MUST_USE;

#endif
