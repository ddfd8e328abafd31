/* The situations of whole years. */
#include "observation/year_situations.h"

#include "base/arena.h"
#include "protect/protect.h"
#include "protect/published.h"
#include "protect/sums.h"
#include "store/db.h"

/* DRAWS: how often a year is rounded anew before it is given up. */
enum { MONTHS = 12, DRAWS = 64 };

static void name_forms(struct str form[SITUATION_FORMS])
{
    for (size_t i = 0; i < SITUATION_FORMS; i++)
        form[i] = str_of(situation_form_name[i]);
}

static void name_places(struct str place[PLACES])
{
    for (enum report_place i = PLACE_HOTEL; i < PLACES; i++)
        place[i] = str_of(report_place_name(i));
}

/* The exact counts end with this function; what goes on is rounded. `draw` gives another rounding. */
static enum status protect_year(const struct overview_source *source, int year, int draw, struct arena *a,
                                struct cube *out, struct err *e)
{
    int64_t exact[SITUATION_FORMS][PLACES] = {{0}};
    struct str form[SITUATION_FORMS];
    struct str place[PLACES];
    const struct table_dimension dimension[] = {{.name = S("form"), .n = SITUATION_FORMS, .category = form},
                                                {.name = S("place"), .n = PLACES, .category = place}};
    const char *id =
        arena_printf(a, "%.*s/%d/situations-of-the-year-%d", STR(source->municipality), year, draw);
    const struct protect_options how = {.cube = {.id = str_of(id)}};
    struct protection protection;
    struct table table;

    name_forms(form);
    name_places(place);
    TRY(table_make(dimension, 2, a, &table, e));
    TRY(evidence_of_year(source->db, year, exact, e));
    for (size_t f = 0; f < SITUATION_FORMS; f++)
        for (size_t p = 0; p < PLACES; p++)
            table.count[table_inner(&table.shape, (const size_t[]){f, p})] = exact[f][p];
    TRY(protect(&table, &how, source->key, a, &protection, e));
    *out = protection.cube;
    return OK;
}

static enum status protect_months(const struct overview_source *source, int year, struct arena *a,
                                  struct cube out[MONTHS], struct err *e)
{
    for (int m = 0; m < MONTHS; m++) {
        char day[11];

        date_to_text((struct date){year, m + 1, 1}, day);
        day[OVERVIEW_MONTH_BYTES - 1] = '\0';
        TRY(overview_month(source, day, a, &out[m], e));
    }
    return OK;
}

/* What a reader knows of the situations by month, form and place: of each month the figures by form, of the
 * year those by form and place. */
struct known {
    struct table table; /* its shape alone is used */
    struct sums sums;
    size_t *cell; /* the sums that something is shown of */
    size_t cells;
};

static void learn(struct known *k, const size_t coordinate[3], int64_t lo, int64_t hi)
{
    size_t cell = table_cell(&k->table.shape, coordinate);

    k->sums.lo[cell] = lo;
    k->sums.hi[cell] = hi;
    k->cell[k->cells++] = cell;
}

/* The figures of cube `c` by form and, where `month` is 0, by place. */
static void learn_cube(struct known *k, const struct cube *c, size_t month, struct arena *a)
{
    int64_t *lo = arena_new(a, c->shape.published, int64_t);
    int64_t *hi = arena_new(a, c->shape.published, int64_t);
    const struct published shown = published_of(c, a);

    published_know(&shown, lo, hi);
    for (size_t f = 0; f <= SITUATION_FORMS; f++)
        for (size_t p = 0; p <= (month ? 0 : PLACES); p++) {
            size_t at = table_cell(&c->shape, (const size_t[]){f, p});

            learn(k, (const size_t[]){month, f, p}, lo[at], hi[at]);
        }
}

static enum status know(const struct cube *year, const struct cube month[MONTHS], struct arena *a,
                        struct known *out, struct err *e)
{
    struct str name[MONTHS];
    struct str form[SITUATION_FORMS];
    struct str place[PLACES];
    const struct table_dimension dimension[] = {{.name = S("month"), .n = MONTHS, .category = name},
                                                {.name = S("form"), .n = SITUATION_FORMS, .category = form},
                                                {.name = S("place"), .n = PLACES, .category = place}};

