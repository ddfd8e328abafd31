/* XML written with libxml2, which escapes what is written. The first fault is kept and told at the end. */
#ifndef LYKTA_OBSERVATION_XML_OUT_H
#define LYKTA_OBSERVATION_XML_OUT_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct xml_out;

struct xml_out *xml_open(struct arena *a);

/* <name>, its attributes, which come before anything inside it, and its end. */
void xml_begin(struct xml_out *x, const char *name);
void xml_put(struct xml_out *x, const char *attribute, struct str value);
void xml_put_lit(struct xml_out *x, const char *attribute, const char *value);
void xml_end(struct xml_out *x);

/* <name>text</name> */
void xml_text(struct xml_out *x, const char *name, struct str text);

/* Text inside the element that is open. */
void xml_words(struct xml_out *x, struct str text);

/* What was written, in the arena; the writer is gone. SYSTEM when memory ended. */
enum status xml_close(struct xml_out *x, struct str *out, struct err *e) MUST_USE;

#endif
