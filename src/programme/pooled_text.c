/* The pooled figures in plain English, for a terminal. */
#include "programme/pooled.h"

#include "base/text.h"

#include <inttypes.h>
#include <math.h>

/* A prediction whose ends differ more than this many times tells nothing. */
static const double most_told = 1000.0;

static void tell_left_out(struct text *out, const struct arrivals *all);
static void tell_period(struct text *out, const struct pooled_period *p);

void pooled_text(struct text *out, const struct pooled *x)
{
    if (!x->is_trusted)
        text_lit(
            out,
            "No list of trusted keys was given: every release is whole, but who made it is not proven.\n");
    tell_left_out(out, x->arrivals);
    for (size_t i = 0; i < x->n; i++)
        tell_period(out, &x->period[i]);
}

static void tell_left_out(struct text *out, const struct arrivals *all)
{
    for (size_t i = all->accepted; i < all->n; i++)
        text_format(out, "Left out: %s: %.*s.\n", all->arrival[i].path, STR(all->arrival[i].reason));
}

static void tell_years(struct text *out, const struct pooled_period *p)
{
    text_format(out, "\n%d", p->first_year);
    if (p->last_year != p->first_year)
        text_format(out, "-%d", p->last_year);
    text_format(out, ": %zu of %zu %s pooled%s\n", p->pooled, p->n, p->n == 1 ? "city" : "cities",
                p->is_example ? " (example figures)" : "");
}

static void tell_differences(struct text *out, const struct pooled_period *p)
{
    static const char *const words[DIFFERENCES] = {
        [DIFFERS_PEOPLE] = "counts other people and is not pooled",
        [DIFFERS_EXAMPLE] = "is an example, or the only one that is not, and is not pooled",
        [DIFFERS_METHOD] = "estimated by another method",
        [DIFFERS_PROTECTION] = "protected by other rules",
        [DIFFERS_PROGRAM] = "made by another version of the program",
        [DIFFERS_TABLES] = "has some table in another form, which is not added"};

    for (size_t i = 0; i < p->n; i++)
        for (int bit = 0; bit < DIFFERENCES; bit++)
            if (p->city[i].differs >> bit & 1)
                text_format(out, "  %.*s %s.\n", STR(p->city[i].release->city), words[bit]);
}

static void tell_estimate(struct text *out, const struct pooled_period *p)
{
    text_format(out, "  Known: %" PRId64 " (%" PRId64 " to %" PRId64 ", for certain).\n", p->seen, p->seen_lo,
                p->seen_hi);
    if (p->nhat != RELEASE_UNKNOWN && p->ci95[1] != RELEASE_UNKNOWN)
        text_format(
            out, "  Known and not known, in %zu %s: about %" PRId64 " (95 %%: %" PRId64 " to %" PRId64 ").\n",
            p->summed, p->summed == 1 ? "city" : "cities", p->nhat, p->ci95[0], p->ci95[1]);
    else
        text_lit(out, "  No city has an estimate that can be added.\n");
    if (p->summed == p->pooled)
        return;
    text_format(out, "  In all %zu: at least %" PRId64 ". Not in the sum:\n", p->pooled, p->at_least);
    for (size_t i = 0; i < p->n; i++)
        if (p->city[i].part == PART_AT_LEAST)
            text_format(out, "    %.*s: %s; at least %" PRId64 "\n", STR(p->city[i].release->city),
                        p->city[i].release->answer == RELEASE_POINT ? "an estimate without an upper limit"
                        : p->city[i].release->answer == RELEASE_RANGE
                            ? "a range, which is not an estimate"
                            : "no estimate: the data did not allow one",
                        p->city[i].least);
}

static void tell_comparison(struct text *out, const struct pooled_period *p)
{
    static const char *const words[] = {
        [FUNNEL_BETWEEN] = "differs more than one city in twenty does by chance",
        [FUNNEL_OUTSIDE] = "differs by more than chance and the usual differences make likely"};
    const struct effects *x = &p->effects;

    if (p->not_compared_en.n > 0) {
        text_format(out, "  Not compared: %.*s.\n", STR(p->not_compared_en));
        return;
    }
    text_format(out, "  For each 100000 inhabitants, in %zu cities: %.3g (95 %%: %.3g to %.3g).\n", x->n,
                exp(x->mean), exp(x->mean_ci95[0]), exp(x->mean_ci95[1]));
    if (x->prediction95[1] - x->prediction95[0] < log(most_told))
        text_format(out, "  A further city: %.3g to %.3g.\n", exp(x->prediction95[0]),
                    exp(x->prediction95[1]));
    else
        text_lit(out, "  What a further city would have cannot be told from so few.\n");
    text_format(out, "  Of what differs between cities, %.0f %% (%.0f to %.0f %%) is not uncertainty.\n",
                100 * x->i2, 100 * x->i2_ci95[0], 100 * x->i2_ci95[1]);
    for (size_t i = 0; i < p->n; i++)
        if (p->city[i].is_compared && p->city[i].place != FUNNEL_INSIDE)
            text_format(out, "  %.*s %s.\n", STR(p->city[i].release->city), words[p->city[i].place]);
}

static void tell_period(struct text *out, const struct pooled_period *p)
{
    tell_years(out, p);
    tell_differences(out, p);
    tell_estimate(out, p);
    tell_comparison(out, p);
}
