/* How many are not seen: the front of the estimators. A table and options in; an estimate, a range or a
 * refusal out.
 *
 * Multiple systems estimation with a log-linear model chosen forward by p-value (Chan, Silverman & Vincent
 * 2021, J. R. Statist. Soc. A 184, 1080-1102), bias-corrected accelerated bootstrap intervals that repeat the
 * choice of model in every replicate (Efron 1987), and an exact test of whether the number asked for exists
 * at all (Fienberg & Rinaldo 2012, Ann. Statist. 40, 996-1023). What is refused, and why, follows the
 * criticism in Whitehead, Jackson, Balch & Francis (2021) and Binette & Steorts (2022). See
 * docs/methods/estimation.md. */
#ifndef LYKTA_ESTIMATE_ESTIMATE_H
#define LYKTA_ESTIMATE_ESTIMATE_H

#include "base/err.h"
#include "estimate/counts.h"
#include "estimate/exists.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct bootstrap_share;
struct diagnostics;
struct linkage_sweep;
struct method;
struct progress;

enum {
    ESTIMATE_MAX_LISTS = 8,
    ESTIMATE_MAX_INTERACTIONS = 247, /* sets of two of the lists or more */
    ESTIMATE_MAX_NOTES = 64,
    ESTIMATE_MAX_ALTERNATIVES = 64,
    ESTIMATE_MAX_MODES = 4,
    ESTIMATE_MAX_METHODS = 12
};

/* Replicates are added by tens from 1000 until both limits are resolved, at most ESTIMATE_MAX_REPLICATES
 * ("bic": 10,000). */
enum { ESTIMATE_REPLICATES_AUTO = -1, ESTIMATE_MAX_REPLICATES = 1000000 };

enum estimate_interval {
    ESTIMATE_NO_INTERVAL,
    ESTIMATE_WALD,
    ESTIMATE_BCA,
    ESTIMATE_PROFILE,
    ESTIMATE_CREDIBLE,
    ESTIMATE_RUBIN,
    ESTIMATE_PARAMETRIC
};

struct estimate_options {
    const struct method *method; /* a row of methods[] (method.h); NULL: the first, stepwise */
    double threshold; /* a pair of lists enters the model while its p-value is below this; 0: independence */
    size_t order;     /* lists that a term of a model may hold, where all models are searched or bayes chooses
                         terms, which takes at most BAYES_MAX_ORDER; 0: the usual */
    int64_t replicates;              /* of the bootstrap; 0: none, intervals are Wald's */
    enum estimate_interval interval; /* ESTIMATE_PROFILE or ESTIMATE_WALD where a model is chosen,
                                        ESTIMATE_PARAMETRIC with "stepwise"; else the usual */
    struct str covariates;           /* columns of categories, for doubly_robust_method alone */
    bool without_alternatives;       /* "stepwise" does not look at other models: for a figure among many */
    uint64_t seed;
    int threads;                         /* 0: one per processor; never changes a result */
    const struct bootstrap_share *share; /* bootstrap.h; replicates shared with other processes, or NULL */
    struct progress *progress;           /* may be NULL */
};

/* Threshold 0.02, replicates auto, seed 1, all processors. */
struct estimate_options estimate_options_default(void);

enum estimate_status {
    ESTIMATE_POINT,  /* one figure with its interval */
    ESTIMATE_RANGE,  /* models that the data support equally disagree, or the data are few: only a range */
    ESTIMATE_REFUSED /* the data do not allow a figure; n is the lower bound */
};

/* What a reader must know. The kind lets a page tell it in its own language; `text` tells it in English. */
enum estimate_note_kind {
    /* reasons to refuse */
    ESTIMATE_TOO_MANY_LISTS,
    ESTIMATE_TOO_FEW_LISTS,
    ESTIMATE_NO_OVERLAP,
    ESTIMATE_FEW_OVERLAPPING_PAIRS,
    ESTIMATE_NOT_CONNECTED,
    ESTIMATE_IS_INFINITE,
    ESTIMATE_IS_ZERO,
    ESTIMATE_IS_UNIDENTIFIED,
    ESTIMATE_BELOW_SEEN,
    ESTIMATE_NOT_CONVERGED,
    /* reasons to give a range only */
    ESTIMATE_ALL_METHODS,
    ESTIMATE_MODELS_DISAGREE,
    ESTIMATE_FEW_PEOPLE,
    ESTIMATE_FEW_OVERLAPS,
    ESTIMATE_PRIOR_DECIDES,
    ESTIMATE_SHAPE_UNSEEN,
    /* warnings */
    ESTIMATE_LIST_EMPTY,
    ESTIMATE_LIST_HOLDS_ALL,
    ESTIMATE_LISTS_IDENTICAL,
    ESTIMATE_INDEPENDENCE_ASSUMED,
    ESTIMATE_UNRESOLVED,
    ESTIMATE_REPLICATES_FAILED,
    ESTIMATE_ONE_SIDED,
    ESTIMATE_LIST_MOVES,
    ESTIMATE_LOWER_BOUND,
    ESTIMATE_LOW_COVERAGE,
    ESTIMATE_NO_PROFILE,
    ESTIMATE_MODES,
    ESTIMATE_ALIKE_INDEPENDENT,
    ESTIMATE_SHARE_HELD,
    ESTIMATE_MODELS_LEFT
};

