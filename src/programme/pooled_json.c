/* The pooled figures as JSON: docs/pooled-format.md. */
#include "programme/pooled.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
#include "programme/trust.h"
#include "release/release_files.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void put_releases(struct json *j, const struct arrivals *all, struct arena *a);
static void put_left_out(struct json *j, const struct arrivals *all);
static void put_period(struct json *j, const struct pooled_period *p);

void pooled_json(struct text *out, const struct pooled *x)
{
    struct json j = json_open(out);
    struct arena *a = arena_open();

    json_object_begin(&j, NULL);
    json_str(&j, "format", S("lykta-pooled 1"));
    json_str(&j, "status", S("pooled"));
    json_str(&j, "version", S(LYKTA_VERSION));
    json_i64(&j, "seed", (int64_t)x->seed);
    json_bool(&j, "keys_checked", x->is_trusted);
    put_releases(&j, x->arrivals, a);
    put_left_out(&j, x->arrivals);
    json_array_begin(&j, "periods");
    for (size_t i = 0; i < x->n; i++)
        put_period(&j, &x->period[i]);
    json_array_end(&j);
    json_object_end(&j);
    arena_close(a);
}

static void put_release(struct json *j, const struct city_release *r, struct arena *a)
{
    char moment[21];

    moment_to_text(r->published_at, moment);
    json_object_begin(j, NULL);
    json_str(j, "municipality", r->municipality);
    json_str(j, "city", r->city);
    json_str(j, "name", r->name);
    json_str(j, "published", str_of(moment));
    json_str(j, "manifest_sha256", r->manifest_hash);
    json_str(j, "public_key", r->public_key);
    json_str(j, "fingerprint", key_fingerprint(r->public_key, a));
    json_object_end(j);
}

static void put_releases(struct json *j, const struct arrivals *all, struct arena *a)
{
    json_array_begin(j, "releases");
    for (size_t i = 0; i < all->accepted; i++)
        put_release(j, &all->arrival[i].release, a);
    json_array_end(j);
}

