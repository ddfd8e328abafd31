/* Everyone with an account. */
#include "people/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "people/people_view.h"
#include "people/welcome.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static struct str day_in_words(int64_t at, enum language language, struct arena *a)
{
    struct text t = text_open(a);

    if (at > 0)
        language_write_date(&t, language, stockholm_day(at, NULL));
    return text_str(&t);
}

static enum status row_of(const struct request *r, const struct person *p, struct person_row *out,
                          struct err *e)
{
    struct welcome w;

    TRY(welcome_of(portal_db(r), p->id, &w, e));
    *out = (struct person_row){.name = p->name,
                               .email = p->email,
                               .roles = roles_words(p->roles, r->language, r->arena),
                               .signed_in = day_in_words(p->signed_in_at, r->language, r->arena),
                               .is_closed = p->is_closed,
                               .is_invited = w.person != 0 && w.reason == WELCOME_INVITATION};
    if (portal_may(r, PERMISSION_PEOPLE_CHANGE))
        out->href = request_address(str_of(arena_printf(r->arena, "/personer/%" PRId64, p->id)), r->language,
                                    r->arena);
    return OK;
}

enum status people_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_PEOPLE_TITLE);
    struct people_view v = {.layout = portal_layout(&around, title, r->path, r->arena),
                            .is_sent = form_has(&r->query, "skickat")};
    struct people all;

    TRY(people_list(portal_db(r), r->arena, &all, e));
    struct person_row *rows = arena_new(r->arena, all.n + 1, struct person_row);
    for (size_t i = 0; i < all.n; i++)
        TRY(row_of(r, &all.person[i], &rows[i], e));
    v.people = all.n;
    v.person = rows;
    if (portal_may(r, PERMISSION_PEOPLE_CHANGE))
        v.invite_href = request_address(S("/personer/ny"), r->language, r->arena);
    page_people_list(response_page(out), &v);
    return OK;
}
