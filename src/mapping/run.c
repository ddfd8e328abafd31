/* A mapping's run: counts, estimate, protected cube, and the estimate that the cube gives. */
#include "mapping/run.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/counts_parts.h"
#include "estimate/pooled.h"
#include "protect/protect.h"
#include "store/keys.h"

#include <assert.h>

static enum status make_table(const struct mapping *m, const struct counts *counts, struct arena *a,
                              struct table *out, struct err *e);
static size_t category_of(const struct mapping_dimension *d, struct str code);

/* Of what is not published; to two digits, as it is shown, no more are needed. */
enum { MOST_REPLICATES = 1000 };

/* The doubt of who is who shows only between estimates of several linkages. */
static enum status look_exactly(const struct counts_linkages *linkages,
                                const struct mapping_run_options *options, struct arena *a,
                                struct mapping_result *out, struct err *e)
{
    struct estimate_options quick = options->estimate;

    if (!options->exactly && linkages->n == 1)
        return OK;
    bool is_few = options->estimate.replicates >= 0 && options->estimate.replicates < MOST_REPLICATES;
    quick.replicates = is_few ? options->estimate.replicates : MOST_REPLICATES;
    TRY(pooled_estimate(linkages->linkage, linkages->n, &quick, a, &out->estimate, e));
    if (!options->exactly)
        return OK;
    return mapping_evidence_make(linkages, &out->estimate, &quick, &options->evidence, a, &out->evidence, e);
}

enum status mapping_run(const struct mapping *m, const struct counts_linkages *linkages,
                        const struct mapping_run_options *options, struct arena *a,
                        struct mapping_result *out, struct err *e)
{
    struct protect_options how = {.cube = {.base = options->base}};
    struct protection protection;
    struct text id = text_open(a);
    struct mapping_result *result = arena_new(a, 1, struct mapping_result);
    const struct counts *middle = counts_middle(linkages, a);
    struct table table;

    TRY(make_table(m, middle, a, &table, e));
    TRY(look_exactly(linkages, options, a, result, e));
    text_format(&id, "%.*s/%d-%d/people", STR(options->municipality), m->first_year, m->last_year);
    how.cube.id = text_str(&id);
    TRY(protect(&table, &how, options->key->bytes, a, &protection, e));
    result->cube = protection.cube;
    const struct linkage_doubt doubt = {result->estimate.linkages, result->estimate.share_of_linkage};
    TRY(cube_figures(&result->cube, middle, &options->estimate, &options->evidence, &doubt, a, &result->shown,
                     e));
    *out = *result;
    return OK;
}

/* The finest table: everyone by every list, and by every category of every dimension. */
static enum status make_table(const struct mapping *m, const struct counts *counts, struct arena *a,
                              struct table *out, struct err *e)
{
    struct table_dimension *dimension = arena_new(a, m->dimensions + 1, struct table_dimension);
    struct str list[COUNTS_MAX_LISTS];

    assert(m->lists == counts->lists && m->dimensions == counts->strata);
    for (size_t i = 0; i < m->lists; i++)
        list[i] = m->list[i].code;
    for (size_t d = 0; d < m->dimensions; d++) {
        struct str *code = arena_new(a, m->dimension[d].n, struct str);

        for (size_t i = 0; i < m->dimension[d].n; i++)
            code[i] = m->dimension[d].category[i].code;
        dimension[d] = (struct table_dimension){
            .name = m->dimension[d].label.code, .n = m->dimension[d].n, .category = code};
    }
    TRY(table_make_histories(&(struct table_histories){m->lists, list, m->dimensions, dimension}, a, out, e));
    for (size_t r = 0; r < counts->records; r++) {
        const struct counts_record *record = &counts->record[r];
        size_t category[COUNTS_MAX_STRATA] = {0};

        for (size_t d = 0; d < m->dimensions; d++)
            category[d] = category_of(&m->dimension[d], counts->stratum[d].category[record->category[d]]);
        out->count[table_inner_of_history(&out->shape, m->lists, record->history, category)] +=
            record->people;
    }
    return OK;
}

/* mapping_name has found a row for every category of the data. */
static size_t category_of(const struct mapping_dimension *d, struct str code)
{
    size_t i = 0;

    while (!str_equal(d->category[i].code, code))
        i++;
    assert(i < d->n);
    return i;
}
