/* The sentences that go with an estimate. */
#include "estimate/note.h"

#include "base/arena.h"

#include <math.h>

const char *const note_assumptions[] = {
    "Nobody joins or leaves the population while the lists are kept.",
    "The same person is recognised on every list, and two people are never taken for one.",
    "Every list uses the same definition of who belongs on it.",
    "Lists depend on each other only in the ways the model names.",
    NULL,
};

/* Those without a figure in them. */
static const char *const fixed[] = {
    [ESTIMATE_INDEPENDENCE_ASSUMED] =
        "Independence of the two lists is assumed and cannot be tested with two lists.",
    [ESTIMATE_LOWER_BOUND] =
        "The figure is a lower bound: people who differ in how easily they are listed make the true number larger.",
    [ESTIMATE_NO_PROFILE] =
        "The profile likelihood could not be followed to its limits, so Wald's interval is given.",
    [ESTIMATE_ONE_SIDED] =
        "The bootstrap gives no interval of its own (all replicates lie on one side of the estimate, or it has none with one "
        "person less), so Wald's is given, which does not count the choice of model as uncertain.",
    [ESTIMATE_ALIKE_INDEPENDENT] =
        "Two lists are taken as independent among people who are alike in the columns given and on no other list; this cannot "
        "be tested.",
    [ESTIMATE_NO_OVERLAP] = "Nobody is on two lists, so nothing can be said about how many are on none.",
    [ESTIMATE_NOT_CONNECTED] = "The lists fall into groups that have nobody in common.",
    [ESTIMATE_IS_INFINITE] = "With the chosen model the number of unseen grows without bound.",
    [ESTIMATE_IS_ZERO] = "With the chosen model the number of unseen falls to nothing.",
    [ESTIMATE_IS_UNIDENTIFIED] = "With the chosen model different numbers of unseen fit equally well.",
    [ESTIMATE_BELOW_SEEN] = "The lists that can be used give a figure below the number already seen.",
};

static const char *sentence(const struct estimate_note *n, struct arena *a);

struct estimate_note note_of(struct estimate_note facts, struct arena *a)
{
    facts.text = sentence(&facts, a);
    return facts;
}

void note_warn(struct estimate *out, struct estimate_note facts, struct arena *a)
{
    if (out->warnings < ESTIMATE_MAX_NOTES)
        out->warning[out->warnings++] = note_of(facts, a);
}

/* Each of these: NULL when the note is about something else. */
static const char *why_a_range(const struct estimate_note *n, struct arena *a)
{
    if (n->kind == ESTIMATE_MODELS_DISAGREE && isinf(n->value))
        return "A model that the data support about equally well has no bound on the number of unseen, so only a "
               "range is given.";
    if (n->kind == ESTIMATE_MODELS_DISAGREE)
        return arena_printf(
            a,
            "Models that the data support about equally well give figures that differ by a factor "
            "%.1f, so only a range is given.",
            n->value);
    if (n->kind == ESTIMATE_FEW_PEOPLE)
        return arena_printf(a, "Only %.0f people were seen, fewer than 30, so only a range is given.",
                            n->value);
    if (n->kind == ESTIMATE_FEW_OVERLAPS)
        return arena_printf(
            a, "Only %.0f people are on two lists or more, fewer than 10, so only a range is given.",
            n->value);
    if (n->kind == ESTIMATE_ALL_METHODS)
        return arena_printf(a, "The range is that of %.0f methods, each resting on another assumption.",
                            n->value);
    if (n->kind == ESTIMATE_PRIOR_DECIDES)
        return arena_printf(
            a,
            "What is assumed before the data decides the figure: with another prior it is about "
            "%.0f, so only a range over both is given.",
            n->value);
    if (n->kind == ESTIMATE_SHAPE_UNSEEN)
        return arena_printf(a,
                            "How people who were not seen differ from each other shows in no list, so only a "
                            "range over %.0f model%s that fit%s about equally well is given.",
                            n->value, n->value > 1.5 ? "s" : "", n->value > 1.5 ? "" : "s");
    return NULL;
}

