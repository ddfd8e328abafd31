/* The catalogue as the program brings it. */
#include "indicator/indicator.h"

#include "base/arena.h"
#include "base/csv.h"

#include <string.h>

extern const char indicators_csv[];
extern const char cautions_csv[];
extern const char actors_csv[];

/* Opens a table of ours, whose columns stand in the order the reader knows. */
static enum status open_table(struct csv *in, const char *name, const char *bytes, size_t columns,
                              struct arena *a, struct err *e)
{
    TRY(csv_open(in, name, str_of(bytes), a, e));
    if (in->n != columns)
        return csv_fault(e, in, 0, "expected %zu columns, found %zu", columns, in->n);
    return OK;
}

static enum status read_cautions(struct arena *a, struct indicators *out, struct err *e)
{
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(open_table(&in, "cautions.csv", cautions_csv, 3, a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        out->cautions = arena_grow(a, out->cautions, out->n_cautions + 1, &room, sizeof *out->cautions);
        out->cautions[out->n_cautions++] =
            (struct caution){.code = in.fields[0], .sv = in.fields[1], .en = in.fields[2]};
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

static enum status read_actors(struct arena *a, struct indicators *out, struct err *e)
{
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(open_table(&in, "actors.csv", actors_csv, 4, a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        out->actors = arena_grow(a, out->actors, out->n_actors + 1, &room, sizeof *out->actors);
        out->actors[out->n_actors++] = (struct actor){
            .code = in.fields[0], .slug = in.fields[1], .sv = in.fields[2], .en = in.fields[3]};
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

static enum status take_cautions(const struct csv *in, struct str codes, const struct indicators *all,
                                 struct indicator *out, struct err *e)
{
    while (codes.n > 0) {
        struct str code;
        const struct caution *found = NULL;

        if (!str_cut(codes, ';', &code, &codes))
            codes = S("");
        for (size_t i = 0; i < all->n_cautions; i++)
            if (str_equal(all->cautions[i].code, code))
                found = &all->cautions[i];
        if (!found || out->n_cautions == INDICATOR_CAUTIONS)
            return csv_fault(e, in, 7, "expected at most %d codes of cautions.csv", (int)INDICATOR_CAUTIONS);
        out->caution[out->n_cautions++] = found;
    }
    return OK;
}

static enum status take_row(const struct csv *in, const struct indicators *all, struct indicator *out,
                            struct err *e)
{
    static const char *const strengths[] = {"weak", "medium", "strong"};
    const struct str *f = in->fields;

    *out = (struct indicator){.id = f[0],
                              .actor = actor_by_code(all, f[1]),
                              .forms = f[2],
                              .sv = f[4],
                              .en = f[5],
                              .source = f[6],
                              .is_source_seen = str_is(f[8], "yes"),
                              .version = 1};
    if (!out->actor)
        return csv_fault(e, in, 1, "expected a code of actors.csv");
    for (size_t i = 0; i < 3; i++)
        if (str_is(f[3], strengths[i])) {
            out->strength = (enum strength)i;
            return take_cautions(in, f[7], all, out, e);
        }
    return csv_fault(e, in, 3, "expected weak, medium or strong");
}

enum status indicators_delivered(struct arena *a, struct indicators *out, struct err *e)
{
    struct indicators all = {0};
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(read_cautions(a, &all, e));
    TRY(read_actors(a, &all, e));
    TRY(open_table(&in, "indicators.csv", indicators_csv, 9, a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        all.indicator = arena_grow(a, all.indicator, all.n + 1, &room, sizeof *all.indicator);
        TRY(take_row(&in, &all, &all.indicator[all.n++], e));
        TRY(csv_next(&in, &has_row, e));
    }
    *out = all;
    return OK;
}
