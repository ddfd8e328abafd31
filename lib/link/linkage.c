/* Linking: lists of encodings in, who is on which of them out. */
#include "link/linkage.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/progress.h"
#include "base/variate.h"
#include "link/compare.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BURN_IN = 60,
    THINNING = 2,
    MOST_BEST_SWEEPS = 50,
    TABLES = LINKAGE_MAX_LISTS * (LINKAGE_MAX_LISTS + 1) / 2
};

/* Pairs below these odds, when a match is as likely as the model says, are not looked at one by one. */
static const double least_log_odds = -9.0;

/* All that one run needs. */
struct run {
    const struct linkage_list *list;
    size_t lists;
    const struct linkage_options *o;
    struct arena *a;
    struct compared_list *ready;
    struct comparison comparison[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];
    struct odds_table *table; /* pairs of lists first, then each list with itself */
    size_t across;
    struct odds odds;
    bool keep[PATTERNS];
    uint32_t first[LINKAGE_MAX_LISTS + 1]; /* number of a list's first record among all */
    uint32_t *unit;                        /* of each record: the person of its list */
    size_t units;
    uint8_t *unit_list;
    uint32_t *unit_record; /* one record of each */
    struct record_pairs pairs[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];
    struct partition partition;
    uint32_t *held; /* how many imputations hold each edge */
    struct text histories;
    double *drawn[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS]; /* matches, of each imputation */
};

static enum status compare_lists(struct run *x, struct err *e);
static enum status keep_pairs(struct run *x, struct err *e);
static void join_doubles(struct run *x);
static void join_lists(struct run *x);
static enum status draw(struct run *x, struct err *e);
static void best(struct run *x, struct linkage *out);
static void write_history_header(struct run *x);
static void write_histories(struct run *x, const uint32_t *mask, size_t imputation);

/* Where the table of lists i <= j is. */
static size_t table_of(const struct run *x, size_t i, size_t j)
{
    return i == j ? x->across + i : i * x->lists - i * (i + 1) / 2 + j - i - 1;
}

enum status linkage_run(const struct linkage_list *list, size_t lists, const struct linkage_options *options,
                        struct arena *a, struct linkage *out, struct err *e)
{
    struct run *x = arena_new(a, 1, struct run);
    struct linkage *made = arena_new(a, 1, struct linkage);

    *x = (struct run){.list = list, .lists = lists, .o = options, .a = a, .across = lists * (lists - 1) / 2};
    TRY(compare_lists(x, e));
    TRY(odds_fit(&x->odds, options->profile, x->table, x->across + lists, x->across, e));
    TRY(keep_pairs(x, e));
    join_doubles(x);
    join_lists(x);
    x->histories = text_open(a);
    write_history_header(x);
    TRY(draw(x, e));
    best(x, made);
    *out = *made;
    return OK;
}

static enum status compare_lists(struct run *x, struct err *e)
{
    x->ready = arena_new(x->a, x->lists, struct compared_list);
    x->table = arena_new(x->a, TABLES, struct odds_table);
    for (size_t i = 0; i < x->lists; i++) {
        x->first[i + 1] = x->first[i] + (uint32_t)x->list[i].people->n;
        compared_list_make(&x->ready[i], x->list[i].people, x->a);
    }
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++) {
            struct odds_table *t = &x->table[table_of(x, i, j)];
            double n = (double)x->list[i].people->n;
            double m = (double)x->list[j].people->n;
            struct comparison *c = &x->comparison[i][j];

            comparison_make(c, &x->ready[i], &x->ready[j], x->o->profile, x->o->noise_percent, x->a);
            c->threads = x->o->threads;
            c->progress = x->o->progress;
            TRY(compare_count(c, t->count, e));
            t->pairs = i == j ? n * (n - 1.0) / 2.0 : n * m;
            t->limit = i == j ? 3.0 * n : fmin(n, m);
        }
    return OK;
}

static enum status keep_pairs(struct run *x, struct err *e)
{
    double most = log(1e-12);

    for (size_t t = 0; t < x->across + x->lists; t++)
        if (x->table[t].pairs > 0.0)
            most = fmax(most, log((x->table[t].matches + 1e-9) / x->table[t].pairs));
    for (unsigned p = 0; p < PATTERNS; p++)
        x->keep[p] = x->odds.log_ratio[p] + most > least_log_odds;
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            TRY(compare_keep(&x->comparison[i][j], x->keep, x->a, &x->pairs[i][j], e));
    return OK;
}

