/* The accessibility statement. */
#include "public/accessibility_pages.h"

#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "public/accessibility_view.h"
#include "web/request.h"
#include "web/response.h"

static void add_rows(const struct request *r, const struct accessibility *all, struct accessibility_view *v)
{
    struct accessibility_row *fail = arena_new(r->arena, all->n + 1, struct accessibility_row);
    struct accessibility_row *wait = arena_new(r->arena, all->n + 1, struct accessibility_row);

    for (size_t i = 0; i < all->n; i++) {
        const struct accessibility_page *page = &all->page[i];
        const struct accessibility_row row = {
            .name = page->name[r->language], .path = page->path, .faults = page->faults};

        if (page->tested_on.year == 0)
            wait[v->untested++] = row;
        else if (page->faults.n > 0)
            fail[v->failed++] = row;
    }
    v->fail = fail;
    v->wait = wait;
}

enum status accessibility_show(const struct request *r, struct response *out, const struct public_view *text,
                               struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct accessibility results;
    struct accessibility_view v = {.text = text,
                                   .results = &results,
                                   .city = site.city,
                                   .contact = site.contact,
                                   .email = site.email,
                                   .contact_href = portal_href(r, "/kontakt")};

    TRY(accessibility_read(r->arena, &results, e));
    add_rows(r, &results, &v);
    page_accessibility(response_page(out), &v);
    return OK;
}
