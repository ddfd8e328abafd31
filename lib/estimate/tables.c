/* Many tables at once. */
#include "estimate/tables.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "estimate/counts.h"
#include "estimate/estimate.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* What each column holds: a history, or 0 where it is not looked at. */
struct columns {
    uint32_t history[CSV_MAX_FIELDS];
    size_t lists;
};

static enum status read_header(const struct csv *in, struct columns *out, struct err *e);
static enum status read_table(const struct csv *in, const struct columns *columns, struct counts *out,
                              struct err *e);
static void put_row(struct text *out, const struct estimate *x);

enum status tables_estimate(const char *name, struct str bytes, const struct estimate_options *how,
                            struct arena *a, struct text *out, struct err *e)
{
    struct estimate_options options = *how;
    struct columns *columns = arena_new(a, 1, struct columns);
    struct csv in;
    bool has_row = false;

    options.replicates = 0;
    options.progress = NULL; /* the rows are what there is to be told of */
    TRY(csv_open(&in, name, bytes, a, e));
    TRY(read_header(&in, columns, e));
    text_lit(out, "nhat,model,status\n");
    struct arena *row = arena_open();
    enum status s = csv_next(&in, &has_row, e);
    while (s == OK && has_row) {
        struct counts counts = {.lists = columns->lists};
        struct estimate *x = arena_new(row, 1, struct estimate);

        counts.y = arena_new(row, (size_t)1 << columns->lists, uint32_t);
        counts.record = arena_new(row, in.n, struct counts_record);
        s = read_table(&in, columns, &counts, e);
        if (s == OK)
            s = estimate(&counts, &options, row, x, e);
        if (s == OK) {
            put_row(out, x);
            arena_reset(row);
            s = csv_next(&in, &has_row, e);
        }
    }
    arena_close(row);
    return s;
}

static enum status read_header(const struct csv *in, struct columns *out, struct err *e)
{
    uint32_t all = 0;

    for (size_t i = 0; i < in->n; i++) {
        int64_t mask = 0;

        if (in->fields[i].n < 2 || in->fields[i].p[0] != 'h')
            continue;
        if (!i64_from_str(str_part(in->fields[i], 1, in->fields[i].n), 1, (1 << COUNTS_MAX_LISTS) - 1, &mask))
            return csv_fault(e, in, i, "expected h and a number from 1 to %d, found \"%.*s\"",
                             (1 << COUNTS_MAX_LISTS) - 1, STR(str_part(in->fields[i], 0, 60)));
        for (size_t j = 0; j < i; j++)
            if (out->history[j] == (uint32_t)mask)
                return csv_fault(e, in, i, "two columns hold the history %lld", (long long)mask);
        out->history[i] = (uint32_t)mask;
        all |= (uint32_t)mask;
    }
    if (all == 0)
        return csv_fault(e, in, 0, "no column named h1, h2, h3, .. by history, expected one at least");
    out->lists = 2;
    while (all >> out->lists != 0)
        out->lists++;
    return OK;
}

static enum status read_table(const struct csv *in, const struct columns *columns, struct counts *out,
                              struct err *e)
{
    static const char letters[] = "ABCDEFGHIJKLMNOP";

    for (size_t i = 0; i < out->lists; i++)
        out->list[i] = (struct str){letters + i, 1};
    for (size_t i = 0; i < in->n; i++) {
        int64_t people = 0;

        if (columns->history[i] == 0)
            continue;
        if (!i64_from_str(str_trim(in->fields[i]), 0, COUNTS_MAX_PEOPLE, &people))
            return csv_fault(e, in, i, "expected a whole number from 0 to %d, found %.*s", COUNTS_MAX_PEOPLE,
                             STR(number_shown(in->fields[i])));
        out->y[columns->history[i]] = (uint32_t)people;
        out->record[out->records++] =
            (struct counts_record){.history = columns->history[i], .people = (uint32_t)people};
        out->n += people;
        if (out->n > COUNTS_MAX_PEOPLE)
            return csv_fault(e, in, i, "the counts add up to more than %d", COUNTS_MAX_PEOPLE);
    }
    return OK;
}

static void put_row(struct text *out, const struct estimate *x)
{
    char digits[32];

    if (isfinite(x->nhat) && x->status != ESTIMATE_REFUSED) {
        text_add(out, (struct str){digits, f64_to_text(x->nhat, digits)});
        text_byte(out, ',');
        if (x->model.name)
            csv_put(out, str_of(x->model.name), ',');
    } else {
        text_byte(out, ',');
    }
    text_format(out, ",%s\n", estimate_status_name(x->status));
}