/* What it says of a pair that it was not kept, if it is one person: rare, and the rule if it is not. */
static double log_hidden(const struct run *x)
{
    double hidden = odds_hidden(&x->odds, x->table, x->across, x->keep);

    return log(fmax(hidden, 1e-6));
}

static struct partition_edge *edges_of(struct run *x, bool is_within, size_t *n)
{
    size_t all = 0;

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            all += (i == j) == is_within ? x->pairs[i][j].n : 0;
    struct partition_edge *edge = arena_new(x->a, all, struct partition_edge);
    *n = 0;
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i; j < x->lists; j++)
            for (size_t k = 0; (i == j) == is_within && k < x->pairs[i][j].n; k++) {
                const struct record_pair *p = &x->pairs[i][j].pair[k];

                edge[(*n)++] = (struct partition_edge){x->first[i] + p->i, x->first[j] + p->j, p->pattern};
            }
    return edge;
}

static uint8_t *lists_of(const struct run *x)
{
    uint8_t *list = arena_new(x->a, x->first[x->lists], uint8_t);

    for (size_t i = 0; i < x->lists; i++)
        memset(list + x->first[i], (int)i, x->first[i + 1] - x->first[i]);
    return list;
}

/* The records of one list that are more likely one person than not become one unit. */
static void join_doubles(struct run *x)
{
    size_t n = x->first[x->lists];
    struct partition p = {.n = n, .lists = x->lists, .list = lists_of(x), .is_free = true};
    uint32_t *of_part = arena_new(x->a, n, uint32_t);

    p.edge = edges_of(x, true, &p.edges);
    p.log_ratio = x->odds.log_ratio;
    p.absent = log_hidden(x);
    for (size_t i = 0; i < x->lists; i++) {
        const struct odds_table *t = &x->table[table_of(x, i, i)];

        p.alike[i] = log((t->matches + 1e-9) / (t->pairs - t->matches + 1.0));
    }
    partition_make(&p, x->a);
    partition_best(&p, MOST_BEST_SWEEPS);
    x->unit = arena_new(x->a, n, uint32_t);
    x->unit_list = arena_new(x->a, n, uint8_t);
    x->unit_record = arena_new(x->a, n, uint32_t);
    for (uint32_t r = 0; r < n; r++) {
        if (of_part[p.part[r]] == 0) {
            x->unit_list[x->units] = p.list[r];
            x->unit_record[x->units] = r;
            of_part[p.part[r]] = (uint32_t)++x->units;
        }
        x->unit[r] = of_part[p.part[r]] - 1;
    }
}

/* By units, the likelier pattern first. */
static int by_units(const void *a, const void *b)
{
    const struct partition_edge *x = a;
    const struct partition_edge *y = b;

    return x->u != y->u ? (x->u < y->u ? -1 : 1) : x->v != y->v ? (x->v < y->v ? -1 : 1) : 0;
}

/* Pairs of records become pairs of units; of several, the likeliest speaks. */
static void join_lists(struct run *x)
{
    size_t n = 0;
    size_t kept = 0;
    struct partition_edge *edge = edges_of(x, false, &n);

    for (size_t k = 0; k < n; k++)
        edge[k] = (struct partition_edge){x->unit[edge[k].u], x->unit[edge[k].v], edge[k].pattern};
    if (n > 1)
        qsort(edge, n, sizeof *edge, by_units);
    for (size_t k = 0; k < n; k++) {
        struct partition_edge *last = kept ? &edge[kept - 1] : NULL;

        if (!last || last->u != edge[k].u || last->v != edge[k].v)
            edge[kept++] = edge[k];
        else if (x->odds.log_ratio[edge[k].pattern] > x->odds.log_ratio[last->pattern])
            last->pattern = edge[k].pattern;
    }
    x->partition = (struct partition){.n = x->units,
                                      .lists = x->lists,
                                      .list = x->unit_list,
                                      .edges = kept,
                                      .edge = edge,
                                      .absent = log_hidden(x)};
    x->partition.log_ratio = x->odds.log_ratio;
    partition_make(&x->partition, x->a);
    x->held = arena_new(x->a, kept, uint32_t);
}

/* A record that is alone may have its partner among the pairs that were not kept: that adds to the weight of
 * being alone, so that it is not forced on somebody else's. */
static void set_alone(struct partition *p)
{
    double hidden = fmin(exp(p->absent), 0.9);

    for (size_t i = 0; i < p->lists; i++) {
        double shared = 0.0;

        for (uint32_t mask = 1; mask < 1U << p->lists; mask++)
            shared += mask >> i & 1U && mask != 1U << i ? p->people[mask] : 0.0;
        p->alone[i] = log1p(hidden * shared / (p->people[1U << i] + 1.0));
    }
}

