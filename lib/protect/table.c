/* A table of counts: its shape, and the way between inner and published cells. */
#include "protect/table.h"

#include "base/arena.h"
#include "base/number.h"
#include "protect/names.h"

#include <assert.h>

static enum status copy_dimension(const struct table_dimension *from, struct arena *a,
                                  struct table_dimension *to, struct err *e);
static enum status copy_grouping(const struct table_dimension *from, struct arena *a,
                                 struct table_dimension *to, struct err *e);
static enum status check_names_differ(const struct table_shape *shape, struct arena *a, struct err *e);
static enum status measure(struct table_shape *shape, struct err *e);
static void count_parts(struct table *t);
static void add_up(const struct table_shape *shape, int64_t *sum);

/* Coordinates of a dimension: Total, the groups, the categories. */
static size_t width(const struct table_dimension *d)
{
    return 1 + d->groups + d->n;
}

enum status table_make(const struct table_dimension *dimension, size_t n, struct arena *a, struct table *out,
                       struct err *e)
{
    struct table t = {.shape = {.dimensions = n}};

    if (n < 1 || n > TABLE_MAX_DIMENSIONS)
        return err_set(e, BAD_INPUT, "the table has %zu dimensions, expected 1 to %d", n,
                       TABLE_MAX_DIMENSIONS);
    struct table_dimension *copy = arena_new(a, n, struct table_dimension);
    for (size_t d = 0; d < n; d++)
        TRY(copy_dimension(&dimension[d], a, &copy[d], e));
    t.shape.dimension = copy;
    TRY(check_names_differ(&t.shape, a, e));
    TRY(measure(&t.shape, e));
    t.shape.is_structural = arena_new(a, t.shape.inner, bool);
    t.shape.parts = arena_new(a, t.shape.published, int64_t);
    t.count = arena_new(a, t.shape.inner, int64_t);
    count_parts(&t);
    *out = t;
    return OK;
}

enum status table_make_histories(const struct table_histories *histories, struct arena *a, struct table *out,
                                 struct err *e)
{
    static const struct str on_or_not[] = {{"0", 1}, {"1", 1}};
    struct table_dimension dimension[TABLE_MAX_DIMENSIONS];
    bool is_list[TABLE_MAX_DIMENSIONS] = {false};
    size_t lists = histories->lists;
    size_t strata = histories->strata;

    if (lists < 2 || lists > TABLE_MAX_DIMENSIONS || strata > TABLE_MAX_DIMENSIONS - lists)
        return err_set(e, BAD_INPUT,
                       "%zu lists and %zu strata, expected at least 2 lists and at most %d of both together",
                       lists, strata, TABLE_MAX_DIMENSIONS);
    for (size_t i = 0; i < lists; i++) {
        dimension[i] = (struct table_dimension){.name = histories->list[i], .n = 2, .category = on_or_not};
        is_list[i] = true;
    }
    for (size_t i = 0; i < strata; i++)
        dimension[lists + i] = histories->stratum[i];
    TRY(table_make(dimension, lists + strata, a, out, e));
    table_mark_unlisted(out, is_list, a);
    return OK;
}

void table_mark_structural(struct table *t, const bool *is_structural)
{
    for (size_t i = 0; i < t->shape.inner; i++) {
        assert(!is_structural[i] || t->count[i] == 0);
        t->shape.is_structural[i] = is_structural[i];
    }
    count_parts(t);
}

void table_mark_unlisted(struct table *t, const bool *is_list, struct arena *a)
{
    bool *is_structural = arena_new(a, t->shape.inner, bool);

    for (size_t i = 0; i < t->shape.inner; i++) {
        size_t rest = i;
        bool is_listed = false;

        for (size_t d = t->shape.dimensions; d-- > 0;) {
            is_listed = is_listed || (is_list[d] && rest % t->shape.dimension[d].n != 0);
            rest /= t->shape.dimension[d].n;
        }
        is_structural[i] = !is_listed;
    }
    table_mark_structural(t, is_structural);
}

