/* Text inside XML, and whole documents of it. */
#ifndef LYKTA_BASE_XML_H
#define LYKTA_BASE_XML_H

#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends `s` so that it stands between tags, or between double quotes in one, as what it is. Control
 * characters are left out: they cannot stand in a document, not even escaped (XML 1.0, 2.2). */
void xml_put(struct text *out, struct str s);

/* A document that is being written: elements open inside each other, each with its attributes first and then
 * either elements or words.
 *
 *     struct xml x = xml_open(a);
 *     xml_begin(&x, "handling");
 *     xml_attribute(&x, "nummer", S("2026-001"));
 *     xml_element(&x, "beslut", S("Avslutad"));
 *     xml_end(&x);
 *     bytes = xml_document(&x);
 *
 * Names are the program's own and written as they are; values and words are escaped. */
enum { XML_DEPTH = 8 };

struct xml {
    struct text out;
    size_t depth;
    const char *open[XML_DEPTH]; /* names of the elements that are open */
    bool is_in_tag;              /* attributes may follow */
    bool has_words;              /* the end stands on the same line */
};

struct xml xml_open(struct arena *a);
void xml_begin(struct xml *x, const char *name);
void xml_attribute(struct xml *x, const char *name, struct str value);
void xml_words(struct xml *x, struct str words);
void xml_end(struct xml *x);

/* <name>words</name> */
void xml_element(struct xml *x, const char *name, struct str words);

/* The whole document in UTF-8, when each element has ended. */
struct str xml_document(const struct xml *x);

#endif
