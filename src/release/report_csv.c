/* A release as one table for a spreadsheet. */
#include "release/report.h"

#include "base/csv.h"
#include "release/release.h"
#include "release/what_if.h"

#include <inttypes.h>

static void put_row(struct text *out, struct str table, const struct release_row *row);
static void put_estimate(struct text *out, const struct release *r);

enum status report_csv(const struct release *r, const struct series *series, struct text *out, struct err *e)
{
    (void)series;
    (void)e;
    const struct release_row seen = {
        .label = {S("seen"), S("Kända, på någon lista"), S("Known, on any list")}, .figure = r->seen};

    text_lit(out, "\xEF\xBB\xBFtable;code;sv;en;people;lo;hi;shown_sv;shown_en\n");
    put_row(out, S("estimate"), &seen);
    put_estimate(out, r);
    for (size_t i = 0; i < r->tables; i++)
        for (size_t j = 0; j < r->table[i].n; j++)
            put_row(out, r->table[i].label.code, &r->table[i].row[j]);
    return OK;
}

static void put_people(struct text *out, int64_t people)
{
    if (people != RELEASE_UNKNOWN)
        text_i64(out, people);
    text_byte(out, ';');
}

static void put_row(struct text *out, struct str table, const struct release_row *row)
{
    const struct str texts[] = {table, row->label.code, row->label.sv, row->label.en};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_put(out, texts[i], ';');
        text_byte(out, ';');
    }
    put_people(out, row->figure.people);
    put_people(out, row->figure.lo);
    put_people(out, row->figure.hi);
    csv_put(out, row->figure.sv, ';');
    text_byte(out, ';');
    csv_put(out, row->figure.en, ';');
    text_byte(out, '\n');
}

/* The range over several methods, where more than one is told. */
static void put_methods(struct text *out, const struct release_estimate *x)
{
    const struct release_row row = {
        .label = {S("methods"), S("Uppskattat antal, räknat på flera sätt"),
                  S("Estimated number, worked out in several ways")},
        .figure = {RELEASE_UNKNOWN, x->methods.range[0], x->methods.range[1],
                   S("avrundat utåt; lo och hi: lägst och högst av alla sätt"),
                   S("rounded outward; lo and hi: lowest and highest of all ways")}};

    if (what_if_has_methods(x))
        put_row(out, S("estimate"), &row);
}

/* A refusal has its row too: a table without one would look as if nobody had asked. */
static void put_estimate(struct text *out, const struct release *r)
{
    const struct release_estimate *x = &r->estimate;
    struct release_row row = {.label = {S("nhat"), S("Uppskattat antal, kända och okända"),
                                        S("Estimated number, known and unknown")},
                              .figure = {x->nhat, x->ci95[0], x->ci95[1],
                                         S("avrundat utåt; lo och hi: 95 procent"),
                                         S("rounded outward; lo and hi: 95 per cent")}};

    if (x->answer == RELEASE_RANGE)
        row.figure =
            (struct release_figure){RELEASE_UNKNOWN, x->range[0], x->range[1], x->reason.sv, x->reason.en};
    if (x->answer == RELEASE_REFUSED)
        row.figure = (struct release_figure){RELEASE_UNKNOWN, RELEASE_UNKNOWN, RELEASE_UNKNOWN, x->reason.sv,
                                             x->reason.en};
    put_row(out, S("estimate"), &row);
    put_methods(out, x);
}
