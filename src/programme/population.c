/* Inhabitants. */
#include "programme/population.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
#include "mapping/mapping.h"
#include "programme/trust.h"

enum { MOST_PEOPLE = 20000000, MUNICIPALITY = 0, YEAR, PEOPLE, COLUMNS };

static enum status add_row(struct population *p, const struct csv *in, const int column[COLUMNS],
                           struct err *e);

enum status population_read(const char *name, struct str whole, struct arena *a, struct population *out,
                            struct err *e)
{
    struct csv *in = arena_new(a, 1, struct csv);
    struct population p = {.row = arena_new(a, POPULATION_MAX_ROWS, struct population_row)};
    bool has_row = false;

    TRY(csv_open(in, name, whole, a, e));
    const int column[COLUMNS] = {csv_column(in, "municipality"), csv_column(in, "year"),
                                 csv_column(in, "population")};
    if (column[MUNICIPALITY] < 0 || column[YEAR] < 0 || column[PEOPLE] < 0)
        return csv_fault(e, in, 0, "expected the columns municipality, year and population");
    TRY(csv_next(in, &has_row, e));
    while (has_row) {
        TRY(add_row(&p, in, column, e));
        TRY(csv_next(in, &has_row, e));
    }
    *out = p;
    return OK;
}

static enum status add_row(struct population *p, const struct csv *in, const int column[COLUMNS],
                           struct err *e)
{
    struct str municipality = str_trim(in->fields[column[MUNICIPALITY]]);
    int64_t year = 0;
    int64_t people = 0;

    if (p->n == POPULATION_MAX_ROWS)
        return csv_fault(e, in, 0, "more than %d rows", POPULATION_MAX_ROWS);
    if (!is_municipality(municipality))
        return csv_fault(e, in, (size_t)column[MUNICIPALITY],
                         "expected a municipality's code of four digits");
    if (!i64_from_str(str_trim(in->fields[column[YEAR]]), MAPPING_FIRST_YEAR, MAPPING_LAST_YEAR, &year))
        return csv_fault(e, in, (size_t)column[YEAR], "expected a year from %d to %d", MAPPING_FIRST_YEAR,
                         MAPPING_LAST_YEAR);
    if (!i64_from_str(str_trim(in->fields[column[PEOPLE]]), 1, MOST_PEOPLE, &people))
        return csv_fault(e, in, (size_t)column[PEOPLE], "expected a number of inhabitants from 1 to %d",
                         MOST_PEOPLE);
    if (population_of(p, municipality, (int)year) > 0)
        return csv_fault(e, in, (size_t)column[MUNICIPALITY], "%.*s in %d is there already",
                         STR(municipality), (int)year);
    p->row[p->n++] =
        (struct population_row){.municipality = municipality, .year = (int)year, .people = people};
    return OK;
}

int64_t population_of(const struct population *p, struct str municipality, int year)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->row[i].year == year && str_equal(p->row[i].municipality, municipality))
            return p->row[i].people;
    return 0;
}