    for (int m = 0; m < MONTHS; m++)
        name[m] = str_of(arena_printf(a, "%02d", m + 1));
    name_forms(form);
    name_places(place);
    TRY(table_make(dimension, 3, a, &out->table, e));
    out->sums = sums_of_table(&out->table.shape, a);
    out->cell = arena_new(a, out->table.shape.published, size_t);
    out->cells = 0;
    learn_cube(out, year, 0, a);
    for (size_t m = 0; m < MONTHS; m++)
        learn_cube(out, &month[m], m + 1, a);
    return OK;
}

static enum status attack_together(const struct cube *year, const struct cube month[MONTHS], struct arena *a,
                                   struct err *e)
{
    struct attack_report report;
    struct known k;

    TRY(know(year, month, a, &k, e));
    const struct attack_knowledge knowledge = {.sums = k.sums, .cell = k.cell, .cells = k.cells};
    TRY(attack_cells(&knowledge, &(struct attack_options){.depth = ATTACK_UNTIL_SAFE}, a, &report, e));
    return protect_check(&report, &k.table.shape, e);
}

/* Of the roundings of the year the first that tells nothing too closely beside the months. Which are passed
 * over depends on figures that are shown, not on the counts: of these a reader learns nothing by it. */
static enum status year_and_months(const struct overview_source *source, int year, struct arena *a,
                                   struct cube *out, struct cube month[MONTHS], struct err *e)
{
    enum status s = REFUSED;

    if (year >= source->today.year)
        return err_set(e, REFUSED, "%d is not over: its situations are not shown yet", year);
    TRY(protect_months(source, year, a, month, e));
    for (int draw = 0; draw < DRAWS && s == REFUSED; draw++) {
        TRY(protect_year(source, year, draw, a, out, e));
        s = attack_together(out, month, a, e);
    }
    return s;
}

enum status year_situations(const struct overview_source *source, int year, struct arena *a, struct cube *out,
                            struct err *e)
{
    struct cube month[MONTHS];

    return year_and_months(source, year, a, out, month, e);
}

enum status year_forms_known(const struct overview_source *source, int year, struct arena *a,
                             struct attack_bound out[SITUATION_FORMS], struct err *e)
{
    struct cube month[MONTHS];
    size_t cell[SITUATION_FORMS];
    struct attack_report report;
    struct cube cube;
    struct known k;

    TRY(year_and_months(source, year, a, &cube, month, e));
    TRY(know(&cube, month, a, &k, e));
    for (size_t f = 0; f < SITUATION_FORMS; f++)
        cell[f] = table_cell(&k.table.shape, (const size_t[]){0, f + 1, 0});
    const struct attack_knowledge knowledge = {.sums = k.sums, .cell = cell, .cells = SITUATION_FORMS};
    TRY(attack_cells(&knowledge, &(struct attack_options){.depth = ATTACK_EXACT}, a, &report, e));
    for (size_t f = 0; f < SITUATION_FORMS; f++)
        out[f] = report.bound[f];
    return OK;
}

static void add(const struct cube *c, size_t form, size_t place, struct overview_sum *sum)
{
    struct cube_cell cell = cube_cell(c, table_cell(&c->shape, (const size_t[]){form, place}));

    sum->n += cell.n;
    sum->lo += cell.lo;
    sum->hi += cell.hi;
}

static void add_year(const struct cube *c, struct year_sums *out)
{
    add(c, OVERVIEW_ALL, OVERVIEW_ALL, &out->all);
    for (size_t f = 0; f < SITUATION_FORMS; f++)
        add(c, f + 1, OVERVIEW_ALL, &out->form[f]);
    for (size_t p = 0; p < PLACES; p++)
        add(c, OVERVIEW_ALL, p + 1, &out->place[p]);
}

enum status year_sums(const struct overview_source *source, int first_year, int last_year, struct arena *a,
                      struct year_sums *out, struct err *e)
{
    int *year = NULL;
    size_t n = 0;

    *out = (struct year_sums){0};
    TRY(years_counted(source->db, source->today, a, &year, &n, e));
    for (size_t i = 0; i < n; i++) {
        struct cube c;

        if (year[i] < first_year || year[i] > last_year)
            continue;
        TRY(year_situations(source, year[i], a, &c, e));
        add_year(&c, out);
        out->first_year = year[i];
        out->last_year = out->last_year ? out->last_year : year[i];
    }
    return OK;
}

enum status years_counted(struct db *db, struct date today, struct arena *a, int **out, size_t *n,
                          struct err *e)
{
    static const char sql[] = "select distinct year from situation_year where year < $1 order by year desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, today.year);
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[(*n)++] = (int)query_int(&q, 0);
    }
    return query_end(&q, e);
}
