/* The cities of pooled figures as JSON-stat: a cube of period, municipality and figure. */
#include "programme/pooled.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"

#include <stdlib.h>

enum figure { KNOWN, KNOWN_LO, KNOWN_HI, ESTIMATE, ESTIMATE_LO, ESTIMATE_HI, POPULATION, RATE, FIGURES };

static const struct {
    const char *code, *label;
} figures[FIGURES] = {
    [KNOWN] = {"known", "Kända"},
    [KNOWN_LO] = {"known_lo", "Kända, lägst"},
    [KNOWN_HI] = {"known_hi", "Kända, högst"},
    [ESTIMATE] = {"estimate", "Uppskattat antal"},
    [ESTIMATE_LO] = {"estimate_lo", "Uppskattat antal, lägst"},
    [ESTIMATE_HI] = {"estimate_hi", "Uppskattat antal, högst"},
    [POPULATION] = {"population", "Invånare"},
    [RATE] = {"rate", "Uppskattat antal per 100 000 invånare"},
};

/* The cities of all periods, each municipality once, in order. */
struct places {
    size_t n;
    const struct city_release **city;
};

static struct places places_of(const struct pooled *x, struct arena *a)
{
    struct places out = {.city = arena_new(a, x->arrivals->accepted, const struct city_release *)};

    for (size_t i = 0; i < x->arrivals->accepted; i++) {
        const struct city_release *r = &x->arrivals->arrival[i].release;

        if (out.n == 0 || !str_equal(out.city[out.n - 1]->municipality, r->municipality))
            out.city[out.n++] = r;
    }
    return out;
}

static const struct pooled_city *city_in(const struct pooled_period *p, struct str municipality)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_equal(p->city[i].release->municipality, municipality))
            return &p->city[i];
    return NULL;
}

static void put_people(struct json *j, int64_t people)
{
    if (people == RELEASE_UNKNOWN)
        json_nothing(j, NULL);
    else
        json_i64(j, NULL, people);
}

static void put_cell(struct json *j, const struct pooled_city *c, enum figure figure)
{
    const struct city_release *r = c->release;
    const bool is_point = r->answer == RELEASE_POINT;
    const int64_t people[FIGURES] = {[KNOWN] = r->seen.people,
                                     [KNOWN_LO] = r->seen.lo,
                                     [KNOWN_HI] = r->seen.hi,
                                     [ESTIMATE] = is_point ? r->nhat : RELEASE_UNKNOWN,
                                     [ESTIMATE_LO] = is_point ? r->ci95[0] : r->range[0],
                                     [ESTIMATE_HI] = is_point ? r->ci95[1] : r->range[1],
                                     [POPULATION] = c->population > 0 ? c->population : RELEASE_UNKNOWN};

    if (figure != RATE)
        put_people(j, people[figure]);
    else if (c->part == PART_SUM && c->population > 0)
        json_f64(j, NULL, strtod(arena_printf(j->out->arena, "%.5e", c->rate), NULL)); /* as in the JSON */
    else
        json_nothing(j, NULL);
}

static void put_values(struct json *j, const struct pooled *x, const struct places *places)
{
    json_array_flat(j, "value");
    for (size_t p = 0; p < x->n; p++)
        for (size_t i = 0; i < places->n; i++) {
            const struct pooled_city *c = city_in(&x->period[p], places->city[i]->municipality);

            for (enum figure f = 0; f < FIGURES; f++) {
                if (c)
                    put_cell(j, c, f);
                else
                    json_nothing(j, NULL);
            }
        }
    json_array_end(j);
}

static void put_role(struct json *j, const char *role, const char *dimension)
{
    json_array_flat(j, role);
    json_str(j, NULL, str_of(dimension));
    json_array_end(j);
}

static void put_shape(struct json *j, const struct pooled *x, const struct places *places)
{
    json_array_flat(j, "id");
    json_str(j, NULL, S("period"));
    json_str(j, NULL, S("municipality"));
    json_str(j, NULL, S("figure"));
    json_array_end(j);
    json_array_flat(j, "size");
    json_i64(j, NULL, (int64_t)x->n);
    json_i64(j, NULL, (int64_t)places->n);
    json_i64(j, NULL, FIGURES);
    json_array_end(j);
    json_object_begin(j, "role");
    put_role(j, "time", "period");
    put_role(j, "geo", "municipality");
    put_role(j, "metric", "figure");
    json_object_end(j);
}

static const char *period_code(const struct pooled_period *p, struct arena *a)
{
    return p->first_year == p->last_year ? arena_printf(a, "%d", p->first_year)
                                         : arena_printf(a, "%d-%d", p->first_year, p->last_year);
}

static void begin_dimension(struct json *j, const char *name, const char *label)
{
    json_object_begin(j, name);
    json_str(j, "label", str_of(label));
    json_object_begin(j, "category");
    json_array_flat(j, "index");
}

static void put_dimensions(struct json *j, const struct pooled *x, const struct places *places,
                           struct arena *a)
{
    json_object_begin(j, "dimension");
    begin_dimension(j, "period", "Period");
    for (size_t i = 0; i < x->n; i++)
        json_str(j, NULL, str_of(period_code(&x->period[i], a)));
    json_array_end(j);
    json_object_end(j);
    json_object_end(j);
    begin_dimension(j, "municipality", "Kommun");
    for (size_t i = 0; i < places->n; i++)
        json_str(j, NULL, places->city[i]->municipality);
    json_array_end(j);
    json_object_begin(j, "label");
    for (size_t i = 0; i < places->n; i++)
        json_str(j, arena_cstr(a, places->city[i]->municipality.p, places->city[i]->municipality.n),
                 places->city[i]->city);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
    begin_dimension(j, "figure", "Uppgift");
    for (size_t f = 0; f < FIGURES; f++)
        json_str(j, NULL, str_of(figures[f].code));
    json_array_end(j);
    json_object_begin(j, "label");
    for (size_t f = 0; f < FIGURES; f++)
        json_str(j, figures[f].code, str_of(figures[f].label));
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

void pooled_json_stat(struct text *out, const struct pooled *x)
{
    struct arena *a = out->arena;
    const struct places places = places_of(x, a);
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    json_str(&j, "version", S("2.0"));
    json_str(&j, "class", S("dataset"));
    json_str(&j, "label", S("Orter i programmet"));
    put_shape(&j, x, &places);
    put_dimensions(&j, x, &places, a);
    put_values(&j, x, &places);
    json_array_flat(&j, "note");
    json_str(&j, NULL,
             S("Avrundat till skydd för enskilda. Siffror för olika orter är osäkra på olika sätt."));
    json_array_end(&j);
    json_object_end(&j);
}
