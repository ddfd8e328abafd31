/* Latent classes. */
#include "estimate/classes.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/convergence.h"
#include "estimate/counts.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/latent_chain.h"
#include "estimate/note.h"
#include "estimate/posterior.h"

enum {
    CHAINS = 8,
    CLASSES = 10,
    THIN = 4,
    SEGMENT = 500,        /* draws of a chain between looks at the signal flag */
    FIRST_SEGMENTS = 2,   /* 4,000 sweeps before the first look at convergence */
    MOST_SEGMENTS = 64,   /* 128,000 sweeps */
    MOST_COMPARED = 2000, /* draws of a chain that R-hat looks at */
    SWEEPS_A_SEGMENT = SEGMENT * THIN
};

static const double most_rhat = 1.01;
static const double least_ess = 400.0;

struct run {
    struct latent_ladder ladder;
    struct latent_chain chain[CHAINS];
    double *unseen[CHAINS]; /* [segments * SEGMENT] */
    size_t segments;        /* done */
};

static bool run_to(struct run *run, size_t segments, const struct estimate_options *options);
static struct convergence compare_chains(const struct run *run);
static size_t second_halves(const struct run *run, double n, double *people);

enum status classes(const struct method_call *call, struct estimate *out, struct err *e)
{
    const struct counts *counts = call->counts;
    struct run *run = arena_new(call->a, 1, struct run);
    size_t most = ((size_t)1 << counts->lists) - 1;
    struct convergence c = {0};

    latent_ladder_make(&run->ladder, counts->y, counts->lists, most < CLASSES ? most : CLASSES);
    for (size_t i = 0; i < CHAINS; i++) {
        run->unseen[i] = arena_new(call->a, MOST_SEGMENTS * SEGMENT, double);
        latent_chain_start(&run->chain[i], &run->ladder, call->options->seed, i);
    }
    for (size_t segments = FIRST_SEGMENTS; segments <= MOST_SEGMENTS; segments *= 2) {
        if (!run_to(run, segments, call->options))
            return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
        c = compare_chains(run);
        if (c.rhat <= most_rhat && c.ess >= least_ess)
            break;
    }
    double *people = arena_new(call->a, CHAINS * run->segments * SEGMENT, double);
    size_t draws = second_halves(run, (double)counts->n, people);
    posterior_describe(out, people, draws);
    out->posterior = (struct estimate_posterior){
        .chains = CHAINS, .sweeps = (int64_t)run->segments * SWEEPS_A_SEGMENT, .rhat = c.rhat, .ess = c.ess};
    posterior_find_modes(&out->posterior, people, draws, call->a);
    if (c.rhat > most_rhat || c.ess < least_ess)
        describe_refusal(out, (struct estimate_note){.kind = ESTIMATE_NOT_CONVERGED, .value = c.rhat},
                         call->a);
    else if (out->posterior.modes > 1)
        note_warn(out, (struct estimate_note){.kind = ESTIMATE_MODES, .value = (double)out->posterior.modes},
                  call->a);
    return OK;
}

static void run_segment(void *work, size_t chain)
{
    struct run *run = work;

    latent_chain_run(&run->chain[chain], &run->ladder, SEGMENT, THIN,
                     run->unseen[chain] + run->segments * SEGMENT);
}

static bool run_to(struct run *run, size_t segments, const struct estimate_options *options)
{
    progress_begin(options->progress, "latent classes", (int64_t)((segments - run->segments) * CHAINS));
    for (; run->segments < segments; run->segments++)
        if (!parallel_for(CHAINS, options->threads, run_segment, run, options->progress))
            return false;
    return true;
}

static struct convergence compare_chains(const struct run *run)
{
    struct arena *a = arena_open();
    size_t kept = run->segments * SEGMENT / 2;
    size_t stride = (kept + MOST_COMPARED - 1) / MOST_COMPARED;
    size_t n = kept / stride / 2 * 2;
    double *draw = arena_new(a, CHAINS * n, double);

    for (size_t i = 0; i < CHAINS; i++)
        for (size_t k = 0; k < n; k++)
            draw[i * n + k] = run->unseen[i][kept + (k + 1) * stride - 1];
    struct convergence c = convergence_of(draw, CHAINS, n, a);
    arena_close(a);
    return c;
}

/* The people, seen and unseen, of the draws after the first half of each chain; returns how many draws. */
static size_t second_halves(const struct run *run, double n, double *people)
{
    size_t draws = 0;

    for (size_t i = 0; i < CHAINS; i++)
        for (size_t k = run->segments * SEGMENT / 2; k < run->segments * SEGMENT; k++)
            people[draws++] = n + run->unseen[i][k];
    return draws;
}
