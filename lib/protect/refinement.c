/* The finest cells that several tables tell apart. */
#include "protect/refinement.h"

#include "base/arena.h"
#include "base/number.h"
#include "protect/ledger.h"

#include <assert.h>

enum { MOST_TOLD = 40 };

static enum status add_division(struct axis *axis, const char *table, struct division division, struct err *e)
{
    if (axis->divisions == REFINEMENT_MAX_DIVISIONS)
        return err_set(e, BAD_INPUT, "%s: %.*s: more than %d divisions of the same units", table,
                       STR(str_part(division.name, 0, MOST_TOLD)), REFINEMENT_MAX_DIVISIONS);
    axis->division[axis->divisions++] = division;
    return OK;
}

static size_t label_of(const struct str *label, size_t n, struct str wanted)
{
    size_t i = 0;

    while (i < n && !str_equal(label[i], wanted))
        i++;
    return i;
}

/* Finds a division by name; *axis is r->axes when there is none. */
static const struct division *find(const struct refinement *r, struct str name, size_t *axis)
{
    for (*axis = 0; *axis < r->axes; ++*axis)
        for (size_t i = 0; i < r->axis[*axis].divisions; i++)
            if (str_equal(r->axis[*axis].division[i].name, name))
                return &r->axis[*axis].division[i];
    return NULL;
}

enum status refinement_add_map(struct refinement *r, const struct ledger_map *map, struct err *e)
{
    struct axis *axis = &r->axis[r->axes++];

    axis->units = map->units;
    for (size_t d = 0; d < map->divisions; d++) {
        struct str *label = arena_new(r->arena, map->units, struct str);
        size_t *of = arena_new(r->arena, map->units, size_t);
        size_t labels = 0;

        for (size_t u = 0; u < map->units; u++) {
            struct str name = map->label[u * map->divisions + d];

            of[u] = label_of(label, labels, name);
            if (of[u] == labels)
                label[labels++] = name;
        }
        TRY(add_division(axis, "map", (struct division){map->division[d], labels, label, of}, e));
    }
    return OK;
}

/* Do the two name the same, in any order? */
static enum status check_labels(const char *table, struct str name, const struct division *known,
                                const struct str *label, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (label_of(known->label, known->labels, label[i]) == known->labels)
            return err_set(e, BAD_INPUT,
                           "%s: %.*s: \"%.*s\" is not among its categories elsewhere; tables of "
                           "the same people have the same, if need be with rows of zeros",
                           table, STR(str_part(name, 0, MOST_TOLD)), STR(str_part(label[i], 0, MOST_TOLD)));
    if (n != known->labels)
        return err_set(e, BAD_INPUT,
                       "%s: %.*s: %zu categories, and %zu elsewhere; tables of the same people have "
                       "the same, if need be with rows of zeros",
                       table, STR(str_part(name, 0, MOST_TOLD)), n, known->labels);
    return OK;
}

/* The new axis of a dimension that nothing is known of: a unit for each category. */
static enum status add_axis(struct refinement *r, const char *table, const struct table_dimension *d,
                            struct err *e)
{
    size_t *of = arena_new(r->arena, d->n, size_t);

    if (r->axes == TABLE_MAX_DIMENSIONS)
        return err_set(e, BAD_INPUT, "%s: %.*s: the tables have more than %d dimensions together", table,
                       STR(str_part(d->name, 0, MOST_TOLD)), TABLE_MAX_DIMENSIONS);
    for (size_t i = 0; i < d->n; i++)
        of[i] = i;
    r->axis[r->axes].units = d->n;
    r->axis[r->axes].divisions = 0;
    return add_division(&r->axis[r->axes++], table, (struct division){d->name, d->n, d->category, of}, e);
}

/* The grouping of a dimension whose division is known: it must put every unit where the known one does. */
static enum status add_grouping(struct refinement *r, const char *table, const struct table_dimension *d,
                                struct err *e)
{
    const size_t *category = NULL;
    size_t axis = refinement_place(r, d, &category);
    size_t elsewhere = 0;
    const struct division *known = find(r, d->group_name, &elsewhere);
    size_t *of = arena_new(r->arena, r->axis[axis].units, size_t);

    for (size_t u = 0; u < r->axis[axis].units; u++)
        of[u] = d->group_of[category[u]];
    if (!known)
        return add_division(&r->axis[axis], table, (struct division){d->group_name, d->groups, d->group, of},
                            e);
    TRY(check_labels(table, d->group_name, known, d->group, d->groups, e));
    for (size_t u = 0; u < r->axis[axis].units; u++)
        if (elsewhere != axis || !str_equal(known->label[known->of[u]], d->group[of[u]]))
            return err_set(
                e, BAD_INPUT,
                "%s: %.*s: \"%.*s\" is elsewhere than in another table; give the grouping a name of "
                "its own",
                table, STR(str_part(d->group_name, 0, MOST_TOLD)),
                STR(str_part(d->category[category[u]], 0, MOST_TOLD)));
    return OK;
}

enum status refinement_add(struct refinement *r, const char *table, const struct table_dimension *d,
                           struct err *e)
{
    size_t axis = 0;
    size_t group_axis = r->axes;
    const struct division *known = find(r, d->name, &axis);

    if (known)
        TRY(check_labels(table, d->name, known, d->category, d->n, e));
    else if (d->groups && find(r, d->group_name, &group_axis))
        return err_set(e, BAD_INPUT,
                       "%s: nothing says how its %.*s meet the other divisions of %.*s: give a map of both",
                       table, STR(str_part(d->name, 0, MOST_TOLD)),
                       STR(str_part(d->group_name, 0, MOST_TOLD)));
    else
        TRY(add_axis(r, table, d, e));
    return d->groups ? add_grouping(r, table, d, e) : OK;
}

size_t refinement_place(const struct refinement *r, const struct table_dimension *d, const size_t **category)
{
    size_t axis = 0;
    const struct division *division = find(r, d->name, &axis);

    assert(division);
    size_t *translated = arena_new(r->arena, division->labels, size_t);
    size_t *of = arena_new(r->arena, r->axis[axis].units, size_t);
    for (size_t i = 0; i < division->labels; i++)
        translated[i] = label_of(d->category, d->n, division->label[i]);
    for (size_t u = 0; u < r->axis[axis].units; u++)
        of[u] = translated[division->of[u]];
    *category = of;
    return axis;
}

bool refinement_cells(const struct refinement *r, size_t most, size_t *cells)
{
    *cells = 1;
    for (size_t i = 0; i < r->axes; i++)
        if (!mul_size(*cells, r->axis[i].units, cells) || *cells > most)
            return false;
    return true;
}
