/* Reports beside earlier rounds. */
#include "public/public_compared.h"

#include "base/arena.h"
#include "base/text.h"
#include "portal/portal.h"
#include "public/public_pages.h"
#include "public/public_releases.h"
#include "release/release.h"
#include "release/series.h"
#include "release/standing.h"
#include "web/request.h"

static enum status compare_with(const struct request *r, const struct release *release,
                                const struct str *names, size_t n, struct arena *a, const struct series **out,
                                struct err *e)
{
    const struct release *earlier[SERIES_EARLIER];

    *out = NULL;
    for (size_t i = 0; i < n; i++) {
        struct public_release *found = NULL;

        TRY(public_release_find(portal_kept(r, &public_room), names[i], &found, e));
        if (!found)
            return err_set(e, BAD_INPUT, "%.*s: is in the ledger and not found", STR(names[i]));
        earlier[i] = found->release;
    }
    if (n == 0)
        return OK;
    struct series *made = arena_new(a, 1, struct series);
    series_make(release, earlier, n, a, made);
    *out = made;
    return OK;
}

enum status public_series_of(const struct request *r, const struct release *release, struct arena *a,
                             const struct series **out, struct err *e)
{
    struct str names[SERIES_EARLIER];
    size_t n = 0;

    TRY(release_before(portal_db(r), release->mapping.first_year, SERIES_EARLIER, r->arena, names, &n, e));
    return compare_with(r, release, names, n, a, out, e);
}

static struct str joined(const struct str *names, size_t n, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < n; i++) {
        text_add(&out, names[i]);
        text_byte(&out, ' ');
    }
    return text_str(&out);
}

enum status public_compare(const struct request *r, struct public_release *published, struct err *e)
{
    struct str names[SERIES_EARLIER];
    size_t n = 0;

    TRY(release_before(portal_db(r), published->release->mapping.first_year, SERIES_EARLIER, r->arena, names,
                       &n, e));
    struct str compared_with = joined(names, n, r->arena);
    if (str_equal(compared_with, published->compared_with))
        return OK;
    TRY(compare_with(r, published->release, names, n, published->arena, &published->series, e));
    published->compared_with = str_copy(compared_with, published->arena);
    public_release_forget(published);
    return OK;
}
