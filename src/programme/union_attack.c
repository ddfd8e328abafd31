/* The attack on two releases together. */
#include "programme/union_attack.h"

#include "base/arena.h"
#include "base/csv.h"
#include "programme/arrival.h"
#include "protect/ledger.h"
#include "release/bundle.h"

static enum status attack(const struct arrival *x, const struct arrival *before, struct arena *a,
                          struct err *e);

void union_attack(struct arrival *x, const struct arrival *before, struct arena *a)
{
    const struct city_release *r = &x->release;
    const struct city_release *other = &before->release;
    struct arena *scratch = arena_open();
    struct err e = {OK, ""};

    bool reveals = r->first_year == other->first_year && r->last_year == other->last_year &&
                   attack(x, before, scratch, &e) != OK;
    if (reveals)
        arrival_refuse(x, ARRIVAL_REVEALS, a, "together with %s: %s", before->path, e.what);
    else
        arrival_refuse(x, ARRIVAL_OVERLAP, a,
                       "counts some of the same years as %s of the same city: people would be counted twice",
                       before->path);
    arena_close(scratch);
}

/* cube.csv in the form in which protected tables are read: one text for what is shown, and the figure called
 * n. */
static enum status as_published(const char *name, struct str cube, struct arena *a, struct published *out,
                                struct err *e)
{
    struct csv *in = arena_new(a, 1, struct csv);
    struct text text = text_open(a);
    bool has_row = true;

    TRY(csv_open(in, name, cube, a, e));
    if (in->n < 6 || !str_is(in->fields[in->n - 5], "people") || !str_is(in->fields[in->n - 1], "shown_en"))
        return csv_fault(e, in, 0, "expected dimensions, then people, lo, hi, shown_sv, shown_en");
    in->fields[in->n - 5] = S("n");
    in->fields[in->n - 2] = S("shown");
    while (has_row) {
        for (size_t i = 0; i + 1 < in->n; i++) {
            if (i > 0)
                text_byte(&text, ',');
            csv_put(&text, in->fields[i], ',');
        }
        text_byte(&text, '\n');
        TRY(csv_next(in, &has_row, e));
    }
    return published_read(name, text_str(&text), a, out, e);
}

static enum status read_cube(const char *path, struct arena *a, struct ledger_table *out, struct err *e)
{
    struct bundle *b = arena_new(a, 1, struct bundle);
    struct str cube;

    TRY(bundle_read(path, S(""), a, b, e));
    TRY(bundle_find(b, "cube.csv", &cube, e));
    out->name = path;
    return as_published(arena_printf(a, "%s/cube.csv", path), cube, a, &out->published, e);
}

static enum status attack(const struct arrival *x, const struct arrival *before, struct arena *a,
                          struct err *e)
{
    struct ledger_table *table = arena_new(a, 2, struct ledger_table);
    struct attack_options how = {.depth = ATTACK_UNTIL_SAFE};
    struct attack_report report;
    struct ledger ledger;
    struct str told;
    size_t i = 0;

    TRY(read_cube(before->path, a, &table[0], e));
    TRY(read_cube(x->path, a, &table[1], e));
    TRY(ledger_join(table, 2, NULL, a, &ledger, e));
    TRY(attack_cells(&ledger.knowledge, &how, a, &report, e));
    if (report.exposed == 0)
        return OK;
    while (!report.bound[i].is_exposed)
        i++;
    TRY(ledger_tell(&ledger, &report.bound[i], a, &told, e));
    return err_set(e, REFUSED, "%zu figures can be worked out too closely; the first is %.*s", report.exposed,
                   STR(told));
}
