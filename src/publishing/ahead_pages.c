/* What a mapping would give, tried before anybody is asked for a list. Nothing is kept. */
#include "publishing/handlers.h"

#include "base/arena.h"
#include "estimate/about.h"
#include "estimate/power.h"
#include "pages.h"
#include "portal/portal.h"
#include "publishing/ahead_view.h"
#include "web/request.h"
#include "web/response.h"

#include <math.h>

enum { TABLES = 200, LEAST_PEOPLE = 30, MOST_PEOPLE = 100000, LEAST_LISTS = 2 };

static const double difference = 1.0; /* in log odds, where people differ */

static struct str label_of_list(const struct request *r, size_t list)
{
    struct text out = text_open(r->arena);

    catalogue_write(&out, catalogue_of(r->language), TEXT_AHEAD_LIST,
                    (const struct insertion[]){insertion("list", list)}, 1);
    return text_str(&out);
}

static void ask(const struct request *r, struct ahead_view *v)
{
    struct field_set *f =
        field_set_open(form_has(&r->query, "antal") ? &r->query : NULL, catalogue_of(r->language), r->arena);

    v->fields = f;
    v->people = field_add(f, FIELD_NUMBER, "antal", TEXT_AHEAD_PEOPLE);
    field_hint(f, v->people, TEXT_AHEAD_PEOPLE_HINT);
    v->people->width = "n8";
    for (size_t i = 0; i < AHEAD_LISTS; i++) {
        v->share[i] = field_add(f, FIELD_NUMBER, arena_printf(r->arena, "lista%zu", i + 1), TEXT_AHEAD_LIST);
        v->share[i]->label = label_of_list(r, i + 1);
        v->share[i]->width = "n2";
        v->share[i]->is_optional = i >= LEAST_LISTS;
    }
    v->differ = field_add(f, FIELD_RADIOS, "olika", TEXT_AHEAD_DIFFER);
    field_option(f, v->differ, S("nej"), portal_text(r, TEXT_AHEAD_DIFFER_NO), true);
    field_option(f, v->differ, S("ja"), portal_text(r, TEXT_AHEAD_DIFFER_YES), false);
}

/* False when something is wrong, or nothing was asked yet. */
static bool read(struct ahead_view *v, struct design *out)
{
    struct field_set *f = v->fields;
    size_t differ = 0;

    field_i64(f, v->people, LEAST_PEOPLE, MOST_PEOPLE, &out->people);
    for (size_t i = 0; i < AHEAD_LISTS; i++) {
        int64_t percent = 0;

        if (!field_i64(f, v->share[i], 1, 95, &percent) || percent == 0)
            continue;
        v->number[out->lists] = i + 1;
        out->coverage[out->lists++] = (double)percent / 100.0;
    }
    field_choice(f, v->differ, &differ);
    out->heterogeneity = differ == 1 ? difference : 0.0;
    return f->is_sent && f->errors == 0;
}

static int64_t percent_of(double share)
{
    return isfinite(share) ? (int64_t)llround(100.0 * share) : -1;
}

static int64_t people_of(double figure)
{
    return isfinite(figure) ? (int64_t)llround(about_round(figure)) : 0;
}

static void tell(const struct power *p, const struct power_result *x, struct ahead_view *v)
{
    const struct power_summary *all = &x->of[0];

    v->is_tried = true;
    v->tables = p->tables;
    v->seen = people_of(all->seen);
    v->on_two_lists = people_of(all->on_two_lists);
    v->refused = percent_of(all->refused);
    v->only_range = percent_of(all->range_only);
    v->has_figure = !isnan(all->nhat);
    v->is_open = isinf(all->spread[1]);
    v->low = people_of(all->spread[0]);
    v->high = people_of(all->spread[1]);
    v->held = percent_of(all->coverage);
    v->off = percent_of(all->error);
    v->rows = x->variants - 1;
    for (size_t i = 0; i < v->rows; i++) {
        const struct power_summary *s = &x->of[i + 1];

        v->row[i] = (struct ahead_row){.list = v->number[i],
                                       .percent = percent_of(p->design.coverage[i]),
                                       .has_figure = !isnan(s->error),
                                       .off = percent_of(s->error),
                                       .refused = percent_of(s->refused)};
    }
    if (v->rows > 0)
        v->most_worth = v->number[power_most_worth(x) - 1];
}

/* On one processor, which takes some tenths of a second. */
static void try_design(const struct request *r, const struct design *design, struct ahead_view *v)
{
    struct power p = {.design = *design, .tables = TABLES, .estimate = estimate_options_default()};
    struct power_result result;

    p.estimate.replicates = 0;
    p.estimate.threads = 1;
    struct power_figure *figures = arena_new(r->arena, power_variants(&p) * TABLES, struct power_figure);
    if (!power_run(&p, 0, 1, figures))
        return;
    power_summarise(&p, figures, &result);
    tell(&p, &result, v);
}

enum status ahead_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct ahead_view v = {.action = portal_href(r, "/kartlaggningar/prova"),
                           .back = portal_href(r, "/kartlaggningar")};
    struct design design = {0};

    (void)e;
    ask(r, &v);
    if (read(&v, &design))
        try_design(r, &design, &v);
    v.layout =
        portal_form_layout(&around, portal_text(r, TEXT_AHEAD_TITLE), r->path, v.fields->errors, r->arena);
    page_ahead(response_page(out), &v);
    return v.fields->errors ? response_correct(out) : OK;
}
