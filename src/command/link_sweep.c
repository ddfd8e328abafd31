/* lykta link --sweep. */
#include "command/link_sweep.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/str.h"
#include "command/command.h"
#include "estimate/counts_parts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

_Static_assert((int)COUNTS_MAX_LISTS == (int)LINKAGE_MAX_LISTS,
               "a linkage's lists are those of its histories");

static const double least_odds = 1e-3, most_odds = 1e6;
static const double usual_from = 0.01, usual_to = 100.0;

static void add(struct link_sweep *x, double odds)
{
    if (odds == 1.0)
        x->even = x->n;
    x->odds[x->n] = odds;
    x->log_odds[x->n++] = log(odds);
}

/* Round odds, so that a reader can say them. */
static void add_between(struct link_sweep *x, double from, double to)
{
    static const double digits[] = {1.0, 2.0, 5.0};

    for (int tens = -3; tens <= 6; tens++)
        for (size_t d = 0; d < 3; d++) {
            double odds = tens < 0 ? digits[d] / pow(10.0, -tens) : digits[d] * pow(10.0, tens);

            if (odds > from && odds < to)
                add(x, odds);
        }
}

enum status link_sweep_read(struct link_sweep *out, const struct call *call, struct err *e)
{
    const char *ends = call_option(call, "--sweep-odds");
    struct str from;
    struct str to;
    double first = usual_from;
    double last = usual_to;

    *out = (struct link_sweep){.n = 0};
    if (!call_has(call, "--sweep") && ends)
        return err_set(e, USAGE, "lykta link: --sweep-odds says from where to where --sweep goes: give both");
    if (!call_has(call, "--sweep"))
        return OK;
    if (!call_has(call, "-o"))
        return err_set(e, USAGE, "lykta link: --sweep needs -o: the histories would stand in the same place");
    if (ends && (!str_cut(str_of(ends), ',', &from, &to) || !f64_from_str(from, least_odds, 1.0, &first) ||
                 !f64_from_str(to, 1.0, most_odds, &last) || !(first < last)))
        return err_set(
            e, USAGE,
            "lykta link: --sweep-odds: expected FROM,TO, odds with evens between them: FROM from %g "
            "to 1, TO from 1 to %.0f, and not the same; found \"%.40s\"",
            least_odds, most_odds, ends);
    add(out, first);
    add_between(out, first, last);
    add(out, last);
    return OK;
}

static enum status estimate_cut(struct link_sweep_answer *out, const struct counts *like,
                                const struct linkage_cut *cut, const struct estimate_options *options,
                                struct err *e)
{
    struct arena *own = arena_open();
    struct counts *counts = arena_new(own, 1, struct counts);
    struct estimate *x = arena_new(own, 1, struct estimate);

    counts_of_people(counts, like, cut->people, own);
    enum status s = estimate(counts, options, own, x, e);
    if (s == OK) {
        const double *limit = x->status == ESTIMATE_RANGE ? x->range : x->ci95;
        bool is_told = x->status != ESTIMATE_REFUSED;

        *out = (struct link_sweep_answer){
            x->status, is_told ? x->nhat : NAN, {is_told ? limit[0] : NAN, is_told ? limit[1] : NAN}};
    }
    arena_close(own);
    return s;
}

/* What all cuts say together. */
static void conclude(struct link_sweep *x)
{
    const struct link_sweep_answer *even = &x->answer[x->even];
    bool is_point = true;

    for (size_t k = 0; k < x->n; k++)
        is_point &= x->answer[k].status == ESTIMATE_POINT && x->answer[k].nhat >= even->limit[0] &&
                    x->answer[k].nhat <= even->limit[1];
    x->status = even->status == ESTIMATE_REFUSED ? ESTIMATE_REFUSED
                : is_point                       ? ESTIMATE_POINT
                                                 : ESTIMATE_RANGE;
    x->least = NAN;
    x->most = NAN;
    for (size_t k = 0; k < x->n && x->status != ESTIMATE_REFUSED; k++) {
        const struct link_sweep_answer *answer = &x->answer[k];

        x->least = fmin(x->least, is_point ? answer->nhat : answer->limit[0]);
        x->most = fmax(x->most, is_point ? answer->nhat : answer->limit[1]);
    }
}

