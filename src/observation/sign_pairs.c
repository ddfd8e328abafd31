/* Which signs are told together. */
#include "observation/sign_pairs.h"

#include "base/arena.h"
#include "observation/year_situations.h"
#include "protect/protect.h"
#include "store/db.h"

#include <stdlib.h>

/* DRAWS: how often a pair is rounded anew before it is left out. TRIED: how many pairs are tried for a list,
 * so that a year in which hardly any fits is not looked through to its end. */
enum { DRAWS = 16, TRIED = 3 * PAIRS_SHOWN, COMBINATIONS = 1 << PAIRS_SHOWN };

static bool is_repeated(const struct report *r, size_t sign)
{
    for (size_t i = 0; i < sign; i++)
        if (str_equal(r->sign[i], r->sign[sign]))
            return true;
    return false;
}

static enum status count_pair(struct db *db, int year, struct str form, struct str one, struct str other,
                              struct err *e)
{
    static const char sql[] = "insert into sign_pair (year, form, one, other, n) values ($1, $2, $3, $4, 1) "
                              "on conflict (year, form, one, other) do update set n = sign_pair.n + 1";
    struct query q = db_query(db, sql);
    bool is_in_order = str_compare(one, other) < 0;

    bind_int(&q, 1, year);
    bind_str(&q, 2, form);
    bind_str(&q, 3, is_in_order ? one : other);
    bind_str(&q, 4, is_in_order ? other : one);
    return query_run(&q, e);
}

enum status sign_pairs_count(struct db *db, const struct report *r, struct str form, int year, struct err *e)
{
    for (size_t i = 1; i < r->n_signs; i++)
        for (size_t j = 0; j < i && !is_repeated(r, i); j++)
            if (!is_repeated(r, j))
                TRY(count_pair(db, year, form, r->sign[j], r->sign[i], e));
    return OK;
}

/* A pair with its exact count. */
struct told {
    struct sign_pair pair;
    int64_t exact;
};

/* One draw of the pair's rounding, into pair.n, .lo and .hi. */
static enum status round_pair(const struct overview_source *source, int year, size_t form, int draw,
                              struct told *t, struct err *e)
{
    struct arena *a = arena_open();
    struct str name = str_of(arena_printf(a, "%.*s %.*s", STR(t->pair.one), STR(t->pair.other)));
    const struct table_dimension dimension = {.name = S("pair"), .n = 1, .category = &name};
    const char *id = arena_printf(a, "%.*s/%d/signs-together/%s/%.*s/%d", STR(source->municipality), year,
                                  situation_form_name[form], STR(name), draw);
    const struct protect_options how = {.cube = {.id = str_of(id)}};
    struct protection protection;
    struct table table;
    enum status s = table_make(&dimension, 1, a, &table, e);

    if (s == OK) {
        table.count[0] = t->exact;
        s = protect(&table, &how, source->key, a, &protection, e);
    }
    if (s == OK) {
        struct cube_cell cell = cube_cell(&protection.cube, 0);

        t->pair.n = cell.n;
        t->pair.lo = cell.lo;
        t->pair.hi = cell.hi;
    }
    arena_close(a);
    return s;
}

/* The pairs that can come to be shown: of fewer than PAIR_LEAST no rounding is. */
static enum status read_told(const struct overview_source *source, int year, size_t form, struct arena *a,
                             struct told **out, size_t *n, struct err *e)
{
    static const char sql[] = "select one, other, n from sign_pair where year = $1 and form = $2 and n >= $3 "
                              "order by one, other";
    struct query q = db_query(source->db, sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, year);
    bind_str(&q, 2, str_of(situation_form_name[form]));
    bind_int(&q, 3, PAIR_LEAST);
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[(*n)++] = (struct told){.pair = {.one = query_str(&q, 0, a), .other = query_str(&q, 1, a)},
                                       .exact = query_int(&q, 2)};
    }
    return query_end(&q, e);
}

/* The largest rounded figure first; among equal ones the signs decide, never the exact counts. */
static int by_figure(const void *x, const void *y)
{
    const struct sign_pair *p = x;
    const struct sign_pair *q = y;
    int one = str_compare(p->one, q->one);

    if (p->n != q->n)
        return p->n < q->n ? 1 : -1;
    return one != 0 ? one : str_compare(p->other, q->other);
}

static int by_figure_told(const void *x, const void *y)
{
    const struct told *p = x;
    const struct told *q = y;

    return by_figure(&p->pair, &q->pair);
}

static bool has_sign(const struct sign_pairs *pairs, uint32_t combination, struct str sign)
{
    for (size_t i = 0; i < pairs->n; i++)
        if (combination >> i & 1U &&
            (str_equal(pairs->pair[i].one, sign) || str_equal(pairs->pair[i].other, sign)))
            return true;
    return false;
}

