/* The situations that the network has counted in a mapping's years. */
#include "publishing/round_situations.h"

#include "base/arena.h"
#include "observation/overview_source.h"
#include "observation/report_words.h"
#include "portal/portal.h"
#include "web/request.h"

static enum status read_years(const struct request *r, const struct round *round, struct overview_years *out,
                              struct err *e)
{
    struct overview_source source;
    struct key key;

    TRY(overview_source_open(r, &key, &source, e));
    enum status s = overview_years(&source, round->first_year, round->last_year, r->arena, out, e);
    key_wipe(&key);
    return s;
}

enum status round_situations(const struct request *r, const struct round *round, struct situation_row **out,
                             size_t *n, struct err *e)
{
    struct overview_years years;

    *n = 0;
    TRY(read_years(r, round, &years, e));
    if (years.form[OVERVIEW_ALL].n == 0)
        return OK;
    *out = arena_new(r->arena, SITUATION_FORMS + 1, struct situation_row);
    for (size_t i = 0; i <= SITUATION_FORMS; i++) {
        const struct overview_sum *sum = &years.form[i];

        (*out)[(*n)++] = (struct situation_row){
            .form = i == OVERVIEW_ALL ? TEXT_OVERVIEW_ALL : situation_form_text[i - 1],
            .shown = str_of(arena_printf(r->arena, "%lld (%lld–%lld)", (long long)sum->n, (long long)sum->lo,
                                         (long long)sum->hi))};
    }
    return OK;
}
