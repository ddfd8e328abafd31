/* Several tables about the same people, read together. */
#include "protect/ledger.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "protect/bounds.h"
#include "protect/refinement.h"

#include <inttypes.h>

struct joining {
    struct arena *arena;
    struct refinement refinement;
    struct ledger *out;
    size_t cells; /* of the refinement */
    size_t covers;
    uint32_t **inner; /* [tables] the inner cell of table t that refined cell i is in: inner[t][i] */
};

static enum status refine(struct joining *j, const struct ledger_map *map, struct err *e);
static enum status check_size(struct joining *j, struct err *e);
static void place_cells(struct joining *j);
static void list_sums(struct joining *j);
static void take_figures(struct joining *j);
static void choose_protected(struct joining *j);
static void count_own(struct joining *j);

enum status ledger_join(const struct ledger_table *tables, size_t n, const struct ledger_map *map,
                        struct arena *a, struct ledger *out, struct err *e)
{
    struct ledger l = {.tables = n, .table = tables, .first = arena_new(a, n + 1, size_t)};
    struct joining j = {.arena = a, .refinement = {.arena = a}, .out = &l};

    if (n < 1 || n > LEDGER_MAX_TABLES)
        return err_set(e, REFUSED, "%zu tables, expected 1 to %d", n, LEDGER_MAX_TABLES);
    TRY(refine(&j, map, e));
    TRY(check_size(&j, e));
    place_cells(&j);
    list_sums(&j);
    take_figures(&j);
    choose_protected(&j);
    count_own(&j);
    *out = l;
    return OK;
}

/* Dimensions that say how they are grouped come first: they tell how the others meet. */
static enum status refine(struct joining *j, const struct ledger_map *map, struct err *e)
{
    if (map)
        TRY(refinement_add_map(&j->refinement, map, e));
    for (int plain = 0; plain < 2; plain++)
        for (size_t t = 0; t < j->out->tables; t++) {
            const struct table_shape *shape = &j->out->table[t].published.shape;

            for (size_t d = 0; d < shape->dimensions; d++)
                if ((shape->dimension[d].groups == 0) == plain)
                    TRY(refinement_add(&j->refinement, j->out->table[t].name, &shape->dimension[d], e));
        }
    return OK;
}

static enum status check_size(struct joining *j, struct err *e)
{
    if (!refinement_cells(&j->refinement, LEDGER_MAX_COUNTS, &j->cells))
        return err_set(e, REFUSED, "the tables tell more than %d cells apart together", LEDGER_MAX_COUNTS);
    for (size_t t = 0; t < j->out->tables; t++) {
        j->out->first[t + 1] = j->out->first[t] + j->out->table[t].published.shape.published;
        j->covers += j->out->table[t].published.shape.covers;
    }
    j->covers += 1;
    if (j->cells > LEDGER_MAX_TERMS / j->covers)
        return err_set(e, REFUSED, "the tables have more than %d sums of cells together", LEDGER_MAX_TERMS);
    return OK;
}

/* Goes through the refinement's cells, the last axis fastest, as through the digits of a number. */
static void next_cell(const struct refinement *r, size_t *unit)
{
    for (size_t i = r->axes; i-- > 0;) {
        if (++unit[i] < r->axis[i].units)
            return;
        unit[i] = 0;
    }
}

static void place_table(struct joining *j, size_t t)
{
    const struct table_shape *shape = &j->out->table[t].published.shape;
    const size_t *category_of[TABLE_MAX_DIMENSIONS];
    size_t axis[TABLE_MAX_DIMENSIONS];
    size_t unit[TABLE_MAX_DIMENSIONS] = {0};

    for (size_t d = 0; d < shape->dimensions; d++)
        axis[d] = refinement_place(&j->refinement, &shape->dimension[d], &category_of[d]);
    j->inner[t] = arena_new(j->arena, j->cells, uint32_t);
    for (size_t i = 0; i < j->cells; i++) {
        size_t category[TABLE_MAX_DIMENSIONS];

        for (size_t d = 0; d < shape->dimensions; d++)
            category[d] = category_of[d][unit[axis[d]]];
        j->inner[t][i] = (uint32_t)table_inner(shape, category);
        next_cell(&j->refinement, unit);
    }
}

