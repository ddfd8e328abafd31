/* Results for everyone: what is published, and why something no longer is. */
#include "results/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/markdown.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

/* What stands at the address: nothing before something was published there. */
struct asked {
    struct study study;
    struct results results;
    bool is_published, is_withdrawn;
};

static enum status read_asked(const struct request *r, struct asked **out, struct err *e)
{
    struct asked *x = arena_new(r->arena, 1, struct asked);

    *out = x;
    TRY(study_find(portal_db(r), request_id(r), r->arena, &x->study, e));
    TRY(results_find(portal_db(r), request_id(r), r->arena, &x->results, e));
    x->is_published = x->study.results == RESULTS_PUBLISHED && x->results.study != 0;
    x->is_withdrawn = !x->is_published && x->results.withdrawn_at > 0;
    return OK;
}

static struct results_page_view *begin_view(const struct request *r, const struct asked *x)
{
    struct results_page_view *v = arena_new(r->arena, 1, struct results_page_view);

    v->shown = (struct results_shown){.study = &x->study, .title = x->study.title};
    v->published = stockholm_day(x->results.published_at, NULL);
    v->is_withdrawn = x->is_withdrawn;
    v->withdrawn = stockholm_day(x->results.withdrawn_at, NULL);
    v->withdrawal = x->results.withdrawal;
    v->back_href = portal_href(r, "/forskning");
    return v;
}

enum status results_show(const struct request *r, struct response *out, struct err *e)
{
    struct asked *x = NULL;

    TRY(read_asked(r, &x, e));
    if (!x->is_published && !x->is_withdrawn)
        return response_error(out, 404);
    struct results_page_view *v = begin_view(r, x);
    if (x->is_published)
        TRY(results_shown_of(r, &x->study, &x->results,
                             arena_printf(r->arena, "/forskning/%" PRId64, x->study.id), &v->shown, e));
    v->layout = results_layout(r, v->shown.title, 0);
    page_results(response_page(out), v);
    return x->is_withdrawn ? response_told(out, 410) : OK;
}

enum status results_file_show(const struct request *r, struct response *out, struct err *e)
{
    struct asked *x = NULL;

    TRY(read_asked(r, &x, e));
    return x->is_published ? results_send_file(r, x->study.id, out, e) : response_error(out, 404);
}
