/* XML written with libxml2. */
#include "observation/xml_out.h"

#include "base/arena.h"

#include <libxml/xmlwriter.h>

struct xml_out {
    struct arena *arena;
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    bool has_failed;
};

static void note(struct xml_out *x, int outcome)
{
    if (outcome < 0)
        x->has_failed = true;
}

/* libxml2 reads texts to their NUL. */
static const xmlChar *chars(struct xml_out *x, struct str text)
{
    return (const xmlChar *)arena_cstr(x->arena, text.p, text.n);
}

struct xml_out *xml_open(struct arena *a)
{
    struct xml_out *x = arena_new(a, 1, struct xml_out);

    *x = (struct xml_out){.arena = a, .buffer = xmlBufferCreate()};
    x->writer = x->buffer ? xmlNewTextWriterMemory(x->buffer, 0) : NULL;
    x->has_failed = !x->writer;
    if (x->writer) {
        note(x, xmlTextWriterSetIndent(x->writer, 1));
        note(x, xmlTextWriterStartDocument(x->writer, "1.0", "UTF-8", NULL));
    }
    return x;
}

void xml_begin(struct xml_out *x, const char *name)
{
    if (x->writer)
        note(x, xmlTextWriterStartElement(x->writer, (const xmlChar *)name));
}

void xml_put(struct xml_out *x, const char *attribute, struct str value)
{
    if (x->writer)
        note(x, xmlTextWriterWriteAttribute(x->writer, (const xmlChar *)attribute, chars(x, value)));
}

void xml_put_lit(struct xml_out *x, const char *attribute, const char *value)
{
    xml_put(x, attribute, str_of(value));
}

void xml_end(struct xml_out *x)
{
    if (x->writer)
        note(x, xmlTextWriterEndElement(x->writer));
}

void xml_words(struct xml_out *x, struct str text)
{
    if (x->writer)
        note(x, xmlTextWriterWriteString(x->writer, chars(x, text)));
}

void xml_text(struct xml_out *x, const char *name, struct str text)
{
    xml_begin(x, name);
    xml_words(x, text);
    xml_end(x);
}

enum status xml_close(struct xml_out *x, struct str *out, struct err *e)
{
    if (x->writer) {
        note(x, xmlTextWriterEndDocument(x->writer));
        xmlFreeTextWriter(x->writer); /* writes what is left into the buffer */
    }
    if (x->buffer && !x->has_failed)
        *out = str_copy(
            (struct str){(const char *)xmlBufferContent(x->buffer), (size_t)xmlBufferLength(x->buffer)},
            x->arena);
    xmlBufferFree(x->buffer);
    return x->has_failed ? err_set(e, SYSTEM, "XML cannot be written: memory ended") : OK;
}
