/* A linkage for people to read, as JSON, and its pairs as CSV. */
#include "link/linkage_text.h"

#include "base/csv.h"
#include "link/linkage_caution.h"

#include <inttypes.h>
#include <math.h>

void linkage_text(struct text *out, const struct linkage *x)
{
    for (size_t i = 0; i < x->lists; i++)
        text_format(out, "%.*s: %" PRId64 " records of %" PRId64 " people\n", STR(x->name[i]), x->records[i],
                    x->people[i]);
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++) {
            const struct linkage_overlap *o = &x->overlap[i][j];

            text_format(out, "On both %.*s and %.*s: %" PRId64 " linked", STR(x->name[i]), STR(x->name[j]),
                        o->links);
            if (x->imputations)
                text_format(out, "; likely %.0f (95 %%: %.0f to %.0f)", o->matches, o->low, o->high);
            text_lit(out, "\n");
        }
    text_format(out, "Known in all: %" PRId64 " people\n", x->known);
    if (x->imputations)
        text_format(
            out, "Expected errors: %.1f %% of the links are wrong, %.1f %% of the matches are not linked\n",
            100.0 * x->false_share, 100.0 * x->missed_share);
    if (x->caution != LINKAGE_NO_CAUTION)
        text_format(out, "%s\n", linkage_caution_words(x->caution));
}

void linkage_sample_text(struct text *out, const struct sample *x)
{
    struct sample_share right = sample_precision(x);
    struct sample_share linked = sample_recall(x);
    size_t answered = 0;

    for (size_t k = 0; k < SAMPLE_PARTS; k++)
        answered += x->part[k].yes + x->part[k].no;
    text_format(out,
                "The owners answered %zu of %zu pairs: %.1f %% of the links are right (95 %%: %.1f to %.1f), "
                "%.1f %% of the matches are linked (%.1f to %.1f)\n",
                answered, x->n, 100.0 * right.share, 100.0 * right.low, 100.0 * right.high,
                100.0 * linked.share, 100.0 * linked.low, 100.0 * linked.high);
    text_format(
        out,
        "The links and matches above take these answers in; the two shares are of the links that were asked about\n");
    text_format(out,
                "Not asked about: pairs less likely than 1 in 100, of which the model expects %.1f matches\n",
                x->beyond);
}

static void put_share(struct json *j, const char *name, struct sample_share share)
{
    json_object_begin(j, name);
    json_f64(j, "share", share.share);
    json_f64(j, "low95", share.low);
    json_f64(j, "high95", share.high);
    json_object_end(j);
}

static void put_sample(struct json *j, const struct sample *x)
{
    json_object_begin(j, "sample");
    json_array_begin(j, "parts");
    for (size_t k = 0; k < SAMPLE_PARTS; k++) {
        const struct sample_part *p = &x->part[k];

        json_object_begin(j, NULL);
        json_bool(j, "linked", p->is_linked);
        json_i64(j, "pairs", (int64_t)p->pairs);
        json_i64(j, "asked", (int64_t)p->asked);
        json_i64(j, "yes", (int64_t)p->yes);
        json_i64(j, "no", (int64_t)p->no);
        json_object_end(j);
    }
    json_array_end(j);
    json_f64(j, "matches_not_asked_about", x->beyond);
    put_share(j, "precision", sample_precision(x));
    put_share(j, "recall", sample_recall(x));
    json_object_end(j);
}

void linkage_json(struct json *j, const struct linkage *x, const struct sample *answered, const char *version)
{
    json_str(j, "program", S("lykta link"));
    json_str(j, "version", str_of(version));
    json_array_begin(j, "lists");
    for (size_t i = 0; i < x->lists; i++) {
        json_object_begin(j, NULL);
        json_str(j, "name", x->name[i]);
        json_i64(j, "records", x->records[i]);
        json_i64(j, "people", x->people[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_array_begin(j, "overlaps");
    for (size_t i = 0; i < x->lists; i++)
        for (size_t k = i + 1; k < x->lists; k++) {
            const struct linkage_overlap *o = &x->overlap[i][k];

            json_object_begin(j, NULL);
            json_str(j, "list_a", x->name[i]);
            json_str(j, "list_b", x->name[k]);
            json_i64(j, "links", o->links);
            json_f64(j, "matches", o->matches);
            json_f64(j, "low95", o->low);
            json_f64(j, "high95", o->high);
            json_f64(j, "expected_by_odds", o->expected);
            json_object_end(j);
        }
    json_array_end(j);
    json_i64(j, "known", x->known);
    json_i64(j, "answers", (int64_t)x->answers);
    json_i64(j, "imputations", (int64_t)x->imputations);
    json_f64(j, "false_share", x->imputations ? x->false_share : NAN);
    json_f64(j, "missed_share", x->missed_share);
    json_str(j, "caution", str_of(linkage_caution_name(x->caution)));
    if (answered)
        put_sample(j, answered);
}

void linkage_pairs_csv(struct text *out, const struct linkage *x)
{
    text_lit(out, "list_a,row_a,list_b,row_b,log_odds,p,pattern\n");
    for (size_t k = 0; k < x->links; k++) {
        const struct linkage_link *l = &x->link[k];

        csv_put(out, x->name[l->list_a], ',');
        text_format(out, ",%u,", l->i + 1);
        csv_put(out, x->name[l->list_b], ',');
        text_format(out, ",%u,%.3f,", l->j + 1, l->log_odds);
        if (!isnan(l->p))
            text_format(out, "%.4f", l->p);
        text_format(out, ",%03X\n", l->pattern);
    }
}
