/* The cities of pooled figures as CSV: what the charts are drawn from. */
#include "programme/pooled.h"

#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void put_people(struct text *out, int64_t people)
{
    text_byte(out, ',');
    if (people != RELEASE_UNKNOWN)
        text_i64(out, people);
}

/* Six digits, as in the JSON. */
static void put_real(struct text *out, bool is_known, double value)
{
    char rounded[32];
    char shortest[32];

    text_byte(out, ',');
    if (!is_known)
        return;
    (void)snprintf(rounded, sizeof rounded, "%.5e", value);
    text_add(out, (struct str){shortest, f64_to_text(strtod(rounded, NULL), shortest)});
}

static void put_city(struct text *out, const struct pooled_period *p, const struct pooled_city *c)
{
    static const char *const parts[] = {
        [PART_NONE] = "none", [PART_SUM] = "sum", [PART_AT_LEAST] = "at least"};
    const struct city_release *r = c->release;
    const bool is_point = r->answer == RELEASE_POINT;
    const bool has_rate = c->part == PART_SUM && c->population > 0;

    text_format(out, "%d,%d,%.*s,", p->first_year, p->last_year, STR(r->municipality));
    csv_put(out, r->city, ',');
    text_byte(out, ',');
    csv_put(out, r->name, ',');
    text_format(out, ",%s,%" PRId64 ",%" PRId64 ",%" PRId64, parts[c->part], r->seen.people, r->seen.lo,
                r->seen.hi);
    put_people(out, is_point ? r->nhat : RELEASE_UNKNOWN);
    put_people(out, is_point ? r->ci95[0] : r->range[0]);
    put_people(out, is_point ? r->ci95[1] : r->range[1]);
    put_people(out, c->population > 0 ? c->population : RELEASE_UNKNOWN);
    put_real(out, has_rate, c->rate);
    put_real(out, has_rate, c->rate_ci95[0]);
    put_real(out, has_rate, c->rate_ci95[1]);
    put_real(out, c->is_compared, c->y);
    put_real(out, c->is_compared, c->se);
    put_real(out, c->is_compared, c->shrunken);
    text_byte(out, '\n');
}

void pooled_csv(struct text *out, const struct pooled *x)
{
    text_lit(out,
             "first_year,last_year,municipality,city,release,part,known,known_lo,known_hi,estimate,lo,hi,"
             "population,rate,rate_lo,rate_hi,log_rate,standard_error,shrunken_rate\n");
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->period[i].n; k++)
            put_city(out, &x->period[i], &x->period[i].city[k]);
}
