/* The situations that the network has counted in a mapping's years. */
#include "publishing/round_situations.h"

#include "base/arena.h"
#include "observation/overview_source.h"
#include "observation/year_situations.h"
#include "portal/portal.h"
#include "publishing/situations_table.h"
#include "web/request.h"

static enum status read_years(const struct request *r, const struct round *round, struct year_sums *out,
                              struct err *e)
{
    struct overview_source source;
    struct key key;

    TRY(overview_source_open(r, &key, &source, e));
    enum status s = year_sums(&source, round->first_year, round->last_year, r->arena, out, e);
    key_wipe(&key);
    return s;
}

enum status round_situations(const struct request *r, const struct round *round, struct situation_row **out,
                             size_t *n, struct err *e)
{
    struct year_sums *sums = arena_new(r->arena, 1, struct year_sums);
    size_t lines = 0;

    *n = 0;
    enum status s = read_years(r, round, sums, e);
    if (s == REFUSED || (s == OK && sums->last_year == 0))
        return OK;
    TRY(s);
    const struct situation_line *line = situation_lines(sums, r->arena, &lines);
    *out = arena_new(r->arena, lines, struct situation_row);
    for (size_t i = 0; i < lines; i++)
        (*out)[(*n)++] = (struct situation_row){
            .what = line[i].words,
            .shown = str_of(arena_printf(r->arena, "%lld (%lld–%lld)", (long long)line[i].sum->n,
                                         (long long)line[i].sum->lo, (long long)line[i].sum->hi))};
    return OK;
}
