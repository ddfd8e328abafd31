/* News as an Atom feed. */
#include "web/feed.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "base/xml.h"

static void put_element(struct text *out, const char *name, struct str content)
{
    text_format(out, "<%s>", name);
    xml_put(out, content);
    text_format(out, "</%s>\n", name);
}

static void put_moment(struct text *out, int64_t at)
{
    char text[21];

    moment_to_text(at, text);
    put_element(out, "updated", str_of(text));
}

static void put_link(struct text *out, const char *rel, struct str address)
{
    text_format(out, "<link rel=\"%s\" href=\"", rel);
    xml_put(out, address);
    text_lit(out, "\"/>\n");
}

static void put_entry(struct text *out, const struct feed_entry *e)
{
    text_lit(out, "<entry>\n");
    put_element(out, "title", e->title);
    put_element(out, "id", e->id);
    put_moment(out, e->updated_at);
    put_link(out, "alternate", e->address);
    put_element(out, "summary", e->summary);
    text_lit(out, "</entry>\n");
}

struct str feed_write(const struct feed *f, struct arena *a)
{
    struct text out = text_open(a);
    int64_t updated_at = 0;

    for (size_t i = 0; i < f->n; i++)
        updated_at = f->entry[i].updated_at > updated_at ? f->entry[i].updated_at : updated_at;
    text_lit(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                   "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    xml_put(&out, f->language);
    text_lit(&out, "\">\n");
    put_element(&out, "title", f->title);
    put_element(&out, "id", f->id);
    put_moment(&out, updated_at);
    put_link(&out, "self", f->self);
    put_link(&out, "alternate", f->alternate);
    text_lit(&out, "<author>");
    put_element(&out, "name", f->author);
    text_lit(&out, "</author>\n");
    for (size_t i = 0; i < f->n; i++)
        put_entry(&out, &f->entry[i]);
    text_lit(&out, "</feed>\n");
    return text_str(&out);
}
