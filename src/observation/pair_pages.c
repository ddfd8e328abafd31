/* Signs that were told together, as the picture and the page of a year show them. */
#include "base/arena.h"
#include "indicator/indicator.h"
#include "observation/overview_source.h"
#include "observation/pair_view.h"
#include "observation/report_words.h"
#include "observation/sign_pairs.h"
#include "portal/portal.h"
#include "web/request.h"

static enum status read_pairs(const struct request *r, int year, struct sign_pairs out[SITUATION_FORMS],
                              struct err *e)
{
    struct overview_source source;
    struct key key;

    TRY(overview_source_open(r, &key, &source, e));
    enum status s = sign_pairs_read(&source, year, r->arena, out, e);
    key_wipe(&key);
    return s;
}

static struct pair_view view_of(const struct request *r, const struct indicators *signs,
                                const struct sign_pairs *pairs)
{
    struct pair_row *row = arena_new(r->arena, PAIRS_SHOWN, struct pair_row);
    struct pair_view v = {.row = row};

    for (size_t i = 0; i < pairs->n; i++) {
        const struct sign_pair *p = &pairs->pair[i];
        const struct indicator *one = indicator_find(signs, p->one);
        const struct indicator *other = indicator_find(signs, p->other);
        bool is_swedish = r->language == LANGUAGE_SV;

        if (one && other)
            row[v.rows++] =
                (struct pair_row){.one = is_swedish ? one->sv : one->en,
                                  .other = is_swedish ? other->sv : other->en,
                                  .shown = str_of(arena_printf(r->arena, "%lld (%lld–%lld)", (long long)p->n,
                                                               (long long)p->lo, (long long)p->hi))};
    }
    return v;
}

enum status pair_views_read(const struct request *r, int year, struct pair_view out[SITUATION_FORMS],
                            struct err *e)
{
    struct sign_pairs pairs[SITUATION_FORMS];
    struct indicators signs;

    TRY(indicators_load(portal_db(r), r->arena, &signs, e));
    TRY(read_pairs(r, year, pairs, e));
    for (size_t form = 0; form < SITUATION_FORMS; form++) {
        out[form] = view_of(r, &signs, &pairs[form]);
        out[form].title =
            str_of(arena_printf(r->arena, "%.*s, %d", STR(portal_text(r, situation_form_text[form])), year));
    }
    return OK;
}