static void place_cells(struct joining *j)
{
    j->inner = arena_new(j->arena, j->out->tables, uint32_t *);
    for (size_t t = 0; t < j->out->tables; t++)
        place_table(j, t);
}

/* The sums that refined cell `i` is in, j->covers of them. */
static void sums_with(const struct joining *j, size_t i, size_t *sum)
{
    size_t n = 0;

    for (size_t t = 0; t < j->out->tables; t++) {
        const struct table_shape *shape = &j->out->table[t].published.shape;

        table_covers(shape, j->inner[t][i], sum + n);
        for (size_t c = 0; c < shape->covers; c++)
            sum[n++] += j->out->first[t];
    }
    sum[n] = j->out->first[j->out->tables] + i;
}

static void list_sums(struct joining *j)
{
    size_t n = j->out->first[j->out->tables] + j->cells;
    size_t *first = arena_new(j->arena, n + 2, size_t);
    uint32_t *part = arena_new(j->arena, j->cells * j->covers, uint32_t);
    size_t *sum = arena_new(j->arena, j->covers, size_t);

    for (size_t i = 0; i < j->cells; i++) {
        sums_with(j, i, sum);
        for (size_t c = 0; c < j->covers; c++)
            first[sum[c] + 2]++;
    }
    for (size_t s = 2; s < n + 2; s++)
        first[s] += first[s - 1];
    for (size_t i = 0; i < j->cells; i++) {
        sums_with(j, i, sum);
        for (size_t c = 0; c < j->covers; c++)
            part[first[sum[c] + 1]++] = (uint32_t)i;
    }
    j->out->refined = j->cells;
    j->out->knowledge.sums = sums_make(j->cells, n, first, part, j->arena);
}

static void take_figures(struct joining *j)
{
    struct sums *sums = &j->out->knowledge.sums;

    for (size_t t = 0; t < j->out->tables; t++) {
        const struct published *p = &j->out->table[t].published;

        published_know(p, sums->lo + j->out->first[t], sums->hi + j->out->first[t]);
    }
}

/* A cell of the refinement that some table shows by itself needs no other protection than that table's
 * figure; one in a sum of nobody is empty to everybody. */
static bool is_shown(const struct joining *j, size_t i)
{
    const struct sums *sums = &j->out->knowledge.sums;

    for (size_t k = sums->start[i]; k < sums->start[i + 1]; k++) {
        size_t s = sums->of[k];

        if (s < j->out->first[j->out->tables] &&
            (sums->hi[s] == 0 || sums->first[s + 1] - sums->first[s] == 1))
            return true;
    }
    return false;
}

static void choose_protected(struct joining *j)
{
    const struct sums *sums = &j->out->knowledge.sums;
    size_t *cell = arena_new(j->arena, sums->n, size_t);
    size_t figures = j->out->first[j->out->tables];
    size_t n = 0;

    for (size_t t = 0; t < j->out->tables; t++)
        for (size_t s = j->out->first[t]; s < j->out->first[t + 1] && !j->out->table[t].is_own; s++)
            if (sums->lo[s] < sums->hi[s] || (sums->lo[s] >= 1 && sums->hi[s] <= ATTACK_SMALL))
                cell[n++] = s;
    for (size_t i = 0; i < j->cells; i++)
        if (!is_shown(j, i))
            cell[n++] = figures + i;
    j->out->knowledge.cell = cell;
    j->out->knowledge.cells = n;
}

/* Adds the attacker's own people, as table `t` says, in the cells of the refinement that it is fine enough
 * for. */
static void add_own(struct joining *j, size_t t, int64_t *count)
{
    const struct published *p = &j->out->table[t].published;
    size_t *cells = arena_new(j->arena, p->shape.inner, size_t);
    size_t *covers = arena_new(j->arena, p->shape.covers, size_t);

    for (size_t i = 0; i < j->cells; i++)
        cells[j->inner[t][i]]++;
    for (size_t i = 0; i < j->cells; i++) {
        table_covers(&p->shape, j->inner[t][i], covers);
        if (cells[j->inner[t][i]] == 1)
            count[i] += p->lo[covers[p->shape.covers - 1]];
    }
}