static void put_left_out(struct json *j, const struct arrivals *all)
{
    json_array_begin(j, "left_out");
    for (size_t i = all->accepted; i < all->n; i++) {
        const struct arrival *x = &all->arrival[i];

        json_object_begin(j, NULL);
        json_str(j, "path", str_of(x->path));
        json_str(j, "state", x->state == ARRIVAL_WITHDRAWN ? S("withdrawn") : S("refused"));
        json_str(j, "reason", x->reason);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_both(struct json *j, const char *key, struct str sv, struct str en)
{
    json_object_begin(j, key);
    json_str(j, "sv", sv);
    json_str(j, "en", en);
    json_object_end(j);
}

/* Six digits: what comes after them differs between machines. */
static void put_real(struct json *j, const char *key, double value)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%.5e", value);
    json_f64(j, key, strtod(text, NULL));
}

static void put_reals(struct json *j, const char *key, const double limits[2])
{
    json_array_flat(j, key);
    put_real(j, NULL, limits[0]);
    put_real(j, NULL, limits[1]);
    json_array_end(j);
}

static void put_city_rate(struct json *j, const struct pooled_city *c)
{
    static const char *const places[] = {
        [FUNNEL_INSIDE] = "inside", [FUNNEL_BETWEEN] = "outside 95", [FUNNEL_OUTSIDE] = "outside 99.8"};

    json_i64(j, "population", c->population);
    put_real(j, "rate", c->rate);
    put_reals(j, "rate_ci95", c->rate_ci95);
    if (!c->is_compared)
        return;
    put_real(j, "log_rate", c->y);
    put_real(j, "standard_error", c->se);
    put_real(j, "shrunken_rate", c->shrunken);
    put_reals(j, "shrunken_rate_ci95", c->shrunken_ci95);
    json_str(j, "funnel", str_of(places[c->place]));
}

static void put_city(struct json *j, const struct pooled_city *c)
{
    static const char *const parts[] = {
        [PART_NONE] = "none", [PART_SUM] = "sum", [PART_AT_LEAST] = "at least"};
    static const char *const answers[] = {
        [RELEASE_POINT] = "estimate", [RELEASE_RANGE] = "range", [RELEASE_REFUSED] = "refused"};
    const struct city_release *r = c->release;

    json_object_begin(j, NULL);
    json_str(j, "municipality", r->municipality);
    json_str(j, "city", r->city);
    json_str(j, "release", r->name);
    json_str(j, "part", str_of(parts[c->part]));
    json_array_flat(j, "differs");
    for (int i = 0; i < DIFFERENCES; i++)
        if (c->differs >> i & 1)
            json_str(j, NULL, str_of(pooled_difference_code[i]));
    json_array_end(j);
    json_i64(j, "seen", r->seen.people);
    json_str(j, "status", str_of(answers[r->answer]));
    release_put_people(j, "nhat", r->answer == RELEASE_POINT ? r->nhat : RELEASE_UNKNOWN);
    release_put_limits(j, "ci95", r->ci95);
    release_put_limits(j, "range", r->range);
    if (c->part == PART_AT_LEAST)
        json_i64(j, "at_least", c->least);
    if (c->part == PART_SUM && c->population > 0)
        put_city_rate(j, c);
    json_object_end(j);
}

static void put_estimate(struct json *j, const struct pooled_period *p)
{
    json_object_begin(j, "estimate");
    json_i64(j, "cities", (int64_t)p->summed);
    release_put_people(j, "nhat", p->nhat);
    release_put_limits(j, "ci95", p->ci95);
    release_put_limits(j, "ci80", p->ci80);
    release_put_people(j, "at_least_in_all", p->at_least);
    json_object_end(j);
}

static void put_comparison(struct json *j, const struct pooled_period *p)
{
    const struct effects *x = &p->effects;

    json_object_begin(j, "comparison");
    if (p->not_compared_en.n > 0) {
        json_str(j, "status", S("refused"));
        json_str(j, "reason", p->not_compared_en);
        json_object_end(j);
        return;
    }
    const double mean_ci95[2] = {exp(x->mean_ci95[0]), exp(x->mean_ci95[1])};
    const double prediction95[2] = {exp(x->prediction95[0]), exp(x->prediction95[1])};
    json_str(j, "status", S("compared"));
    json_str(j, "unit", S("people for each 100000 inhabitants"));
    json_i64(j, "cities", (int64_t)x->n);
    put_real(j, "rate", exp(x->mean));
    put_reals(j, "rate_ci95", mean_ci95);
    put_reals(j, "prediction95", prediction95);
    put_real(j, "tau2", x->tau2);
    put_reals(j, "tau2_ci95", x->tau2_ci95);
    put_real(j, "i2", x->i2);
    put_reals(j, "i2_ci95", x->i2_ci95);
    json_object_end(j);
}

static void put_table(struct json *j, const struct pooled_table *t)
{
    json_object_begin(j, NULL);
    json_str(j, "code", t->label.code);
    put_both(j, "title", t->label.sv, t->label.en);
    json_i64(j, "cities", (int64_t)t->cities);
    json_array_begin(j, "rows");
    for (size_t i = 0; i < t->n; i++) {
        const struct release_row *row = &t->row[i];

        json_object_begin(j, NULL);
        json_str(j, "code", row->label.code);
        json_str(j, "sv", row->label.sv);
        json_str(j, "en", row->label.en);
        json_i64(j, "people", row->figure.people);
        json_i64(j, "lo", row->figure.lo);
        json_i64(j, "hi", row->figure.hi);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void put_period(struct json *j, const struct pooled_period *p)
{
    json_object_begin(j, NULL);
    json_i64(j, "first_year", p->first_year);
    json_i64(j, "last_year", p->last_year);
    json_bool(j, "example", p->is_example);
    put_both(j, "people", p->people_sv, p->people_en);
    json_i64(j, "pooled", (int64_t)p->pooled);
    json_object_begin(j, "seen");
    json_i64(j, "people", p->seen);
    json_i64(j, "lo", p->seen_lo);
    json_i64(j, "hi", p->seen_hi);
    json_object_end(j);
    put_estimate(j, p);
    put_comparison(j, p);
    json_array_begin(j, "cities");
    for (size_t i = 0; i < p->n; i++)
        put_city(j, &p->city[i]);
    json_array_end(j);
    json_array_begin(j, "tables");
    for (size_t i = 0; i < p->tables; i++)
        put_table(j, &p->table[i]);
    json_array_end(j);
    json_object_end(j);
}