/* What matches look like, drawn given the links: Dirichlet. Links tell more than the likenesses of all pairs
 * did, so that the table of expectations weighs no more than the fewest matches that are linked at all. */
static void draw_shares(struct run *x, struct rng *r)
{
    double linked[GROUPS][LEVELS] = {{0}};
    const struct partition *p = &x->partition;

    for (size_t e = 0; e < p->edges; e++)
        for (size_t g = 0; g < GROUPS && p->part[p->edge[e].u] == p->part[p->edge[e].v]; g++)
            linked[g][pattern_level(p->edge[e].pattern, g)] += 1.0;
    for (size_t g = 0; g < GROUPS; g++) {
        size_t levels = levels_of(x->o->profile, (enum group)g)->cuts + 1;
        double sum = 0.0;

        if (x->o->profile == PROFILE_CLK && g > 0)
            continue;
        for (size_t l = 0; l < levels; l++) {
            x->odds.match[g][l] =
                variate_gamma(r, ODDS_FEWEST_MATCHES * odds_expectation(x->o->profile, g, l) + linked[g][l]) +
                1e-9;
            sum += x->odds.match[g][l];
        }
        for (size_t l = 0; l < levels; l++)
            x->odds.match[g][l] /= sum;
    }
    odds_set_ratios(&x->odds);
    x->partition.absent = log_hidden(x);
}

/* How many records of list i are too unlike those of list j to be among the edges, though they are one
 * person. It is one bad record that is unlike all others of its person, and is joined to them once: of m
 * records m - 1 pairs go with each, so that a pair counts 1 / (m - 1). */
static double hidden_matches(const struct partition *p, size_t i, size_t j)
{
    double share = fmin(exp(p->absent), 0.9);
    double seen = 0.0;

    for (uint32_t mask = 1; mask < 1U << p->lists; mask++)
        if (mask >> i & mask >> j & 1U)
            seen += p->people[mask] / (double)(__builtin_popcount(mask) - 1);
    return seen * share / (1.0 - share);
}

/* Poisson many: people of list i alone and of list j alone become one, whoever they are: the counts are
 * right, the pairs are not told. */
static int64_t join_hidden(struct run *x, struct rng *r, uint32_t *mask, size_t i, size_t j)
{
    int64_t n = variate_poisson(r, hidden_matches(&x->partition, i, j));
    int64_t joined = 0;

    for (int64_t tries = 0; tries < 50 * n && joined < n; tries++) {
        size_t u = x->partition.part[rng_u64(r) % x->units];
        size_t v = x->partition.part[rng_u64(r) % x->units];

        if (mask[u] & mask[v] || !(mask[u] >> i & 1U) || !(mask[v] >> j & 1U))
            continue;
        mask[u] |= mask[v];
        mask[v] = 0;
        joined++;
    }
    return joined;
}

static void keep_draw(struct run *x, struct rng *r, uint32_t *mask, size_t number)
{
    const struct partition *p = &x->partition;
    int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];

    partition_overlaps(p, overlap);
    for (size_t k = 0; k < p->n; k++)
        mask[k] = p->size[k] ? p->mask[k] : 0;
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++)
            x->drawn[i][j][number] = (double)(overlap[i][j] + join_hidden(x, r, mask, i, j));
    for (size_t e = 0; e < p->edges; e++)
        x->held[e] += p->part[p->edge[e].u] == p->part[p->edge[e].v];
    write_histories(x, mask, number + 1);
}

