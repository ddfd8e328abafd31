/* figure: what a reader who knows how a release is made, and all of it but the city's key, works out of its
 * protected cells from the dark figure. For each table that some key rounds to what is shown, the release is
 * made as the program makes it, and as it would be from the exact counts; tables whose release reads the same
 * cannot be told apart. Writes docs/measurements/figure-attack.csv. With --check it is a test. */
#include "figure_tables.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "mapping/run.h"
#include "protect/cube.h"
#include "release/published_estimate.h"
#include "release/release_files.h"
#include "store/keys.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = 300, FEWEST_VALUES = 5 };

/* What is read: the tables alone; the figure with its limits, were they of one digit; the figure as it is
 * told, with both intervals; the ends of the range over the methods too; and all of estimate.json. */
enum told { TABLES, ONE_DIGIT, FIGURE, RANGE, ALL, TOLDS };
static const char *const told_name[] = {"tables", "figure of one digit", "figure", "range", "all"};

/* What the figure is worked out from. */
enum source { EXACT, CUBE, SOURCES };
static const char *const source_name[] = {"exact counts", "rounded table"};

/* A table that some key rounds to what is shown, and what its release reads like. */
struct candidate {
    int64_t people[MOST_CELLS];
    uint64_t reads[SOURCES][TOLDS];
};

struct attack {
    const struct universe *u;
    struct arena *arena;
    struct str *list, *category;
    size_t n;
    struct candidate *candidate;
};

static void must(enum status s, const struct err *e)
{
    if (s == OK)
        return;
    fprintf(stderr, "%s\n", e->what);
    exit(1);
}

static bool is_shown(const struct attack *x, const struct cube *cube)
{
    for (size_t i = 0; i < x->u->cells; i++) {
        const struct cell *c = &x->u->cell[i];
        size_t at[TABLE_MAX_DIMENSIONS] = {0};

        for (size_t k = 0; k < x->u->lists; k++)
            at[k] = c->lists >> k & 1U ? 2 : 1;
        at[x->u->lists] = c->category + 1;
        if (cube_cell(cube, table_cell(&cube->shape, at)).n != c->shown)
            return false;
    }
    return true;
}

/* A key that rounds the table to what is shown; false when none of those tried does. */
static bool find_key(const struct attack *x, const int64_t *people, struct arena *a, struct key *key)
{
    const struct table_dimension column = {.name = S("k"), .n = x->u->categories, .category = x->category};
    struct table t;
    struct cube cube;
    struct err e = {0};

    must(table_make_histories(&(struct table_histories){x->u->lists, x->list, 1, &column}, a, &t, &e), &e);
    for (size_t i = 0; i < x->u->cells; i++)
        t.count[table_inner_of_history(&t.shape, x->u->lists, x->u->cell[i].lists, &x->u->cell[i].category)] =
            people[i];
    for (unsigned k = 0; k < KEYS; k++) {
        *key = (struct key){{(unsigned char)k, (unsigned char)(k >> 8)}};
        must(
            cube_make(&t, &(struct cube_options){.id = S("1281/2025-2025/people")}, key->bytes, a, &cube, &e),
            &e);
        if (is_shown(x, &cube))
            return true;
    }
    return false;
}

/* The rows of a file of histories. */
static struct str histories(const struct attack *x, const int64_t *people, struct arena *a)
{
    struct text out = text_open(a);

    text_lit(&out, "A,B,C,D,");
    out.n = 2 * x->u->lists;
    text_lit(&out, "k,count\n");
    for (size_t i = 0; i < x->u->cells; i++) {
        for (size_t k = 0; k < x->u->lists; k++)
            text_format(&out, "%u,", x->u->cell[i].lists >> k & 1U);
        text_format(&out, "k%zu,%" PRId64 "\n", x->u->cell[i].category, people[i]);
    }
    return text_str(&out);
}

static struct str names(const struct attack *x, struct arena *a)
{
    struct text out = text_open(a);

    text_lit(&out, "code,sv,en\n");
    for (size_t i = 0; i < x->u->categories; i++)
        text_format(&out, "k=k%zu,%zu,%zu\n", i, i, i);
    return text_str(&out);
}

