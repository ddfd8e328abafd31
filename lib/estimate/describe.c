/* Filling an estimate. */
#include "estimate/describe.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/interval.h"
#include "estimate/loglinear.h"
#include "estimate/note.h"
#include "estimate/profile.h"

#include <math.h>
#include <string.h>

const double describe_limits[DESCRIBE_LIMITS] = {0.025, 0.975, 0.1, 0.9};

static void put_term(struct text *out, const struct counts *counts, size_t term)
{
    bool is_first = true;

    if (out->n > 0)
        text_byte(out, ' ');
    for (size_t i = 0; i < counts->lists; i++) {
        if (!(term >> i & 1U))
            continue;
        if (!is_first)
            text_byte(out, ':');
        text_add(out, counts->list[i]);
        is_first = false;
    }
}

void describe_model(struct estimate *out, const struct counts *counts, const struct model *model,
                    const uint16_t *term, size_t n, const double *margin, struct arena *a)
{
    struct estimate_model *m = &out->model;
    struct text name = text_open(a);
    struct text terms = text_open(a);
    struct text removed = text_open(a);

    model_put_name(&name, model);
    m->name = arena_cstr(a, name.p, name.n);
    m->interactions = 0;
    for (size_t i = 0; i < n && i < ESTIMATE_MAX_INTERACTIONS; i++) {
        m->interaction[i] = term[i];
        m->is_removed[i] = margin[term[i]] < 0.5;
        put_term(&terms, counts, term[i]);
        if (m->is_removed[i])
            put_term(&removed, counts, term[i]);
        m->interactions++;
    }
    m->terms = arena_cstr(a, terms.p, terms.n);
    m->removed = arena_cstr(a, removed.p, removed.n);
}

void describe_ends(struct estimate *out, double *ends[DESCRIBE_LIMITS])
{
    ends[0] = &out->ci95[0];
    ends[1] = &out->ci95[1];
    ends[2] = &out->ci80[0];
    ends[3] = &out->ci80[1];
}

void describe_wald(struct estimate *out, double people, double unseen, double standard_error)
{
    double *ends[DESCRIBE_LIMITS];

    describe_ends(out, ends);
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++)
        *ends[i] = interval_wald(people, unseen, standard_error, describe_limits[i]);
    memcpy(out->conditional95, out->ci95, sizeof out->ci95);
    out->interval = ESTIMATE_WALD;
}

void describe_profile(struct estimate *out, const struct loglinear_table *table, const struct loglinear *fit,
                      struct arena *a)
{
    double ci95[2];
    double ci80[2];

    if (!profile_limits(table, fit->term, fit->k, &fit->removed, out->nhat, describe_limits[0], a, ci95) ||
        !profile_limits(table, fit->term, fit->k, &fit->removed, out->nhat, describe_limits[2], a, ci80)) {
        note_warn(out, (struct estimate_note){.kind = ESTIMATE_NO_PROFILE}, a);
        return;
    }
    memcpy(out->ci95, ci95, sizeof ci95);
    memcpy(out->ci80, ci80, sizeof ci80);
    out->interval = ESTIMATE_PROFILE;
}

void describe_refusal(struct estimate *out, struct estimate_note why, struct arena *a)
{
    double *ends[DESCRIBE_LIMITS];

    describe_ends(out, ends);
    out->status = ESTIMATE_REFUSED;
    out->reason = note_of(why, a);
    out->nhat = NAN;
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++)
        *ends[i] = NAN;
    out->range[0] = out->range[1] = NAN;
    out->conditional95[0] = out->conditional95[1] = NAN;
    out->interval = ESTIMATE_NO_INTERVAL;
    out->alternatives = 0;
}
