/* What was done to a table, and what that hides. */
#include "protect/statement.h"

#include "base/json.h"
#include "base/text.h"

#include <inttypes.h>

struct statement statement_of(const struct cube *cube)
{
    struct statement s = {.profile = cube->profile,
                          .base = cube->base,
                          .inner_move = cube->base - 1,
                          .margin_move = cube->margin_move,
                          .inner = (size_t)cube->shape.parts[0],
                          .structural = cube->shape.inner - (size_t)cube->shape.parts[0],
                          .published = cube->shape.published};

    for (size_t cell = 0; cell < cube->shape.published; cell++) {
        enum cube_display display = cube_cell(cube, cell).display;

        s.fewer += display == CUBE_FEWER;
        s.at_most += display == CUBE_AT_MOST;
        s.about += display == CUBE_ABOUT;
    }
    return s;
}

void statement_json(struct json *j, const struct statement *s)
{
    json_str(j, "method", S("frozen cube, additive rounding"));
    json_str(j, "profile", s->profile);
    json_i64(j, "base", s->base);
    json_i64(j, "inner_move", s->inner_move);
    json_i64(j, "margin_move", s->margin_move);
    json_i64(j, "inner_cells", (int64_t)s->inner);
    json_i64(j, "structural_zeros", (int64_t)s->structural);
    json_i64(j, "published_cells", (int64_t)s->published);
    json_i64(j, "shown_fewer_than_base", (int64_t)s->fewer);
    json_i64(j, "shown_at_most", (int64_t)s->at_most);
    json_i64(j, "shown_about", (int64_t)s->about);
}

void statement_text(struct text *out, const struct statement *s, enum cube_language language)
{
    switch (language) {
    case CUBE_SWEDISH:
        text_format(out,
                    "Antalen är avrundade uppåt eller nedåt till jämna %" PRId64
                    "-tal. Avrundningen bevarar summor.\n"
                    "%zu av %zu antal visas som \"färre än %" PRId64
                    "\". Det kan betyda ingen alls eller några få. "
                    "Ingen ska kunna se vilket, så att ingen person kan pekas ut.\n"
                    "Ett antal i tabellens minsta rutor skiljer sig från det verkliga med högst %" PRId64
                    ", en summa med högst %" PRId64 ".\n",
                    s->base, s->fewer, s->published, s->base, s->inner_move, s->margin_move);
        return;
    case CUBE_ENGLISH:
        text_format(out,
                    "Counts are rounded up or down to a multiple of %" PRId64 ". Sums still add up.\n"
                    "%zu of %zu counts are shown as \"fewer than %" PRId64
                    "\". That may mean nobody at all or a "
                    "few. Nobody can tell which, so that no person is pointed out.\n"
                    "A count in the table's smallest cells is at most %" PRId64
                    " from the true one, a sum at most %" PRId64 ".\n",
                    s->base, s->fewer, s->published, s->base, s->inner_move, s->margin_move);
        return;
    }
}
