/* How small and how large a cell can be: linear programs, solved with GLPK. */
#include "protect/bounds.h"

#include "base/arena.h"

#include <glpk.h>

struct bounds {
    struct arena *arena;
    const struct table_shape *shape;
    const int64_t *lo;
    const int64_t *hi;
    glp_prob *program;
    size_t unknowns;
    int *column;      /* [inner] from 1 for the unknown inner cells; 0 for the known ones */
    size_t *first;    /* [published + 1] where the unknowns of each published cell begin in `part` */
    int *part;        /* columns */
    int64_t *known;   /* [published] sum of the known inner cells */
    size_t objective; /* the published cell that is now in the objective; shape->published: none */
};

static enum status find_unknowns(struct bounds *b, struct err *e);
static void list_terms(struct bounds *b);
static void add_columns(struct bounds *b);
static void add_rows(struct bounds *b);
static enum status solve(struct bounds *b, struct err *e);

enum status bounds_open(const struct table_shape *shape, const int64_t *lo, const int64_t *hi,
                        struct bounds **out, struct err *e)
{
    struct arena *a = arena_open();
    struct bounds *b = arena_new(a, 1, struct bounds);

    *b = (struct bounds){.arena = a, .shape = shape, .lo = lo, .hi = hi, .objective = shape->published};
    enum status s = find_unknowns(b, e);
    if (s == OK) {
        list_terms(b);
        b->program = glp_create_prob();
        add_columns(b);
        add_rows(b);
        s = solve(b, e);
    }
    if (s == OK)
        *out = b;
    else
        bounds_close(b);
    return s;
}

void bounds_close(struct bounds *b)
{
    if (!b)
        return;
    if (b->program)
        glp_delete_prob(b->program);
    arena_close(b->arena);
}

static void set_objective(struct bounds *b, size_t cell, double coefficient)
{
    for (size_t i = b->first[cell]; i < b->first[cell + 1]; i++)
        glp_set_obj_coef(b->program, b->part[i], coefficient);
}

enum status bounds_solve(struct bounds *b, size_t cell, enum bounds_end end, double *out, struct err *e)
{
    if (b->objective != b->shape->published)
        set_objective(b, b->objective, 0);
    b->objective = cell;
    set_objective(b, cell, 1);
    glp_set_obj_dir(b->program, end == BOUNDS_LOWEST ? GLP_MIN : GLP_MAX);
    TRY(solve(b, e));
    *out = (double)b->known[cell] + glp_get_obj_val(b->program);
    if (glp_get_status(b->program) == GLP_UNBND)
        *out = (double)BOUNDS_UNLIMITED;
    return OK;
}

double bounds_sum(const struct bounds *b, size_t cell)
{
    double sum = (double)b->known[cell];

    for (size_t i = b->first[cell]; i < b->first[cell + 1]; i++)
        sum += glp_get_col_prim(b->program, b->part[i]);
    return sum;
}

static enum status find_unknowns(struct bounds *b, struct err *e)
{
    const struct table_shape *shape = b->shape;
    int64_t *value = arena_new(b->arena, shape->inner, int64_t);

    b->column = arena_new(b->arena, shape->inner, int);
    b->known = arena_new(b->arena, shape->published, int64_t);
    for (size_t cell = 0; cell < shape->published; cell++) {
        size_t inner = 0;

        if (b->lo[cell] > b->hi[cell])
            return err_set(e, REFUSED, "cell %zu: its interval is empty", cell);
        if (!table_is_inner(shape, cell, &inner))
            continue;
        if (b->lo[cell] < b->hi[cell])
            b->column[inner] = (int)++b->unknowns;
        else
            value[inner] = b->lo[cell];
    }
    if (b->unknowns > BOUNDS_MAX_UNKNOWNS || b->unknowns * shape->covers > BOUNDS_MAX_TERMS)
        return err_set(e, REFUSED,
                       "the table has %zu unknown cells, more than can be solved for: leave out a dimension",
                       b->unknowns);
    table_sum(shape, value, b->known);
    return OK;
}

/* The unknowns of every published cell, one after the other. */
static void list_terms(struct bounds *b)
{
    const struct table_shape *shape = b->shape;
    size_t *covers = arena_new(b->arena, shape->covers, size_t);
    size_t *next = arena_new(b->arena, shape->published + 1, size_t);

    b->first = arena_new(b->arena, shape->published + 1, size_t);
    for (size_t i = 0; i < shape->inner; i++) {
        table_covers(shape, i, covers);
        for (size_t c = 0; b->column[i] && c < shape->covers; c++)
            b->first[covers[c] + 1]++;
    }
    for (size_t cell = 0; cell < shape->published; cell++) {
        b->first[cell + 1] += b->first[cell];
        next[cell] = b->first[cell];
    }
    b->part = arena_new(b->arena, b->first[shape->published] + 1, int);
    for (size_t i = 0; i < shape->inner; i++) {
        table_covers(shape, i, covers);
        for (size_t c = 0; b->column[i] && c < shape->covers; c++)
            b->part[next[covers[c]]++] = b->column[i];
    }
}

static int kind_of(int64_t lo, int64_t hi)
{
    if (hi >= BOUNDS_UNLIMITED)
        return GLP_LO;
    return lo == hi ? GLP_FX : GLP_DB;
}

static void add_columns(struct bounds *b)
{
    if (b->unknowns > 0)
        glp_add_cols(b->program, (int)b->unknowns);
    for (size_t cell = 0; cell < b->shape->published; cell++) {
        size_t inner = 0;

        if (table_is_inner(b->shape, cell, &inner) && b->column[inner])
            glp_set_col_bnds(b->program, b->column[inner], kind_of(b->lo[cell], b->hi[cell]),
                             (double)b->lo[cell], (double)b->hi[cell]);
    }
}

/* A row for every margin of which something is known. */
static void add_rows(struct bounds *b)
{
    size_t terms = 0;
    int *row = arena_new(b->arena, b->first[b->shape->published] + 1, int);
    int *column = arena_new(b->arena, b->first[b->shape->published] + 1, int);
    double *one = arena_new(b->arena, b->first[b->shape->published] + 1, double);

    for (size_t cell = 0; cell < b->shape->published; cell++) {
        size_t inner = 0;
        bool is_known = b->lo[cell] > 0 || b->hi[cell] < BOUNDS_UNLIMITED;

        if (!is_known || table_is_inner(b->shape, cell, &inner))
            continue;
        int added = glp_add_rows(b->program, 1);
        glp_set_row_bnds(b->program, added, kind_of(b->lo[cell], b->hi[cell]),
                         (double)(b->lo[cell] - b->known[cell]), (double)(b->hi[cell] - b->known[cell]));
        for (size_t i = b->first[cell]; i < b->first[cell + 1]; i++) {
            terms++;
            row[terms] = added;
            column[terms] = b->part[i];
            one[terms] = 1;
        }
    }
    glp_load_matrix(b->program, (int)terms, row, column, one);
}

/* From the basis of the program solved before; once more from the beginning if that one has become singular.
 */
static enum status solve(struct bounds *b, struct err *e)
{
    glp_smcp how;

    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_PRIMAL;
    int failed = glp_simplex(b->program, &how);
    if (failed) {
        glp_std_basis(b->program);
        failed = glp_simplex(b->program, &how);
    }
    if (failed)
        return err_set(e, SYSTEM, "the linear program cannot be solved (GLPK gives %d)", failed);
    int found = glp_get_status(b->program);
    if (found == GLP_NOFEAS || found == GLP_INFEAS)
        return err_set(e, REFUSED, "the figures contradict each other: no table has all of them");
    return OK;
}
