/* What a mapping would give, in words and as JSON. */
#include "estimate/power.h"

#include "base/json.h"
#include "base/text.h"
#include "estimate/about.h"
#include "estimate/method.h"

#include <inttypes.h>
#include <math.h>

static void put_design(struct text *out, const struct power *p);
static void put_whole(struct text *out, const struct power_summary *s);
static void put_lists(struct text *out, const struct power *p, const struct power_result *x);

void power_text(struct text *out, const struct power *p, const struct power_result *x)
{
    put_design(out, p);
    put_whole(out, &x->of[0]);
    if (x->variants > 1 && !isnan(x->of[0].width))
        put_lists(out, p, x);
    text_format(out,
                "From %zu simulated tables, seed %" PRIu64 ". Real lists depend on each other in more ways "
                "than these.\n",
                p->tables, p->estimate.seed);
    if (p->estimate.replicates == 0)
        text_lit(out,
                 "The limits are without a bootstrap, which would be wider: the spread of the figures tells "
                 "more.\n");
}

static void put_design(struct text *out, const struct power *p)
{
    text_format(out, "If there are %" PRId64 " people and %zu lists with", p->design.people, p->design.lists);
    for (size_t i = 0; i < p->design.lists; i++)
        text_format(out, "%s %.3g",
                    i == 0                     ? ""
                    : i + 1 == p->design.lists ? " and"
                                               : ",",
                    100.0 * p->design.coverage[i]);
    text_lit(out, " % of them:\n");
}

static void put_whole(struct text *out, const struct power_summary *s)
{
    text_lit(out, "  about ");
    about_put(out, s->seen);
    text_lit(out, " would be seen, about ");
    about_put(out, s->on_two_lists);
    text_format(out,
                " of them on two lists or more;\n"
                "  in %.0f mappings of 100 no figure could be given, in %.0f only a range.\n",
                100.0 * s->refused, 100.0 * s->range_only);
    if (isnan(s->nhat))
        return;
    text_lit(out, "Where there is a figure, it would be about ");
    about_put(out, s->nhat);
    text_lit(out, ", and 95 times in 100 ");
    about_put_between(out, s->spread);
    text_lit(out, ".\nA typical interval would be ");
    about_put_between(out, (const double[]){s->low, s->high});
    if (isfinite(s->width))
        text_format(out, ", %.0f %% of the true number wide", 100.0 * s->width);
    text_format(out, "; such intervals would hold the true number %.0f times in 100.\n", 100.0 * s->coverage);
}

size_t power_most_worth(const struct power_result *x)
{
    size_t most = 1;

    for (size_t v = 2; v < x->variants; v++) {
        const struct power_summary *a = &x->of[v];
        const struct power_summary *b = &x->of[most];
        double loss = a->refused - b->refused;

        if (loss > 0.05 || (loss > -0.05 && (isnan(a->error) || a->error > b->error)))
            most = v;
    }
    return most;
}

static void put_lists(struct text *out, const struct power *p, const struct power_result *x)
{
    text_format(out, "With all lists, two figures of three are off by at most %.0f %%.\n",
                100.0 * x->of[0].error);
    for (size_t v = 1; v < x->variants; v++) {
        const struct power_summary *s = &x->of[v];

        text_format(out, "  without list %zu (%.3g %%): ", v, 100.0 * p->design.coverage[v - 1]);
        if (isnan(s->error))
            text_lit(out, "no figure");
        else if (!isfinite(s->error))
            text_lit(out, "figures without an upper limit");
        else
            text_format(out, "off by at most %.0f %%, %.0f %% of the true number wide", 100.0 * s->error,
                        100.0 * s->width);
        text_format(out, "; no figure in %.0f of 100\n", 100.0 * s->refused);
    }
    text_format(out, "List %zu is the one most worth getting.\n", power_most_worth(x));
}

static void put_summary(struct json *j, const struct power_summary *s)
{
    json_f64(j, "refused", s->refused);
    json_f64(j, "range_only", s->range_only);
    json_f64(j, "seen", s->seen);
    json_f64(j, "on_two_lists", s->on_two_lists);
    json_f64(j, "nhat", s->nhat);
    json_array_flat(j, "spread95");
    json_f64(j, NULL, s->spread[0]);
    json_f64(j, NULL, s->spread[1]);
    json_array_end(j);
    json_array_flat(j, "typical_interval");
    json_f64(j, NULL, s->low);
    json_f64(j, NULL, s->high);
    json_array_end(j);
    json_f64(j, "width", s->width);
    json_f64(j, "error", s->error);
    json_f64(j, "coverage", s->coverage);
}

void power_json(struct text *out, const struct power *p, const struct power_result *x, const char *version)
{
    struct json j = json_open(out);
    const struct method *method = p->estimate.method ? p->estimate.method : methods;

    json_object_begin(&j, NULL);
    json_i64(&j, "true_size", p->design.people);
    json_array_flat(&j, "coverage");
    for (size_t i = 0; i < p->design.lists; i++)
        json_f64(&j, NULL, p->design.coverage[i]);
    json_array_end(&j);
    json_f64(&j, "heterogeneity", p->design.heterogeneity);
    json_str(&j, "method", str_of(method->name));
    json_object_begin(&j, "all_lists");
    put_summary(&j, &x->of[0]);
    json_object_end(&j);
    json_array_begin(&j, "without");
    for (size_t v = 1; v < x->variants; v++) {
        json_object_begin(&j, NULL);
        json_i64(&j, "list", (int64_t)v);
        put_summary(&j, &x->of[v]);
        json_object_end(&j);
    }
    json_array_end(&j);
    if (x->variants > 1)
        json_i64(&j, "most_worth", (int64_t)power_most_worth(x));
    json_i64(&j, "tables", (int64_t)p->tables);
    json_i64(&j, "replicates", p->estimate.replicates);
    json_i64(&j, "seed", (int64_t)p->estimate.seed);
    json_str(&j, "version", str_of(version));
    json_object_end(&j);
}
