/* Seminars as an Atom feed. */
#include "seminar/atom.h"

#include "base/arena.h"
#include "seminar/seminar.h"
#include "seminar/seminar_letter.h"
#include "web/feed.h"

static struct feed_entry entry_of(const struct seminar_office *o, const struct seminar *s, struct arena *a)
{
    struct str when = seminar_when(s, LANGUAGE_SV, a);

    return (struct feed_entry){
        .title = s->title,
        .id = str_of(arena_printf(a, "urn:x-lykta:seminar:%.*s", STR(s->uid))),
        .updated_at = s->changed_at,
        .address = str_of(arena_printf(a, "%.*s/seminarier/%lld", STR(o->address), (long long)s->id)),
        .summary = str_of(arena_printf(a, "%.*s, %.*s", STR(when), STR(s->place)))};
}

struct str atom_write(const struct seminar_office *o, struct str title, const struct seminars *s,
                      struct arena *a)
{
    struct feed_entry *entries = arena_new(a, s->n + 1, struct feed_entry);
    const struct str page = str_of(arena_printf(a, "%.*s/seminarier", STR(o->address)));
    const struct feed f = {.id = page,
                           .language = S("sv"),
                           .title = str_of(arena_printf(a, "%.*s, %.*s", STR(title), STR(o->city))),
                           .self = str_of(arena_printf(a, "%.*s/nytt.atom", STR(page))),
                           .alternate = page,
                           .author = o->city,
                           .n = s->n,
                           .entry = entries};

    for (size_t i = 0; i < s->n; i++)
        entries[i] = entry_of(o, &s->seminar[i], a);
    return feed_write(&f, a);
}
