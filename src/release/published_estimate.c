/* What of an estimate may be published. */
#include "release/published_estimate.h"

#include "base/arena.h"
#include "estimate/estimate.h"
#include "estimate/method.h"
#include "mapping/evidence.h"
#include "protect/cube.h"
#include "protect/dark_figure.h"
#include "release/release_notes.h"

#include <assert.h>
#include <math.h>

static_assert((int)RELEASE_UNKNOWN == (int)DARK_FIGURE_UNKNOWN, "one value for a figure there is none of");
static_assert((int)RELEASE_MAX_METHODS >= (int)ESTIMATE_MAX_METHODS, "every method that was tried has room");

static void take_limits(const double unrounded[2], int64_t out[2]);
static void take_figures(const struct estimate *unrounded, struct release_estimate *out);
static void take_pairs(const struct estimate *unrounded, const struct mapping *m, const struct cube *cube,
                       struct arena *a, struct release_estimate *out);
static void take_alternatives(const struct estimate *unrounded, struct release_estimate *out);
static void take_warnings(const struct estimate *unrounded, struct release_estimate *out);

/* Of few people, or few on two lists, a range would be about the rounding. */
static bool is_told_as_range(enum estimate_note_kind why)
{
    return why == ESTIMATE_MODELS_DISAGREE || why == ESTIMATE_PRIOR_DECIDES || why == ESTIMATE_SHAPE_UNSEEN ||
           why == ESTIMATE_ALL_METHODS;
}

void published_estimate(const struct estimate *unrounded, const struct mapping *m, const struct cube *cube,
                        struct arena *a, struct release_estimate *out)
{
    static const enum release_answer answers[] = {[ESTIMATE_POINT] = RELEASE_POINT,
                                                  [ESTIMATE_RANGE] = RELEASE_RANGE,
                                                  [ESTIMATE_REFUSED] = RELEASE_REFUSED};

    *out = (struct release_estimate){.answer = answers[unrounded->status],
                                     .nhat = RELEASE_UNKNOWN,
                                     .ci95 = {RELEASE_UNKNOWN, RELEASE_UNKNOWN},
                                     .ci80 = {RELEASE_UNKNOWN, RELEASE_UNKNOWN},
                                     .range = {RELEASE_UNKNOWN, RELEASE_UNKNOWN},
                                     .interval = S("none"),
                                     .method = str_of(unrounded->method),
                                     .threshold = unrounded->threshold,
                                     .replicates = unrounded->replicates,
                                     .is_resolved = unrounded->is_resolved,
                                     .seed = unrounded->seed};
    if (unrounded->status != ESTIMATE_POINT) {
        out->reason = release_note_of(unrounded->reason.kind);
        if (!is_told_as_range(unrounded->reason.kind))
            out->answer = RELEASE_REFUSED;
    }
    if (out->answer == RELEASE_REFUSED)
        return;
    take_figures(unrounded, out);
    take_pairs(unrounded, m, cube, a, out);
    take_alternatives(unrounded, out);
    take_warnings(unrounded, out);
}

void published_methods(const struct mapping_evidence *unrounded, struct release_estimate *out)
{
    struct release_methods *told = &out->methods;

    *told = (struct release_methods){.range = {RELEASE_UNKNOWN, RELEASE_UNKNOWN}};
    if (out->answer == RELEASE_REFUSED || isnan(unrounded->range[0]))
        return;
    take_limits(unrounded->range, told->range);
    for (size_t i = 0; i < unrounded->methods; i++) {
        const struct method *m = unrounded->method[i].method;

        if (!unrounded->method[i].is_bound)
            told->method[told->n++] =
                (struct release_note){str_of(m->name), str_of(m->antagande), str_of(m->assumption)};
    }
    told->lowest = str_of(unrounded->method[unrounded->lowest].method->name);
    told->highest = str_of(unrounded->method[unrounded->highest].method->name);
}

static void take_limits(const double unrounded[2], int64_t out[2])
{
    out[0] = dark_figure_round(unrounded[0], DARK_FIGURE_DOWN);
    out[1] = dark_figure_round(unrounded[1], DARK_FIGURE_UP);
}

static void take_figures(const struct estimate *unrounded, struct release_estimate *out)
{
    if (out->answer == RELEASE_RANGE) {
        take_limits(unrounded->range, out->range);
        return;
    }
    out->nhat = dark_figure_round(unrounded->nhat, DARK_FIGURE_NEAREST);
    out->interval = str_of(estimate_interval_name(unrounded->interval));
    take_limits(unrounded->ci95, out->ci95);
    take_limits(unrounded->ci80, out->ci80);
}

static size_t list_index(const struct mapping *m, struct str code)
{
    size_t i = 0;

    while (i < m->lists && !str_equal(m->list[i].code, code))
        i++;
    return i;
}

/* People on both lists, as the cube tells it. */
static int64_t shared_people(const struct cube *cube, size_t first, size_t second)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS] = {0};

    coordinate[first] = 2; /* after "Total" and "0" */
    coordinate[second] = 2;
    return cube_cell(cube, table_cell(&cube->shape, coordinate)).n;
}

static void take_pairs(const struct estimate *unrounded, const struct mapping *m, const struct cube *cube,
                       struct arena *a, struct release_estimate *out)
{
    struct str rest = str_of(unrounded->model.terms);
    struct str term;

    while (rest.n > 0 && out->pairs < RELEASE_MAX_PAIRS) {
        struct str first;
        struct str second;

        if (!str_cut(rest, ' ', &term, &rest))
            rest = S("");
        if (!str_cut(term, ':', &first, &second))
            continue;
        size_t i = list_index(m, first);
        size_t j = list_index(m, second);
        if (i == m->lists || j == m->lists || shared_people(cube, i, j) < PUBLISHED_PAIR_PEOPLE)
            continue;
        out->pair[out->pairs++] = str_of(arena_printf(a, "%.*s+%.*s", STR(first), STR(second)));
    }
}

/* Only those with a figure, and only those of thresholds: the range holds the others. */
static void take_alternatives(const struct estimate *unrounded, struct release_estimate *out)
{
    for (size_t i = 0; i < unrounded->alternatives && out->alternatives < RELEASE_MAX_ALTERNATIVES; i++) {
        const struct estimate_alternative *other = &unrounded->alternative[i];
        int64_t nhat = dark_figure_round(other->nhat, DARK_FIGURE_NEAREST);

        if (nhat != RELEASE_UNKNOWN && !isnan(other->threshold))
            out->alternative[out->alternatives++] = (struct release_alternative){
                .threshold = other->threshold, .nhat = nhat, .is_defensible = other->is_defensible};
    }
}

/* That a list moves the figure is for the analyst, of the exact counts (docs/decisions/0124). */
static void take_warnings(const struct estimate *unrounded, struct release_estimate *out)
{
    if (unrounded->linkages > 1)
        out->warning[out->warnings++] = release_linkages_note;
    for (size_t i = 0; i < unrounded->warnings && out->warnings < RELEASE_MAX_NOTES; i++) {
        struct release_note note = release_note_of(unrounded->warning[i].kind);
        bool is_told = unrounded->warning[i].kind == ESTIMATE_LIST_MOVES;

        for (size_t j = 0; j < out->warnings; j++)
            is_told = is_told || str_equal(out->warning[j].code, note.code);
        if (!is_told)
            out->warning[out->warnings++] = note;
    }
}
