/* The program's own documents as pages, for who installs, operates or examines it. They are made into HTML
 * when the program is built (docc.py), from the files in docs/ that lie beside the source; nothing is read
 * when they are shown. */
#ifndef LYKTA_MANUAL_MANUAL_H
#define LYKTA_MANUAL_MANUAL_H

#include "base/str.h"
#include "web/language.h"

struct html;

struct manual_text {
    const char *name; /* in its address */
    enum language language;
    struct str html; /* whole elements, made by us */
};

/* In the order of the index; ends with a row without name. */
extern const struct manual_text manual_texts[];

/* The text with that name in that language, or in the one there is; NULL: there is none. */
const struct manual_text *manual_text_of(struct str name, enum language language);

/* Writes a text where it stands on a page. */
void manual_put(struct html *h, const struct manual_text *text);

#endif