/* Ends with the shares and histories of the mean of the draws, for the one best linkage. */
static enum status draw(struct run *x, struct err *e)
{
    struct rng r = rng_open(x->o->seed, 0x6C696E6B);
    size_t sweeps = BURN_IN + THINNING * (x->o->imputations ? x->o->imputations : 20);
    uint32_t *mask = arena_new(x->a, x->units, uint32_t);
    struct odds mean = {.match = {{0}}};
    size_t histories = (size_t)1 << x->lists;
    double *people = arena_new(x->a, histories, double);
    double n = 0.0;

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++)
            x->drawn[i][j] = arena_new(x->a, x->o->imputations + 1, double);
    x->partition.people = arena_new(x->a, histories, double);
    x->partition.is_counting = true;
    partition_count(&x->partition);
    set_alone(&x->partition);
    progress_begin(x->o->progress, "drawing linkages", (int64_t)sweeps);
    for (size_t s = 0; s < sweeps; s++) {
        if (progress_should_stop(x->o->progress))
            return err_set(e, SYSTEM, "stopped while drawing linkages; nothing was written");
        x->partition.caution = s < BURN_IN / 2 ? 10.0 - 20.0 * (double)s / BURN_IN : 0.0;
        partition_sweep(&x->partition, &r);
        draw_shares(x, &r);
        set_alone(&x->partition);
        progress_step(x->o->progress, 1);
        if (s < BURN_IN)
            continue;
        n += 1.0;
        for (size_t g = 0; g < GROUPS; g++)
            for (size_t l = 0; l < LEVELS; l++)
                mean.match[g][l] += x->odds.match[g][l];
        for (size_t h = 0; h < histories; h++)
            people[h] += x->partition.people[h];
        if (x->o->imputations && (s - BURN_IN) % THINNING == THINNING - 1)
            keep_draw(x, &r, mask, (s - BURN_IN) / THINNING);
    }
    for (size_t g = 0; g < GROUPS; g++)
        for (size_t l = 0; l < LEVELS; l++)
            x->odds.match[g][l] = mean.match[g][l] / n;
    odds_set_ratios(&x->odds);
    for (size_t h = 0; h < histories; h++)
        x->partition.people[h] = people[h] / n;
    x->partition.is_counting = false;
    return OK;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static void sum_up(struct run *x, struct linkage *out, int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS])
{
    size_t n = x->o->imputations;

    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++) {
            struct linkage_overlap *o = &out->overlap[i][j];
            double *drawn = x->drawn[i][j];

            *o = (struct linkage_overlap){overlap[i][j], NAN, NAN, NAN, x->table[table_of(x, i, j)].matches};
            if (n == 0)
                continue;
            qsort(drawn, n, sizeof *drawn, by_value);
            o->matches = 0.0;
            for (size_t k = 0; k < n; k++)
                o->matches += drawn[k] / (double)n;
            o->low = drawn[(size_t)(0.025 * (double)n)];
            o->high = drawn[n - 1 - (size_t)(0.025 * (double)n)];
        }
}

/* The log odds, before they are compared, that two records of lists i and j are one person, when so many are
 * on both. */
static double log_odds_before(int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS], size_t i, size_t j)
{
    double both = (double)overlap[i][j] + 1.0;

    return log(both /
               ((double)(overlap[i][i] - overlap[i][j] + 1) * (double)(overlap[j][j] - overlap[i][j] + 1)));
}

/* Edge `e` as its owners know it. */
static struct linkage_link link_of(const struct run *x, size_t e,
                                   int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS])
{
    const struct partition_edge *edge = &x->partition.edge[e];
    uint32_t u = x->unit_record[edge->u];
    uint32_t v = x->unit_record[edge->v];
    uint32_t i = x->unit_list[edge->u];
    uint32_t j = x->unit_list[edge->v];

    return (struct linkage_link){i,
                                 u - x->first[i],
                                 j,
                                 v - x->first[j],
                                 edge->pattern,
                                 x->odds.log_ratio[edge->pattern] + log_odds_before(overlap, i, j),
                                 x->o->imputations ? x->held[e] / (double)x->o->imputations : NAN};
}

static void list_links(struct run *x, struct linkage *out,
                       int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS])
{
    const struct partition *p = &x->partition;
    double wrong = 0.0;
    double matches = 0.0;

    out->link = arena_new(x->a, p->edges, struct linkage_link);
    out->other = x->o->with_others ? arena_new(x->a, p->edges, struct linkage_link) : NULL;
    for (size_t i = 0; i < x->lists; i++)
        for (size_t j = i + 1; j < x->lists; j++)
            matches += out->overlap[i][j].matches;
    out->unseen = matches;
    for (size_t e = 0; e < p->edges; e++) {
        struct linkage_link link = link_of(x, e, overlap);

        out->unseen -= link.p;
        if (p->part[p->edge[e].u] == p->part[p->edge[e].v]) {
            wrong += 1.0 - link.p;
            out->link[out->links++] = link;
        } else if (out->other) {
            out->other[out->others++] = link;
        }
    }
    out->unseen = out->unseen < 0.0 ? 0.0 : out->unseen;
    double right = (double)out->links - wrong;
    out->false_share = out->links ? wrong / (double)out->links : 0.0;
    out->missed_share = matches > 0.0 ? fmax(0.0, 1.0 - right / matches) : NAN;
}