size_t table_inner(const struct table_shape *shape, const size_t *category)
{
    size_t inner = 0;

    for (size_t d = 0; d < shape->dimensions; d++) {
        assert(category[d] < shape->dimension[d].n);
        inner = inner * shape->dimension[d].n + category[d];
    }
    return inner;
}

size_t table_inner_of_history(const struct table_shape *shape, size_t lists, uint32_t mask,
                              const size_t *stratum)
{
    size_t category[TABLE_MAX_DIMENSIONS] = {0};

    assert(lists <= shape->dimensions);
    for (size_t i = 0; i < lists; i++)
        category[i] = mask >> i & 1;
    for (size_t d = lists; d < shape->dimensions; d++)
        category[d] = stratum[d - lists];
    return table_inner(shape, category);
}

size_t table_cell(const struct table_shape *shape, const size_t *coordinate)
{
    size_t cell = 0;

    for (size_t d = 0; d < shape->dimensions; d++) {
        assert(coordinate[d] < width(&shape->dimension[d]));
        cell = cell * width(&shape->dimension[d]) + coordinate[d];
    }
    return cell;
}

void table_coordinates(const struct table_shape *shape, size_t cell, size_t *coordinate)
{
    for (size_t d = shape->dimensions; d-- > 0;) {
        coordinate[d] = cell % width(&shape->dimension[d]);
        cell /= width(&shape->dimension[d]);
    }
}

bool table_find(const struct table_shape *shape, const struct str *label, size_t *cell)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS];

    for (size_t d = 0; d < shape->dimensions; d++) {
        const struct table_dimension *dimension = &shape->dimension[d];
        size_t c = 0;

        while (c < width(dimension) && !str_equal(label[d], table_label(dimension, c)))
            c++;
        if (c == width(dimension))
            return false;
        coordinate[d] = c;
    }
    *cell = table_cell(shape, coordinate);
    return true;
}

struct str table_label(const struct table_dimension *d, size_t coordinate)
{
    if (coordinate == 0)
        return names_total();
    return coordinate <= d->groups ? d->group[coordinate - 1] : d->category[coordinate - 1 - d->groups];
}

size_t table_group_of(const struct table_dimension *d, size_t coordinate)
{
    return coordinate <= d->groups ? coordinate : 1 + d->group_of[coordinate - 1 - d->groups];
}

void table_covers(const struct table_shape *shape, size_t inner, size_t *cells)
{
    size_t category[TABLE_MAX_DIMENSIONS];
    size_t n = 1;

    for (size_t d = shape->dimensions; d-- > 0;) {
        category[d] = inner % shape->dimension[d].n;
        inner /= shape->dimension[d].n;
    }
    /* From the last entry back, so that each dimension can spread the entries of those before it in place. */
    cells[0] = 0;
    for (size_t d = 0; d < shape->dimensions; d++) {
        const struct table_dimension *dimension = &shape->dimension[d];
        size_t choices = dimension->groups ? 3 : 2;
        size_t choice[3] = {0, dimension->groups ? 1 + dimension->group_of[category[d]] : 0, 0};

        choice[choices - 1] = 1 + dimension->groups + category[d];
        for (size_t i = n; i-- > 0;)
            for (size_t k = choices; k-- > 0;)
                cells[i * choices + k] = cells[i] * width(dimension) + choice[k];
        n *= choices;
    }
}

bool table_is_inner(const struct table_shape *shape, size_t cell, size_t *inner)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS];
    size_t i = 0;

    table_coordinates(shape, cell, coordinate);
    for (size_t d = 0; d < shape->dimensions; d++) {
        const struct table_dimension *dimension = &shape->dimension[d];

        if (coordinate[d] <= dimension->groups)
            return false;
        i = i * dimension->n + coordinate[d] - 1 - dimension->groups;
    }
    *inner = i;
    return true;
}

void table_sum(const struct table_shape *shape, const int64_t *value, int64_t *sum)
{
    for (size_t cell = 0; cell < shape->published; cell++) {
        size_t inner = 0;

        sum[cell] = table_is_inner(shape, cell, &inner) ? value[inner] : 0;
    }
    add_up(shape, sum);
}

/* `sum` holds the inner cells, and 0 elsewhere. One dimension at a time, each category is added to its group
 * and to Total. */
