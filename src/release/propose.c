/* From capture histories to a release that only waits to be published. */
#include "release/propose.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/counts.h"
#include "mapping/example.h"
#include "mapping/run.h"
#include "store/city.h"
#include "store/keys.h"

#include <inttypes.h>

static enum status check_areas(const struct release *r, struct err *e);
static void preview_estimate(const struct release_estimate *estimate, struct text *out);

/* The estimate names pairs of lists by what the mapping calls them in files. */
static void use_codes(const struct mapping *m, struct counts_linkages *linkages)
{
    for (size_t i = 0; i < linkages->n; i++)
        for (size_t k = 0; k < m->lists; k++)
            linkages->linkage[i].list[k] = m->list[k].code;
}

/* Runs the mapping with the example's key or the city's, which is wiped after it. */
static enum status run_mapping(const struct city *city, const struct proposal *p, const struct mapping *m,
                               const struct counts_linkages *linkages, struct arena *a,
                               struct mapping_result *result, struct err *e)
{
    struct mapping_run_options options = {.estimate = p->estimate,
                                          .base = p->base,
                                          .municipality = city->municipality,
                                          .key = &mapping_example_key,
                                          .evidence = p->wanted,
                                          .exactly = p->evidence != NULL};
    struct key own;

    if (p->has_example_key)
        return mapping_run(m, linkages, &options, a, result, e);
    TRY(key_read(city->path, KEY_CUBE, &own, e));
    options.key = &own;
    enum status s = mapping_run(m, linkages, &options, a, result, e);
    key_wipe(&own);
    return s;
}

enum status release_propose(const struct city *city, const struct proposal *p, struct mapping *m,
                            struct arena *a, struct release *out, struct err *e)
{
    struct mapping_result *result = arena_new(a, 1, struct mapping_result);
    struct counts_linkages linkages;

    TRY(counts_read_linkages(&linkages, p->histories_name, p->histories, a, e));
    TRY(mapping_name(m, &linkages.linkage[0], p->names_name, p->names, a, e));
    TRY(mapping_check(m, e));
    use_codes(m, &linkages);
    TRY(run_mapping(city, p, m, &linkages, a, result, e));
    release_make(city, m, result, p->now_at, a, out);
    out->has_example_key = p->has_example_key;
    if (p->evidence)
        *p->evidence = result->evidence;
    return check_areas(out, e);
}

/* The tables of columns have a row for each category, in its order. */
static const struct release_row *small_area_in(const struct release_table *t,
                                               const struct mapping_dimension *d)
{
    for (size_t i = 0; i < t->n && i < d->n; i++)
        if (d->is_area[i] && t->row[i].figure.people < RELEASE_LEAST_IN_AREA)
            return &t->row[i];
    return NULL;
}

const struct release_row *release_small_area(const struct release *r)
{
    for (size_t d = 0; d < r->mapping.dimensions; d++)
        for (size_t t = 0; t < r->tables; t++) {
            bool is_of = str_equal(r->table[t].label.code, r->mapping.dimension[d].label.code);
            const struct release_row *found =
                is_of ? small_area_in(&r->table[t], &r->mapping.dimension[d]) : NULL;

            if (found)
                return found;
        }
    return NULL;
}

static enum status check_areas(const struct release *r, struct err *e)
{
    const struct release_row *area = release_small_area(r);

    if (!area)
        return OK;
    return err_set(e, REFUSED, "%.*s would be shown with fewer than %d people: count it with a neighbour",
                   STR(area->label.en), (int)RELEASE_LEAST_IN_AREA);
}

void release_preview(const struct release *r, struct text *out)
{
    const struct mapping *m = &r->mapping;

    text_format(out, "Release %.*s of %.*s%s\n", STR(r->name), STR(r->city),
                m->is_example ? " (an example)" : "");
    text_format(out, "  %.*s\n  %.*s\n", STR(m->title_sv), STR(m->title_en));
    text_format(out, "  Source: %.*s\n", STR(m->source_en));
    text_format(out, "  Seen: %.*s (%" PRId64 "-%" PRId64 ")\n", STR(r->seen.en), r->seen.lo, r->seen.hi);
    preview_estimate(&r->estimate, out);
    for (size_t i = 0; i < r->tables; i++) {
        const struct release_table *t = &r->table[i];

        text_format(out, "  %.*s: %zu figures\n", STR(t->label.en), t->n);
        if (str_is(t->label.code, "overlap"))
            continue;
        for (size_t j = 0; j < t->n; j++)
            text_format(out, "    %-44.*s %.*s (%" PRId64 "-%" PRId64 ")\n", STR(t->row[j].label.en),
                        STR(t->row[j].figure.en), t->row[j].figure.lo, t->row[j].figure.hi);
    }
    text_format(out,
                "  Every count is rounded to multiples of %" PRId64 "; exact counts are not in the release\n",
                r->protection.base);
}

static void preview_limits(const char *what, const int64_t limits[2], struct text *out)
{
    text_format(out, "%s%" PRId64 "-", what, limits[0]);
    if (limits[1] == RELEASE_UNKNOWN)
        text_lit(out, "(no upper limit)");
    else
        text_i64(out, limits[1]);
}

static void preview_estimate(const struct release_estimate *estimate, struct text *out)
{
    switch (estimate->answer) {
    case RELEASE_POINT:
        text_format(out, "  Estimated, seen and unseen: about %" PRId64, estimate->nhat);
        preview_limits(" (95 %: ", estimate->ci95, out);
        text_lit(out, ")\n");
        break;
    case RELEASE_RANGE:
        preview_limits("  Estimated, seen and unseen: a range only, ", estimate->range, out);
        text_byte(out, '\n');
        break;
    case RELEASE_REFUSED:
        text_lit(out, "  Estimated, seen and unseen: no figure\n");
        break;
    }
    if (estimate->reason.code.n > 0)
        text_format(out, "  Why: %.*s\n", STR(estimate->reason.en));
    for (size_t i = 0; i < estimate->warnings; i++)
        text_format(out, "  Note: %.*s\n", STR(estimate->warning[i].en));
}