/* The best linkage with the mean shares, from every record alone. */
static void best(struct run *x, struct linkage *out)
{
    struct partition *p = &x->partition;
    int64_t overlap[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];
    uint32_t *mask = arena_new(x->a, x->units, uint32_t);

    p->absent = log_hidden(x);
    set_alone(p);
    partition_make(p, x->a);
    partition_best(p, MOST_BEST_SWEEPS);
    partition_overlaps(p, overlap);
    out->lists = x->lists;
    out->imputations = x->o->imputations;
    for (size_t i = 0; i < x->lists; i++) {
        out->name[i] = x->list[i].name;
        out->records[i] = (int64_t)x->list[i].people->n;
        out->people[i] = overlap[i][i];
    }
    for (size_t k = 0; k < p->n; k++) {
        mask[k] = p->size[k] ? p->mask[k] : 0;
        out->known += p->size[k] > 0;
    }
    sum_up(x, out, overlap);
    list_links(x, out, overlap);
    if (x->o->imputations == 0)
        write_histories(x, mask, 0);
    out->histories = text_str(&x->histories);
}

static void write_history_header(struct run *x)
{
    if (x->o->imputations)
        text_lit(&x->histories, "imputation,");
    for (size_t i = 0; i < x->lists; i++) {
        csv_put(&x->histories, x->list[i].name, ',');
        text_byte(&x->histories, ',');
    }
    if (x->o->by_gender)
        text_lit(&x->histories, "gender,");
    if (x->o->by_age)
        text_lit(&x->histories, "age,");
    text_lit(&x->histories, "count\n");
}

/* Votes of a person's records for each category; the unknown ones do not vote, and a tie is unknown. */
static unsigned winner(const uint32_t *votes, size_t n)
{
    unsigned best_of = 0;
    bool is_tie = false;

    for (unsigned c = 1; c < n; c++) {
        if (votes[c] > (best_of ? votes[best_of] : 0)) {
            best_of = c;
            is_tie = false;
        } else if (best_of && votes[c] == votes[best_of]) {
            is_tie = true;
        }
    }
    return is_tie ? 0 : best_of;
}

struct votes {
    uint32_t gender[GENDERS];
    uint32_t age[AGE_CLASSES];
};

/* A person as one number: history, gender, age. */
static uint32_t key_of(const struct run *x, uint32_t mask, const struct votes *v)
{
    unsigned gender = x->o->by_gender ? winner(v->gender, GENDERS) : 0;
    unsigned age = x->o->by_age ? winner(v->age, AGE_CLASSES) : 0;

    return (mask * GENDERS + gender) * AGE_CLASSES + age;
}

static int by_key(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void write_row(struct run *x, size_t imputation, uint32_t key, size_t count)
{
    static const char *const genders[GENDERS] = {"unknown", "woman", "man", "other"};
    static const char *const ages[AGE_CLASSES] = {"unknown", "child", "adult"};
    uint32_t mask = key / (GENDERS * AGE_CLASSES);

    if (imputation)
        text_format(&x->histories, "%zu,", imputation);
    for (size_t i = 0; i < x->lists; i++)
        text_format(&x->histories, "%u,", (unsigned)(mask >> i & 1U));
    if (x->o->by_gender)
        text_format(&x->histories, "%s,", genders[key / AGE_CLASSES % GENDERS]);
    if (x->o->by_age)
        text_format(&x->histories, "%s,", ages[key % AGE_CLASSES]);
    text_format(&x->histories, "%zu\n", count);
}

/* `mask` holds the lists of each part; 0 for one that is empty or has been joined to another. */
static void write_histories(struct run *x, const uint32_t *mask, size_t imputation)
{
    struct arena *a = arena_open();
    struct votes *votes = arena_new(a, x->units, struct votes);
    uint32_t *key = arena_new(a, x->units, uint32_t);
    size_t n = 0;

    for (uint32_t u = 0; u < x->units; u++) {
        const struct encodings *people = x->list[x->unit_list[u]].people;
        size_t i = x->unit_record[u] - x->first[x->unit_list[u]];

        if (people->gender)
            votes[x->partition.part[u]].gender[people->gender[i] % GENDERS]++;
        if (people->age)
            votes[x->partition.part[u]].age[people->age[i] % AGE_CLASSES]++;
    }
    for (size_t k = 0; k < x->units; k++)
        if (mask[k])
            key[n++] = key_of(x, mask[k], &votes[k]);
    if (n > 1)
        qsort(key, n, sizeof *key, by_key);
    for (size_t k = 0, same; k < n; k += same) {
        for (same = 1; k + same < n && key[k + same] == key[k]; same++)
            ;
        write_row(x, imputation, key[k], same);
    }
    arena_close(a);
}