static void add_up(const struct table_shape *shape, int64_t *sum)
{
    size_t stride = 1;

    for (size_t d = shape->dimensions; d-- > 0;) {
        const struct table_dimension *dimension = &shape->dimension[d];

        for (size_t cell = 0; cell < shape->published; cell++) {
            size_t coordinate = cell / stride % width(dimension);

            if (coordinate <= dimension->groups)
                continue;
            size_t total = cell - coordinate * stride;
            sum[total] += sum[cell];
            if (dimension->groups)
                sum[total + (1 + dimension->group_of[coordinate - 1 - dimension->groups]) * stride] +=
                    sum[cell];
        }
        stride *= width(dimension);
    }
}

static enum status copy_dimension(const struct table_dimension *from, struct arena *a,
                                  struct table_dimension *to, struct err *e)
{
    struct str *category = NULL;
    struct str *group = NULL;

    TRY(names_check_column(from->name, "a dimension", e));
    if (from->n < 1 || from->n > TABLE_MAX_PUBLISHED || from->groups > from->n)
        return err_set(e, BAD_INPUT,
                       "%.*s: %zu categories in %zu groups, expected 1 to %d, and no empty group",
                       STR(from->name), from->n, from->groups, TABLE_MAX_PUBLISHED);
    TRY(names_copy(from->category, from->n, "a category", a, &category, e));
    TRY(names_copy(from->group, from->groups, "a group", a, &group, e));
    *to = (struct table_dimension){.name = str_copy(from->name, a),
                                   .n = from->n,
                                   .category = category,
                                   .groups = from->groups,
                                   .group = group};
    return from->groups ? copy_grouping(from, a, to, e) : OK;
}

static enum status copy_grouping(const struct table_dimension *from, struct arena *a,
                                 struct table_dimension *to, struct err *e)
{
    size_t *group_of = arena_new(a, from->n, size_t);

    TRY(names_check_column(from->group_name, "a grouping", e));
    to->group_name = str_copy(from->group_name, a);
    for (size_t i = 0; i < from->n; i++) {
        assert(from->group_of[i] < from->groups);
        group_of[i] = from->group_of[i];
    }
    to->group_of = group_of;
    return OK;
}

/* The columns of the published file (dimensions and groupings), and the labels within each dimension. */
static enum status check_names_differ(const struct table_shape *shape, struct arena *a, struct err *e)
{
    struct str column[2 * TABLE_MAX_DIMENSIONS];
    size_t columns = 0;

    for (size_t d = 0; d < shape->dimensions; d++) {
        const struct table_dimension *dimension = &shape->dimension[d];
        size_t labels = width(dimension) - 1;
        struct str *label = arena_new(a, labels, struct str);

        for (size_t i = 0; i < labels; i++)
            label[i] = table_label(dimension, 1 + i);
        if (names_check_differ(label, labels, e) != OK)
            return err_in(e, "%.*s", STR(dimension->name));
        column[columns++] = dimension->name;
        if (dimension->groups)
            column[columns++] = dimension->group_name;
    }
    return names_check_differ(column, columns, e);
}

static enum status measure(struct table_shape *shape, struct err *e)
{
    shape->inner = shape->published = shape->covers = 1;
    for (size_t d = 0; d < shape->dimensions; d++) {
        const struct table_dimension *dimension = &shape->dimension[d];

        if (!mul_size(shape->published, width(dimension), &shape->published) ||
            shape->published > TABLE_MAX_PUBLISHED)
            return err_set(
                e, BAD_INPUT,
                "the table with its sums has more than %d cells at \"%.*s\": leave out a dimension "
                "or merge categories",
                TABLE_MAX_PUBLISHED, STR(dimension->name));
        shape->inner *= dimension->n;
        shape->covers *= dimension->groups ? 3 : 2;
    }
    return OK;
}

static void count_parts(struct table *t)
{
    struct table_shape *shape = &t->shape;

    for (size_t cell = 0; cell < shape->published; cell++) {
        size_t inner = 0;

        shape->parts[cell] = table_is_inner(shape, cell, &inner) && !shape->is_structural[inner];
    }
    add_up(shape, shape->parts);
}
