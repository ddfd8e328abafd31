/* Seminars as an Atom feed. */
#include "seminar/atom.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "base/xml.h"
#include "seminar/seminar.h"
#include "seminar/seminar_letter.h"

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

static void put_entry(struct text *out, const struct seminar_office *o, const struct seminar *s,
                      struct arena *a)
{
    struct text summary = text_open(a);

    text_add(&summary, seminar_when(s, LANGUAGE_SV, a));
    text_lit(&summary, ", ");
    text_add(&summary, s->place);
    text_lit(out, "<entry>\n");
    put_element(out, "title", s->title);
    put_element(out, "id", str_of(arena_printf(a, "urn:x-lykta:seminar:%.*s", STR(s->uid))));
    put_moment(out, s->changed_at);
    put_link(out, "alternate",
             str_of(arena_printf(a, "%.*s/seminarier/%lld", STR(o->address), (long long)s->id)));
    put_element(out, "summary", text_str(&summary));
    text_lit(out, "</entry>\n");
}

struct str atom_write(const struct seminar_office *o, struct str title, const struct seminars *s,
                      struct arena *a)
{
    struct text out = text_open(a);
    int64_t updated = 0;

    for (size_t i = 0; i < s->n; i++)
        updated = s->seminar[i].changed_at > updated ? s->seminar[i].changed_at : updated;
    text_lit(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                   "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"sv\">\n");
    put_element(&out, "title", str_of(arena_printf(a, "%.*s, %.*s", STR(title), STR(o->city))));
    put_element(&out, "id", str_of(arena_printf(a, "%.*s/seminarier", STR(o->address))));
    put_moment(&out, updated);
    put_link(&out, "self", str_of(arena_printf(a, "%.*s/seminarier/nytt.atom", STR(o->address))));
    put_link(&out, "alternate", str_of(arena_printf(a, "%.*s/seminarier", STR(o->address))));
    text_lit(&out, "<author>");
    put_element(&out, "name", o->city);
    text_lit(&out, "</author>\n");
    for (size_t i = 0; i < s->n; i++)
        put_entry(&out, o, &s->seminar[i], a);
    text_lit(&out, "</feed>\n");
    return text_str(&out);
}