struct estimate_note {
    enum estimate_note_kind kind;
    const char *text;       /* a sentence */
    struct str list, other; /* the lists it is about, else empty */
    double value;           /* the number it is about (people, share of replicates), else 0 */
};

struct estimate_model {
    const char *name; /* generators by list number from 1: "[12,13,4]"; with "+ Darroch", how people differ */
    const char *terms;   /* its terms of two lists or more, by list names: "NG:GP LA:PF"; "" when none */
    const char *removed; /* those of them without any person: their parameter is minus infinity */
    size_t interactions;
    uint16_t interaction[ESTIMATE_MAX_INTERACTIONS]; /* the same terms as masks over `list` of the estimate */
    bool is_removed[ESTIMATE_MAX_INTERACTIONS];
    double deviance, aic, bic; /* bic by log n of people; both count removed terms as parameters */
    int64_t df;                /* cells that are not removed, less finite parameters */
};

struct estimate_alternative {
    double threshold;    /* the first that gives this model; 0 is independence; NaN where there is none */
    const char *model;   /* generators */
    const char *setting; /* what else is another: "prior half as strong"; NULL: nothing */
    double nhat;         /* infinite, or NaN, where `status` says so */
    double ci95[2];      /* 0 and 0 where there is none */
    const char *status;  /* "finite", "infinite", "zero", "unidentified" */
    double aic, bic;
    bool is_defensible;
};

/* A separate mode of a posterior distribution: the share of draws about it, and their median. */
struct estimate_mode {
    double share, middle;
};

/* How a simulation from a posterior distribution went; all 0 for methods without one. */
struct estimate_posterior {
    int64_t chains;
    int64_t sweeps;   /* of each chain, the first half of which is thrown away */
    double rhat, ess; /* as in convergence.h */
    size_t modes;     /* separate ones found, told when there is more than one */
    struct estimate_mode mode[ESTIMATE_MAX_MODES];
};

/* How far down the list of models by BIC a bootstrap's answer moves (bic_settled.h); all 0 unless "bic" with
 * replicates, of one linkage. */
struct estimate_settled {
    int64_t tables; /* searched again: replicates, and the table with one person less, with an overlap */
    int64_t
        rank; /* the fewest best models of the data that hold the best of every table; 0: not in `listed` */
    int64_t rank95; /* the same for 95 % of the tables */
    int64_t listed; /* best models of the data that were looked through */
};

/* One of several methods. */
struct estimate_of_method {
    const struct method *method;
    enum estimate_status status;
    const char *reason; /* NULL for a point */
    double nhat;
    double limit[2]; /* 95 % limits, or the range where that is what the method gives; NaN when refused */
    enum estimate_interval interval;
    const char *model; /* NULL: it has none */
    bool is_bound;     /* a lower bound: not part of the range */
};