/* Can a situation have just these pairs of the list? It has their signs, and so each pair of two of them. */
static bool is_possible(const struct sign_pairs *pairs, uint32_t combination)
{
    for (size_t i = 0; i < pairs->n; i++)
        if (!(combination >> i & 1U) && has_sign(pairs, combination, pairs->pair[i].one) &&
            has_sign(pairs, combination, pairs->pair[i].other))
            return false;
    return true;
}

/* What is known: each pair is the sum of the combinations that it is in, the year's figure that of all. */
static struct sums sums_of_pairs(const struct sign_pairs *pairs, struct arena *a)
{
    uint32_t *combination = arena_new(a, COMBINATIONS, uint32_t);
    size_t *first = arena_new(a, PAIRS_SHOWN + 2, size_t);
    size_t parts = 0;
    size_t n = 0;

    for (uint32_t c = 0; c < 1U << pairs->n; c++)
        if (is_possible(pairs, c))
            combination[n++] = c;
    uint32_t *part = arena_new(a, n * (pairs->n + 1), uint32_t);
    for (size_t i = 0; i <= pairs->n; i++) {
        for (size_t c = 0; c < n; c++)
            if (i == pairs->n || combination[c] >> i & 1U)
                part[parts++] = (uint32_t)c;
        first[i + 1] = parts;
    }
    struct sums sums = sums_make(n, pairs->n + 1, first, part, a);
    for (size_t i = 0; i < pairs->n; i++) {
        sums.lo[i] = pairs->pair[i].lo;
        sums.hi[i] = pairs->pair[i].hi;
    }
    return sums;
}

/* Of the year's figure the attack is not told the least it can be: what it then finds as the least is what
 * the pairs alone tell. To know the least narrows no pair, as situations without any of them can be added. */
enum status sign_pairs_are_safe(const struct sign_pairs *pairs, const struct attack_bound *year, bool *out,
                                struct err *e)
{
    struct arena *a = arena_open();
    struct sums sums = sums_of_pairs(pairs, a);
    size_t cell[PAIRS_SHOWN + 1];
    struct attack_report report = {0};

    for (size_t i = 0; i <= pairs->n; i++)
        cell[i] = i;
    sums.hi[pairs->n] = year->hi;
    const struct attack_knowledge knowledge = {.sums = sums, .cell = cell, .cells = pairs->n + 1};
    enum status s = attack_cells(&knowledge, &(struct attack_options){.depth = ATTACK_EXACT}, a, &report, e);
    *out = s == OK && report.exposed == 0 && report.bound[pairs->n].lo <= year->lo;
    arena_close(a);
    return s;
}

/* Adds the first of the pair's roundings with which the list may be shown; none when there is none. One that
 * is too small ends it: another would be drawn only to have the pair shown. */
static enum status try_pair(const struct overview_source *source, int year, size_t form,
                            const struct attack_bound *known, struct told *t, struct sign_pairs *out,
                            struct err *e)
{
    for (int draw = 0; draw < DRAWS; draw++) {
        struct sign_pairs with = *out;
        bool is_safe = false;

        TRY(round_pair(source, year, form, draw, t, e));
        if (t->pair.lo < PAIR_LEAST)
            return OK;
        if (t->pair.lo > known->lo)
            continue; /* not safe alone: it takes no program to see that */
        with.pair[with.n++] = t->pair;
        enum status s = sign_pairs_are_safe(&with, known, &is_safe, e);
        if (s != OK && s != REFUSED)
            return s;
        if (is_safe) {
            *out = with;
            return OK;
        }
    }
    return OK;
}

static enum status read_form(const struct overview_source *source, int year, size_t form,
                             const struct attack_bound *known, struct arena *a, struct sign_pairs *out,
                             struct err *e)
{
    struct told *told = NULL;
    size_t n = 0;
    enum status s = read_told(source, year, form, a, &told, &n, e);

    *out = (struct sign_pairs){0};
    for (size_t i = 0; s == OK && i < n; i++)
        s = round_pair(source, year, form, 0, &told[i], e);
    if (n > 0)
        qsort(told, n, sizeof *told, by_figure_told);
    for (size_t i = 0; s == OK && i < n && i < TRIED && out->n < PAIRS_SHOWN; i++)
        s = try_pair(source, year, form, known, &told[i], out, e);
    qsort(out->pair, out->n, sizeof *out->pair, by_figure);
    return s;
}

enum status sign_pairs_read(const struct overview_source *source, int year, struct arena *a,
                            struct sign_pairs out[SITUATION_FORMS], struct err *e)
{
    struct attack_bound known[SITUATION_FORMS];

    TRY(year_forms_known(source, year, a, known, e));
    for (size_t form = 0; form < SITUATION_FORMS; form++)
        TRY(read_form(source, year, form, &known[form], a, &out[form], e));
    return OK;
}