/* One significant digit of `people`, upward or downward. */
static int64_t one_digit(int64_t people, bool is_up)
{
    int64_t step = 1;

    while (people >= 10 * step)
        step *= 10;
    return people > 0 ? (people + (is_up ? step - 1 : 0)) / step * step : people;
}

static void make_coarse(struct release_estimate *e)
{
    e->nhat = one_digit(e->nhat, false);
    e->ci80[0] = e->ci80[1] = 0;
    for (size_t i = 0; i < 2; i++) {
        e->ci95[i] = one_digit(e->ci95[i], i == 1);
        e->range[i] = one_digit(e->range[i], i == 1);
    }
}

/* What stands in estimate.json, down to `told`. */
static uint64_t reading(const struct release_estimate *x, enum told told, struct arena *a)
{
    struct release *r = arena_new(a, 1, struct release);
    struct release_estimate *e = &r->estimate;
    struct text out = text_open(a);
    struct json j = json_open(&out);
    uint64_t hash[2];

    *e = *x;
    if (told < ALL) {
        e->alternatives = e->pairs = e->warnings = 0;
        e->methods.lowest = e->methods.highest = e->interval = S("");
        e->replicates = 0;
        e->is_resolved = false;
    }
    if (told < RANGE)
        e->methods.n = 0;
    if (told == ONE_DIGIT)
        make_coarse(e);
    release_put_estimate(&j, NULL, r);
    crypto_generichash((unsigned char *)hash, sizeof hash, (const unsigned char *)text_str(&out).p,
                       text_str(&out).n, NULL, 0);
    return told == TABLES ? 0 : hash[0];
}

static void read_release(const struct attack *x, const struct key *key, struct candidate *c, struct arena *a)
{
    struct mapping_run_options how = {.estimate = estimate_options_default(),
                                      .municipality = S("1281"),
                                      .key = key,
                                      .evidence = {.methods = x->u->methods},
                                      .exactly = true};
    struct mapping *m = arena_new(a, 1, struct mapping);
    struct mapping_result *result = arena_new(a, 1, struct mapping_result);
    struct release_estimate *told = arena_new(a, SOURCES, struct release_estimate);
    struct counts counts;
    struct err e = {0};

    how.estimate.replicates = x->u->replicates;
    how.estimate.threads = 1;
    m->first_year = m->last_year = 2025;
    must(counts_read(&counts, "histories", histories(x, c->people, a), a, &e), &e);
    must(mapping_name(m, &counts, "names", names(x, a), a, &e), &e);
    must(mapping_run(m, &(struct counts_linkages){1, &counts}, &how, a, result, &e), &e);
    if (!is_shown(x, &result->cube)) {
        fprintf(stderr, "the release is rounded in another way than the attack thinks\n");
        exit(1);
    }
    published_estimate(&result->estimate, m, &result->cube, a, &told[EXACT]);
    published_methods(&result->evidence, &told[EXACT]);
    published_estimate(&result->shown.estimate, m, &result->cube, a, &told[CUBE]);
    published_methods(&result->shown.evidence, &told[CUBE]);
    for (int s = 0; s < SOURCES; s++)
        for (int t = 0; t < TOLDS; t++)
            c->reads[s][t] = reading(&told[s], (enum told)t, a);
}

static int64_t lowest(const struct attack *x, size_t i)
{
    int64_t n = x->u->cell[i].shown;

    return i >= x->u->unknown ? n : n < FEWEST_VALUES ? 0 : n - FEWEST_VALUES + 1;
}

static int64_t highest(const struct attack *x, size_t i)
{
    return x->u->cell[i].shown + (i < x->u->unknown ? FEWEST_VALUES - 1 : 0);
}

/* The next table within the printed intervals, as digits are counted. */
static bool next(const struct attack *x, int64_t *people)
{
    for (size_t i = 0; i < x->u->unknown; i++) {
        if (++people[i] <= highest(x, i))
            return true;
        people[i] = lowest(x, i);
    }
    return false;
}