/* Figures are people. What is not known (no interval, refused) is NaN; nhat is NaN when refused. */
struct estimate {
    enum estimate_status status;
    struct estimate_note reason; /* why a range or a refusal; text is NULL for a point */
    int64_t n;                   /* people seen, on any list: the lower bound, always */
    int64_t on_two_lists;        /* of them on two lists or more */
    size_t lists;                /* used, after empty ones and those that hold everyone are left out */
    struct str list[ESTIMATE_MAX_LISTS];
    int64_t on_list[ESTIMATE_MAX_LISTS];
    int64_t overlap[ESTIMATE_MAX_LISTS][ESTIMATE_MAX_LISTS]; /* [i][j], i < j: people on both */
    double nhat;
    bool is_bound; /* nhat is a lower bound: the methods "chao", and "coverage" where lists share little */
    double ci95[2], ci80[2];
    double
        conditional95[2]; /* Wald's, which take the chosen model for certain; NaN where the method has none */
    double range[2];      /* the headline when status is ESTIMATE_RANGE */
    enum estimate_interval interval;
    const char
        *method;      /* the name of its row; "chapman" where two lists were too few for the one asked for */
    double threshold; /* NaN where the method has none */
    struct estimate_model model;
    int64_t models_tried;
    int64_t replicates;       /* done */
    int64_t without_estimate; /* of them */
    bool is_resolved;         /* the bootstrap reaches both 95 % limits: B min(p', 1-p') >= 25 */
    struct estimate_settled settled;
    double bias, acceleration; /* z0 and a of the bootstrap's interval; NaN without it */
    struct estimate_posterior posterior;
    size_t
        draws; /* sorted: replicates with an estimate (bca, parametric), or from the posterior (credible) */
    const double *draw;                /* of the number of people, in the arena; NULL for other intervals */
    size_t linkages;                   /* pooled; 0 for one linkage taken for certain (pooled.h) */
    const struct linkage_sweep *sweep; /* NULL unless asked for (linkage_sweep.h) */
    double share_of_linkage;           /* of the variance that comes from not knowing who is who */
    size_t methods;                    /* told side by side; 0 unless the method is "all" */
    size_t methods_with_figure;
    struct estimate_of_method of_method[ESTIMATE_MAX_METHODS];
    const struct diagnostics *diagnostics; /* NULL unless the method is "all" */
    size_t alternatives;
    struct estimate_alternative alternative[ESTIMATE_MAX_ALTERNATIVES];
    size_t warnings;
    struct estimate_note warning[ESTIMATE_MAX_NOTES];
    uint64_t seed;
};

/* Estimates how many people there are, seen and unseen, from `counts`, by the method asked for. A refusal is
 * an answer: the call is OK and out->status says so. Only being asked to stop fails (SYSTEM); *out is
 * untouched then. Texts are in `a`; names of lists are views of those in `counts`. The same counts, options
 * and seed give the same bytes on any machine with the same arithmetic, whatever `threads`.
 *
 * Refused: more than ESTIMATE_MAX_LISTS lists; fewer than two that tell something; no person on two lists;
 * with three lists or more, fewer than three overlapping pairs or lists that fall into unconnected groups; a
 * chosen model whose dark figure is infinite, zero or not identified.
 *
 * Two lists: Chapman's estimate (1951), on the assumption, which two lists cannot test, that they are
 * independent.
 *
 * Alternatives of "stepwise" are the distinct models of independence and of the thresholds 0.001, 0.005,
 * 0.05, 0.1 and 0.2, and all models of pairs of lists whose BIC is within 6 of the smallest among them. One
 * is defensible when its BIC or its AIC is within 6 of the smallest among the alternatives and the chosen
 * one. When a defensible one differs from the chosen by more than a factor 2, the status is ESTIMATE_RANGE:
 * from the lowest to the highest of the defensible figures and the chosen model's 95 % limits; without an
 * upper end where a defensible model has none. With fewer than 30 people, or fewer than 10 on two lists or
 * more, it is ESTIMATE_RANGE with the 95 % limits.
 *
 * ESTIMATE_PARAMETRIC: replicates are drawn from the chosen model, as many people as it says there are, and
 * the limits are corrected for bias alone (a = 0; Efron 1981, Canad. J. Statist. 9, 139-172).
 *
 * No bootstrap interval when more than 5 % of the replicates have no estimate, all replicates lie on one
 * side, or a limit is beyond what the replicates resolve: then Wald's on the log of the unseen, and a
 * warning. */
enum status estimate(const struct counts *counts, const struct estimate_options *options, struct arena *a,
                     struct estimate *out, struct err *e) MUST_USE;

/* Why a dark figure of the classes infinite, zero and unidentified is refused. */
enum estimate_note_kind estimate_kind_of(enum dark_figure d);

/* Are there fewer than 30 people, or fewer than 10 on two lists or more? Then *why says so, without its text.
 */
bool estimate_is_of_few(const struct estimate *x, struct estimate_note *why);

/* The words of the contract: "estimate", "range", "refused"; "bca", "wald", "profile", "credible", "rubin",
 * "parametric", "none". */
const char *estimate_status_name(enum estimate_status status);
const char *estimate_interval_name(enum estimate_interval interval);

#endif
