/* The page of what helps. */
#include "observation/sign_evidence_pages.h"

#include "base/arena.h"
#include "indicator/indicator.h"
#include "observation/overview_source.h"
#include "observation/sign_evidence.h"
#include "observation/triage_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

static enum status read_evidence(const struct request *r, struct sign_evidences *out, struct err *e)
{
    struct overview_source source;
    struct key key;

    TRY(overview_source_open(r, &key, &source, e));
    enum status s = sign_evidence_read(&source, r->arena, out, e);
    key_wipe(&key);
    return s;
}

static struct evidence_row row_of(const struct request *r, const struct sign_evidence *s,
                                  const struct indicator *sign)
{
    static const enum text_key says[] = {[SIGN_UNSURE] = TEXT_OBSERVATION_HELPS_UNSURE,
                                         [SIGN_HELPS] = TEXT_OBSERVATION_HELPS_YES,
                                         [SIGN_ORDINARY] = TEXT_OBSERVATION_HELPS_NO};

    return (struct evidence_row){
        .id = sign->id,
        .text = r->language == LANGUAGE_SV ? sign->sv : sign->en,
        .reports = str_of(arena_printf(r->arena, "%lld (%lld–%lld)", (long long)s->reports, (long long)s->lo,
                                       (long long)s->hi)),
        .share = str_of(arena_printf(r->arena, "%.0f–%.0f %%", 100 * s->share_lo, 100 * s->share_hi)),
        .says = portal_text(r, says[s->says])};
}

enum status evidence_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct sign_evidences all;
    struct indicators signs;

    TRY(indicators_load(portal_db(r), r->arena, &signs, e));
    TRY(read_evidence(r, &all, e));
    struct evidence_view v = {
        .layout = portal_layout(&site, portal_text(r, TEXT_OBSERVATION_HELPS), r->path, r->arena),
        .row = arena_new(r->arena, all.n + 1, struct evidence_row)};
    for (size_t i = 0; i < all.n; i++) {
        const struct indicator *sign = indicator_find(&signs, all.sign[i].sign);

        if (sign)
            v.row[v.rows++] = row_of(r, &all.sign[i], sign);
    }
    page_evidence_list(response_page(out), &v);
    return OK;
}