static void collect(struct attack *x)
{
    size_t most = 1;
    struct candidate now = {0};

    for (size_t i = 0; i < x->u->cells; i++) {
        most *= (size_t)(highest(x, i) - lowest(x, i) + 1);
        now.people[i] = lowest(x, i);
    }
    x->candidate = arena_new(x->arena, most, struct candidate);
    do {
        struct arena *a = arena_open();
        struct key key;

        if (find_key(x, now.people, a, &key)) {
            read_release(x, &key, &now, a);
            x->candidate[x->n++] = now;
        }
        arena_close(a);
    } while (next(x, now.people));
}

/* Over every table and unknown cell: how many values are left. */
struct outcome {
    size_t all, narrowed, exposed, pinned;
    int64_t left, printed, least;
};

/* The values of cell `i` in the tables that read as `c` does. */
static int64_t values_left(const struct attack *x, const struct candidate *c, enum source s, enum told t,
                           size_t i, bool *is_small)
{
    bool is_there[2 * FEWEST_VALUES] = {false};
    int64_t n = 0;

    *is_small = true;
    for (size_t k = 0; k < x->n; k++)
        if (x->candidate[k].reads[s][t] == c->reads[s][t]) {
            int64_t people = x->candidate[k].people[i];

            n += is_there[people - lowest(x, i)] ? 0 : 1;
            is_there[people - lowest(x, i)] = true;
            *is_small = *is_small && people >= 1 && people < FEWEST_VALUES;
        }
    return n;
}

static struct outcome judge(const struct attack *x, enum source s, enum told t)
{
    struct outcome o = {.least = INT64_MAX};

    for (size_t k = 0; k < x->n; k++)
        for (size_t i = 0; i < x->u->unknown; i++) {
            bool is_small = false;
            int64_t left = values_left(x, &x->candidate[k], s, t, i, &is_small);
            int64_t printed = highest(x, i) - lowest(x, i) + 1;

            o.all++;
            o.narrowed += left < printed;
            o.exposed += left < FEWEST_VALUES || is_small;
            o.pinned += left == 1;
            o.left += left;
            o.printed += printed;
            o.least = left < o.least ? left : o.least;
        }
    return o;
}

static void put(const struct attack *x, enum source s, enum told t, const struct outcome *o)
{
    double all = (double)o->all;

    printf("\"%s\",%s,%s,%zu,%.3f,%.3f,%.3f,%.2f,%.2f,%" PRId64 "\n", x->u->name, source_name[s],
           told_name[t], x->n, (double)o->narrowed / all, (double)o->exposed / all, (double)o->pinned / all,
           (double)o->left / all, (double)o->printed / all, o->least);
    fflush(stdout);
}

/* The attack must work where it should, and must not from the rounded table: false otherwise. */
static bool is_as_it_should(enum source s, enum told t, const struct outcome *o)
{
    if (s == EXACT && t == ALL)
        return o->narrowed > 0;
    return s == EXACT || o->narrowed == 0;
}

static bool attack(const struct universe *u)
{
    struct arena *a = arena_open();
    struct attack x = {.u = u, .arena = a};
    bool is_right = true;

    x.list = arena_new(a, u->lists, struct str);
    x.category = arena_new(a, u->categories, struct str);
    for (size_t i = 0; i < u->lists; i++)
        x.list[i] = str_of(arena_printf(a, "%c", 'A' + (int)i));
    for (size_t i = 0; i < u->categories; i++)
        x.category[i] = str_of(arena_printf(a, "k%zu", i));
    collect(&x);
    for (int s = 0; s < SOURCES; s++)
        for (int t = 0; t < TOLDS; t++) {
            struct outcome o = judge(&x, (enum source)s, (enum told)t);

            put(&x, (enum source)s, (enum told)t, &o);
            is_right = is_right && is_as_it_should((enum source)s, (enum told)t, &o);
        }
    arena_close(a);
    return is_right;
}

int main(int argc, char **argv)
{
    bool is_check = argc > 1 && strcmp(argv[1], "--check") == 0;
    bool is_right = true;

    if (sodium_init() < 0)
        return 1;
    printf("table,worked out from,told,tables that fit,narrowed,exposed,one value,values left,values printed,"
           "fewest left\n");
    for (const struct universe *u = universes; u->name; u++)
        if (!is_check || u->is_quick)
            is_right = attack(u) && is_right;
    return is_right ? 0 : 1;
}
