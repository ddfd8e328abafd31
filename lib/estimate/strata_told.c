/* Estimates by strata, in words and as JSON. */
#include "estimate/strata.h"

#include "base/json.h"
#include "base/text.h"
#include "estimate/about.h"
#include "estimate/estimate_json.h"

#include <inttypes.h>
#include <math.h>

static void put_stratum(struct text *out, const struct stratum *s)
{
    text_format(out, "  %.*s: ", STR(s->category));
    if (s->status == ESTIMATE_REFUSED) {
        text_format(out, "at least %" PRId64 ". No estimate: %s\n", s->n, s->reason);
        return;
    }
    if (s->status == ESTIMATE_POINT) {
        text_lit(out, "about ");
        about_put(out, s->nhat);
        text_lit(out, ", ");
    }
    about_put_between(out, s->status == ESTIMATE_RANGE ? s->range : s->ci95);
    text_format(out, "; %" PRId64 " known", s->n);
    if (s->status == ESTIMATE_RANGE)
        text_format(out, ". %s\n", s->reason);
    else
        text_lit(out, ".\n");
}

void strata_text(struct text *out, const struct strata *x)
{
    text_format(out, "Known: %" PRId64 " people. By %.*s:\n", x->seen, STR(x->by));
    for (size_t k = 0; k < x->n; k++)
        put_stratum(out, &x->stratum[k]);
    if (isnan(x->estimated.nhat)) {
        text_format(out, "No stratum has an estimate. There are at least %" PRId64 " people.\n", x->seen);
        return;
    }
    text_format(out, "Together, the %zu with an estimate: about ", x->n - x->refused);
    about_put(out, x->estimated.nhat);
    text_lit(out, ", 95 times in 100 ");
    about_put_between(out, x->estimated.ci95);
    text_lit(out, ".\n");
    if (x->refused > 0) {
        text_format(out, "With the %" PRId64 " people seen in the %zu refused, as a lower bound: about ",
                    x->seen_in_refused, x->refused);
        about_put(out, x->at_least.nhat);
        text_lit(out, ", ");
        about_put_between(out, x->at_least.ci95);
        text_lit(out, ".\n");
    }
    text_lit(out, "The total is a sum of draws, not of the figures above: likely values do not add up.\n"
                  "It rests on the strata being uncertain independently of each other.\n");
}

static void put_total(struct json *j, const char *key, const struct strata_total *t)
{
    json_object_begin(j, key);
    json_f64(j, "nhat", t->nhat);
    estimate_json_limits(j, "ci95", t->ci95);
    estimate_json_limits(j, "ci80", t->ci80);
    json_object_end(j);
}

void strata_json(struct text *out, const struct strata *x, const struct estimate_options *options,
                 const char *version)
{
    struct json j = json_open(out);

    json_object_begin(&j, NULL);
    json_str(&j, "by", x->by);
    json_str(&j, "status", x->refused == x->n ? S("refused") : S("estimate"));
    json_i64(&j, "n", x->seen);
    json_array_begin(&j, "strata");
    for (size_t k = 0; k < x->n; k++) {
        const struct stratum *s = &x->stratum[k];

        json_object_begin(&j, NULL);
        json_str(&j, "category", s->category);
        estimate_json_text(&j, "status", estimate_status_name(s->status));
        estimate_json_text(&j, "reason", s->reason);
        json_i64(&j, "n", s->n);
        json_i64(&j, "on_two_lists", s->on_two_lists);
        json_f64(&j, "nhat", s->nhat);
        estimate_json_limits(&j, "ci95", s->ci95);
        estimate_json_limits(&j, "ci80", s->ci80);
        estimate_json_limits(&j, "range", s->range);
        estimate_json_text(&j, "interval", estimate_interval_name(s->interval));
        estimate_json_text(&j, "method", s->method);
        estimate_json_text(&j, "model", s->model);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_i64(&j, "refused", (int64_t)x->refused);
    json_i64(&j, "seen_in_refused", x->seen_in_refused);
    put_total(&j, "total", &x->estimated);
    put_total(&j, "at_least", &x->at_least);
    json_i64(&j, "seed", (int64_t)options->seed);
    estimate_json_text(&j, "version", version);
    json_object_end(&j);
}
