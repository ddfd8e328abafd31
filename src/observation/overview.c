/* The monthly picture. */
#include "observation/overview.h"

#include "base/arena.h"
#include "base/text.h"
#include "protect/protect.h"
#include "store/db.h"

#include <stdio.h>

static void months_before(struct date today, struct overview *out)
{
    struct date first = {today.year, today.month, 1};

    for (int i = 0; i < OVERVIEW_MONTHS; i++) {
        char day[11];

        date_to_text(date_add_months(first, i - OVERVIEW_MONTHS), day);
        snprintf(out->month[i], OVERVIEW_MONTH_BYTES, "%.7s", day);
    }
}

/* An empty table of forms by parts of the city: all of them, whether they have situations or not. */
static enum status make_table(struct arena *a, struct table *out, struct err *e)
{
    struct str form[SITUATION_FORMS];
    struct str area[AREAS];
    const struct table_dimension dimension[] = {{.name = S("form"), .n = SITUATION_FORMS, .category = form},
                                                {.name = S("area"), .n = AREAS, .category = area}};

    for (size_t i = 0; i < SITUATION_FORMS; i++)
        form[i] = str_of(situation_form_name[i]);
    for (enum report_area i = AREA_CENTRE; i < AREAS; i++)
        area[i] = str_of(report_area_name(i));
    return table_make(dimension, 2, a, out, e);
}

/* The exact counts end with this function; what goes on is rounded. */
enum status overview_month(const struct overview_source *source, const char *month, struct arena *a,
                           struct cube *out, struct err *e)
{
    int64_t exact[SITUATION_FORMS][AREAS] = {{0}};
    struct text id = text_open(a);
    struct protection protection;
    struct table table;

    TRY(make_table(a, &table, e));
    TRY(evidence_told(source->db, str_of(month), exact, e));
    for (size_t form = 0; form < SITUATION_FORMS; form++)
        for (size_t area = 0; area < AREAS; area++)
            table.count[table_inner(&table.shape, (const size_t[]){form, area})] = exact[form][area];
    text_format(&id, "%.*s/%s/situations", STR(source->municipality), month);
    const struct protect_options how = {.cube = {.id = text_str(&id)}};
    TRY(protect(&table, &how, source->key, a, &protection, e));
    *out = protection.cube;
    return OK;
}

enum status overview_read(const struct overview_source *source, struct arena *a, struct overview *out,
                          struct err *e)
{
    months_before(source->today, out);
    for (size_t i = 0; i < OVERVIEW_MONTHS; i++)
        TRY(overview_month(source, out->month[i], a, &out->cube[i], e));
    return OK;
}

struct cube_cell overview_cell(const struct overview *o, size_t month, size_t form, size_t area)
{
    const struct cube *cube = &o->cube[month];

    return cube_cell(cube, table_cell(&cube->shape, (const size_t[]){form, area}));
}
