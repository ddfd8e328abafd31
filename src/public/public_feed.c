/* Articles as an Atom feed. */
#include "public/public_feed.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "portal/portal.h"
#include "public/public.h"
#include "store/city.h"
#include "web/feed.h"
#include "web/request.h"
#include "web/response.h"

static struct feed_entry entry_of(const struct request *r, struct str list, const struct article *x)
{
    const struct article_words *words = &x->text.in[r->language];

    return (struct feed_entry){.id = str_of(arena_printf(r->arena, "%.*s#%lld", STR(list), (long long)x->id)),
                               .title = words->title,
                               .address = str_of(arena_printf(r->arena, "%.*s/%.*s", STR(list), STR(x->key))),
                               .summary = words->ingress,
                               .updated_at = stockholm_at(x->updated_on, 0)};
}

enum status public_feed_show(const struct request *r, struct response *out, struct err *e)
{
    const struct str city = city_settings(portal_of(r)->city)->name;
    const struct str path = request_address(S("/artiklar"), r->language, r->arena);
    const struct str site = city_site(portal_of(r)->city, r->arena);
    const struct str list = str_of(arena_printf(r->arena, "%.*s%.*s", STR(site), STR(path)));
    const struct str title = catalogue_text(catalogue_of(r->language), TEXT_PUBLIC_ARTICLES_TITLE);
    struct articles shown = {0, NULL};
    struct feed f = {.id = list,
                     .language = language_code(r->language),
                     .title = str_of(arena_printf(r->arena, "%.*s, %.*s", STR(title), STR(city))),
                     .self = str_of(arena_printf(r->arena, "%.*s/nytt.atom", STR(list))),
                     .alternate = list,
                     .author = city};

    TRY(article_shown_list(portal_db(r), r->now_at, r->arena, &shown, e));
    struct feed_entry *entries = arena_new(r->arena, PUBLIC_FEED_MOST, struct feed_entry);
    for (size_t i = 0; i < shown.n && f.n < PUBLIC_FEED_MOST; i++)
        if (article_is_in(&shown.article[i].text, r->language))
            entries[f.n++] = entry_of(r, list, &shown.article[i]);
    f.entry = entries;
    response_bytes(out, "application/atom+xml; charset=utf-8", feed_write(&f, r->arena));
    return OK;
}