static const char *about_a_list(const struct estimate_note *n, struct arena *a)
{
    if (n->kind == ESTIMATE_LIST_MOVES)
        return arena_printf(
            a,
            "Without the list \"%.*s\" the figure is about %.0f, outside the 95 %% limits with it: much "
            "hangs on that list.",
            STR(n->list), n->value);
    if (n->kind == ESTIMATE_LIST_EMPTY)
        return arena_printf(a, "Nobody is on the list \"%.*s\"; it was left out.", STR(n->list));
    if (n->kind == ESTIMATE_LIST_HOLDS_ALL)
        return arena_printf(
            a,
            "Everybody seen is on the list \"%.*s\"; it says nothing about who is on none and was "
            "left out.",
            STR(n->list));
    if (n->kind == ESTIMATE_LISTS_IDENTICAL)
        return arena_printf(
            a,
            "The lists \"%.*s\" and \"%.*s\" hold exactly the same people: if one is a copy of the "
            "other, remove it, because a copy makes the unseen look fewer.",
            STR(n->list), STR(n->other));
    return NULL;
}

static const char *about_the_limits(const struct estimate_note *n, struct arena *a)
{
    if (n->kind == ESTIMATE_UNRESOLVED)
        return arena_printf(
            a,
            "The limits lie beyond what %.0f bootstrap replicates resolve, so Wald's interval is "
            "given, which does not count the choice of model as uncertain.",
            n->value);
    if (n->kind == ESTIMATE_REPLICATES_FAILED)
        return arena_printf(a,
                            "%.1f %% of the bootstrap replicates have no estimate, more than 5 %%, so Wald's "
                            "interval is given, which does not count the choice of model as uncertain.",
                            100.0 * n->value);
    if (n->kind == ESTIMATE_LOW_COVERAGE)
        return arena_printf(
            a,
            "The lists share too little for a figure (sample coverage %.0f %%, at least 55 %% is asked "
            "for), so it is a lower bound, provided that lists do not avoid each other.",
            100.0 * n->value);
    if (n->kind == ESTIMATE_SHARE_HELD)
        return arena_printf(
            a,
            "For %.1f %% of the people almost nobody like them is on both lists: their part of "
            "the figure rests on a floor of 0.5 %%.",
            100.0 * n->value);
    if (n->kind == ESTIMATE_MODELS_LEFT)
        return arena_printf(
            a,
            "Of all models of pairs of lists only %.0f were compared: others may fit as well and "
            "give another figure.",
            n->value);
    if (n->kind == ESTIMATE_MODES)
        return arena_printf(a,
                            "The figure has %.0f separate likely values; the data do not tell which of them "
                            "is right.",
                            n->value);
    return NULL;
}

static const char *refusal(const struct estimate_note *n, struct arena *a)
{
    if (n->kind == ESTIMATE_TOO_MANY_LISTS)
        return arena_printf(
            a, "There are %.0f lists, more than this method can estimate from: merge lists of one kind.",
            n->value);
    if (n->kind == ESTIMATE_TOO_FEW_LISTS)
        return arena_printf(
            a, "Only %.0f list%s can be used; two lists or more are needed to say how many are on none.",
            n->value, n->value > 0.5 ? "" : "s");
    if (n->kind == ESTIMATE_FEW_OVERLAPPING_PAIRS)
        return arena_printf(
            a,
            "Only %.0f pair%s of lists %s anybody in common; with three lists or more at least three "
            "pairs are needed.",
            n->value, n->value > 1.5 ? "s" : "", n->value > 1.5 ? "have" : "has");
    if (n->kind == ESTIMATE_NOT_CONVERGED && !isfinite(n->value))
        return "No simulation could be started: what is likely cannot be found to the precision of the arithmetic.";
    if (n->kind == ESTIMATE_NOT_CONVERGED)
        return arena_printf(a,
                            "Simulations from different starts have not come to the same distribution (R-hat "
                            "%.3f, 1.01 is asked for).",
                            n->value);
    return NULL;
}

static const char *sentence(const struct estimate_note *n, struct arena *a)
{
    static const char *(*const of_a_kind[])(const struct estimate_note *, struct arena *) = {
        why_a_range, about_a_list, about_the_limits, refusal};
    const char *text = NULL;

    for (size_t i = 0; !text && i < sizeof of_a_kind / sizeof of_a_kind[0]; i++)
        text = of_a_kind[i](n, a);
    return text ? text : fixed[n->kind];
}