enum status link_sweep_estimate(struct link_sweep *x, const struct linkage *found,
                                const struct estimate_options *options, struct arena *a, struct err *e)
{
    struct estimate_options quick = *options;
    struct counts *like = arena_new(a, 1, struct counts);

    quick.replicates = 0;
    like->lists = found->lists;
    memcpy(like->list, found->name, sizeof found->name);
    for (size_t k = 0; k < x->n; k++)
        TRY(estimate_cut(&x->answer[k], like, &found->cut[k], &quick, e));
    if (x->n > 0)
        conclude(x);
    return OK;
}

static void put_row(struct text *out, double odds, const struct link_sweep_answer *answer,
                    const struct linkage_cut *cut)
{
    text_format(out, "%9.6g  %9" PRId64 "  %9" PRId64 "  %8.1f  %8.1f  %9" PRId64 "  ", odds, cut->pairs,
                cut->links, cut->false_links, cut->missed, cut->known);
    if (answer->status == ESTIMATE_REFUSED)
        text_lit(out, "refused\n");
    else if (answer->status == ESTIMATE_RANGE)
        text_format(out, "%.0f to %.0f\n", answer->limit[0], answer->limit[1]);
    else
        text_format(out, "%.0f (%.0f to %.0f)\n", answer->nhat, answer->limit[0], answer->limit[1]);
}

void link_sweep_text(struct text *out, const struct link_sweep *x, const struct linkage *found)
{
    text_lit(out, "Joined from these odds on (1: what is told above)\n"
                  "     odds      pairs      links     wrong    missed     people  estimate (95 %)\n");
    for (size_t k = 0; k < x->n; k++)
        put_row(out, x->odds[k], &x->answer[k], &found->cut[k]);
    if (x->status == ESTIMATE_REFUSED)
        text_lit(out, "At odds of 1 these histories give no estimate; lykta estimate says why.\n");
    else if (x->status == ESTIMATE_POINT)
        text_format(out,
                    "The estimate does not rest on the odds: it goes from %.0f to %.0f, inside its limits at "
                    "odds of 1.\n",
                    x->least, x->most);
    else
        text_format(
            out,
            "The estimate rests on the odds, or is a range at some of them: tell a range, from %.0f to "
            "%.0f.\n",
            x->least, x->most);
}

static void put_cut(struct json *j, double odds, const struct link_sweep_answer *answer,
                    const struct linkage_cut *cut)
{
    json_object_begin(j, NULL);
    json_f64(j, "odds", odds);
    json_f64(j, "probability", odds / (1.0 + odds));
    json_i64(j, "pairs", cut->pairs);
    json_i64(j, "links", cut->links);
    json_f64(j, "expected_false", cut->false_links);
    json_f64(j, "expected_missed", cut->missed);
    json_i64(j, "known", cut->known);
    json_str(j, "status", str_of(estimate_status_name(answer->status)));
    json_f64(j, "nhat", answer->nhat);
    json_f64(j, "low95", answer->limit[0]);
    json_f64(j, "high95", answer->limit[1]);
    json_object_end(j);
}

void link_sweep_json(struct json *j, const struct link_sweep *x, const struct linkage *found)
{
    json_object_begin(j, "sweep");
    json_str(j, "status", str_of(estimate_status_name(x->status)));
    json_f64(j, "least", x->least);
    json_f64(j, "most", x->most);
    json_array_begin(j, "cuts");
    for (size_t k = 0; k < x->n; k++)
        put_cut(j, x->odds[k], &x->answer[k], &found->cut[k]);
    json_array_end(j);
    json_object_end(j);
}
