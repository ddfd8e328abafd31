/* Text inside XML, and whole documents of it. */
#include "base/xml.h"

#include <assert.h>

void xml_put(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '<')
            text_lit(out, "&lt;");
        else if (c == '>')
            text_lit(out, "&gt;");
        else if (c == '&')
            text_lit(out, "&amp;");
        else if (c == '"')
            text_lit(out, "&quot;");
        else if (c >= ' ' || c == '\n' || c == '\t')
            text_byte(out, s.p[i]);
    }
}

struct xml xml_open(struct arena *a)
{
    struct xml x = {.out = text_open(a)};

    text_lit(&x.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    return x;
}

static void end_tag(struct xml *x)
{
    if (x->is_in_tag)
        text_byte(&x->out, '>');
    x->is_in_tag = false;
}

/* The element that begins or ends now stands below those it is in. */
static void new_line(struct xml *x)
{
    text_byte(&x->out, '\n');
    for (size_t i = 0; i < x->depth; i++)
        text_byte(&x->out, ' ');
}

void xml_begin(struct xml *x, const char *name)
{
    assert(x->depth < XML_DEPTH);
    end_tag(x);
    new_line(x);
    text_format(&x->out, "<%s", name);
    x->open[x->depth++] = name;
    x->is_in_tag = true;
}

void xml_attribute(struct xml *x, const char *name, struct str value)
{
    assert(x->is_in_tag);
    text_format(&x->out, " %s=\"", name);
    xml_put(&x->out, value);
    text_byte(&x->out, '"');
}

void xml_words(struct xml *x, struct str words)
{
    end_tag(x);
    xml_put(&x->out, words);
    x->has_words = true;
}

void xml_end(struct xml *x)
{
    assert(x->depth > 0);
    x->depth--;
    if (x->is_in_tag) {
        text_lit(&x->out, "/>");
    } else {
        if (!x->has_words)
            new_line(x);
        text_format(&x->out, "</%s>", x->open[x->depth]);
    }
    x->is_in_tag = false;
    x->has_words = false;
}

void xml_element(struct xml *x, const char *name, struct str words)
{
    xml_begin(x, name);
    xml_words(x, words);
    xml_end(x);
}

struct str xml_document(const struct xml *x)
{
    assert(x->depth == 0);
    return text_str(&x->out);
}