static void count_own(struct joining *j)
{
    int64_t *count = arena_new(j->arena, j->cells, int64_t);
    int64_t *own = arena_new(j->arena, j->out->knowledge.sums.n, int64_t);

    for (size_t t = 0; t < j->out->tables; t++)
        if (j->out->table[t].is_own)
            add_own(j, t, count);
    sums_add(&j->out->knowledge.sums, count, own);
    j->out->knowledge.own = own;
}

enum status ledger_map_read(const char *name, struct str whole, struct arena *a, struct ledger_map *out,
                            struct err *e)
{
    struct csv in;
    struct ledger_map map = {0};
    struct str *label = NULL;
    size_t room = 0;
    bool has_row = true;

    TRY(csv_open(&in, name, whole, a, e));
    if (in.n > REFINEMENT_MAX_DIVISIONS)
        return csv_fault(e, &in, REFINEMENT_MAX_DIVISIONS, "more than %d divisions",
                         REFINEMENT_MAX_DIVISIONS);
    struct str *division = arena_new(a, in.n, struct str);
    for (size_t c = 0; c < in.n; c++)
        division[c] = str_trim(in.fields[c]);
    map.divisions = in.n;
    map.division = division;
    for (;;) {
        TRY(csv_next(&in, &has_row, e));
        if (!has_row)
            break;
        label = arena_grow(a, label, (map.units + 1) * in.n, &room, sizeof *label);
        for (size_t c = 0; c < in.n; c++)
            label[map.units * in.n + c] = str_trim(in.fields[c]);
        if (++map.units > TABLE_MAX_PUBLISHED)
            return csv_fault(e, &in, 0, "more than %d units", TABLE_MAX_PUBLISHED);
    }
    if (map.units == 0)
        return csv_fault(e, &in, 0, "no rows after the header, expected one for each smallest unit");
    map.label = label;
    *out = map;
    return OK;
}

static size_t table_of(const struct ledger *l, size_t sum)
{
    size_t t = 0;

    while (t < l->tables && sum >= l->first[t + 1])
        t++;
    return t;
}

static void put_cell(struct text *out, const struct ledger *l, size_t sum)
{
    size_t t = table_of(l, sum);
    size_t coordinate[TABLE_MAX_DIMENSIONS];

    if (t == l->tables) {
        text_lit(out, "a cell that only the tables together tell apart");
        return;
    }
    const struct table_shape *shape = &l->table[t].published.shape;
    text_format(out, "%s: ", l->table[t].name);
    table_coordinates(shape, sum - l->first[t], coordinate);
    for (size_t d = 0; d < shape->dimensions; d++)
        text_format(out, "%s%.*s", d ? ", " : "",
                    STR(str_part(table_label(&shape->dimension[d], coordinate[d]), 0, 40)));
}

/* Solves both programs of the cell once more, to see which tables' figures decide them. */
enum status ledger_tell(const struct ledger *l, const struct attack_bound *bound, struct arena *a,
                        struct str *out, struct err *e)
{
    struct text told = text_open(a);
    bool *binds = arena_new(a, l->tables, bool);
    struct bounds *b = NULL;
    bool is_first = true;
    double value = 0;

    TRY(bounds_open(&l->knowledge.sums, &b, e));
    enum status s = OK;
    for (enum bounds_end end = BOUNDS_LOWEST; s == OK && end <= BOUNDS_HIGHEST; end++) {
        s = bounds_solve(b, bound->cell, end, &value, e);
        for (size_t sum = 0; s == OK && sum < l->first[l->tables]; sum++)
            if (bounds_binds(b, sum))
                binds[table_of(l, sum)] = true;
    }
    bounds_close(b);
    TRY(s);
    put_cell(&told, l, bound->cell);
    if (bound->hi >= BOUNDS_UNLIMITED)
        text_format(&told, ": at least %" PRId64, bound->lo);
    else
        text_format(&told, ": between %" PRId64 " and %" PRId64, bound->lo, bound->hi);
    for (size_t t = 0; t < l->tables; t++)
        if (binds[t]) {
            text_format(&told, "%s%s", is_first ? ", from " : " and ", l->table[t].name);
            is_first = false;
        }
    *out = text_str(&told);
    return OK;
}
