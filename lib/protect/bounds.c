/* How small and how large a sum can be: linear programs, solved with GLPK. */
#include "protect/bounds.h"

#include "base/arena.h"

#include <glpk.h>

#include <math.h>

struct bounds {
    struct arena *arena;
    const struct sums *sums;
    int64_t *lo; /* [counts] what is known of each alone */
    int64_t *hi;
    glp_prob *program;
    size_t unknowns, terms;
    int *column;      /* [counts] from 1 for those that are unknown; 0 for those that are known */
    int *row;         /* [sums] from 1 for those that tell something of several counts; 0 for others */
    int64_t *known;   /* [sums] of their known counts */
    size_t objective; /* the sum that is now in the objective; sums->n: none */
};

static const double no_dual = 1e-9;

static enum status find_unknowns(struct bounds *b, struct err *e);
static void add_columns(struct bounds *b);
static void add_rows(struct bounds *b);
static enum status solve(struct bounds *b, struct err *e);

enum status bounds_open(const struct sums *sums, struct bounds **out, struct err *e)
{
    struct arena *a = arena_open();
    struct bounds *b = arena_new(a, 1, struct bounds);

    *b = (struct bounds){.arena = a, .sums = sums, .objective = sums->n};
    enum status s = find_unknowns(b, e);
    if (s == OK) {
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

static void set_objective(struct bounds *b, size_t sum, double coefficient)
{
    for (size_t i = b->sums->first[sum]; i < b->sums->first[sum + 1]; i++)
        if (b->column[b->sums->part[i]])
            glp_set_obj_coef(b->program, b->column[b->sums->part[i]], coefficient);
}

enum status bounds_solve(struct bounds *b, size_t s, enum bounds_end end, double *out, struct err *e)
{
    if (b->objective != b->sums->n)
        set_objective(b, b->objective, 0);
    b->objective = s;
    set_objective(b, s, 1);
    glp_set_obj_dir(b->program, end == BOUNDS_LOWEST ? GLP_MIN : GLP_MAX);
    TRY(solve(b, e));
    *out = (double)b->known[s] + glp_get_obj_val(b->program);
    if (glp_get_status(b->program) == GLP_UNBND)
        *out = (double)BOUNDS_UNLIMITED;
    return OK;
}

double bounds_sum(const struct bounds *b, size_t s)
{
    double sum = (double)b->known[s];

    for (size_t i = b->sums->first[s]; i < b->sums->first[s + 1]; i++)
        if (b->column[b->sums->part[i]])
            sum += glp_get_col_prim(b->program, b->column[b->sums->part[i]]);
    return sum;
}

static bool is_single(const struct sums *sums, size_t s)
{
    return sums->first[s + 1] - sums->first[s] == 1;
}

static bool row_binds(const struct bounds *b, size_t s)
{
    return b->row[s] && fabs(glp_get_row_dual(b->program, b->row[s])) > no_dual;
}

/* A count that is known stands in no program; it decides where a sum that it is in does. */
static bool known_count_binds(const struct bounds *b, uint32_t count)
{
    for (size_t k = b->sums->start[count]; k < b->sums->start[count + 1]; k++)
        if (row_binds(b, b->sums->of[k]))
            return true;
    return false;
}

bool bounds_binds(const struct bounds *b, size_t s)
{
    if (row_binds(b, s))
        return true;
    if (!is_single(b->sums, s))
        return false;
    uint32_t count = b->sums->part[b->sums->first[s]];
    if (b->sums->lo[s] != b->lo[count] && b->sums->hi[s] != b->hi[count])
        return false;
    if (!b->column[count])
        return known_count_binds(b, count);
    return fabs(glp_get_col_dual(b->program, b->column[count])) > no_dual;
}

/* What the sums of one count alone say of it. */
static enum status find_intervals(struct bounds *b, struct err *e)
{
    const struct sums *sums = b->sums;

    b->lo = arena_new(b->arena, sums->counts, int64_t);
    b->hi = arena_new(b->arena, sums->counts, int64_t);
    for (size_t i = 0; i < sums->counts; i++)
        b->hi[i] = BOUNDS_UNLIMITED;
    for (size_t s = 0; s < sums->n; s++) {
        if (sums->lo[s] > sums->hi[s])
            return err_set(e, REFUSED, "cell %zu: its interval is empty", s);
        if (!is_single(sums, s))
            continue;
        uint32_t count = sums->part[sums->first[s]];
        b->lo[count] = sums->lo[s] > b->lo[count] ? sums->lo[s] : b->lo[count];
        b->hi[count] = sums->hi[s] < b->hi[count] ? sums->hi[s] : b->hi[count];
        if (b->lo[count] > b->hi[count])
            return err_set(e, REFUSED, "the figures contradict each other: two of them are of the same cell");
    }
    return OK;
}

static enum status find_unknowns(struct bounds *b, struct err *e)
{
    const struct sums *sums = b->sums;

    TRY(find_intervals(b, e));
    b->column = arena_new(b->arena, sums->counts, int);
    b->known = arena_new(b->arena, sums->n, int64_t);
    for (size_t i = 0; i < sums->counts; i++) {
        if (b->lo[i] < b->hi[i]) {
            b->column[i] = (int)++b->unknowns;
            b->terms += sums->start[i + 1] - sums->start[i];
            continue;
        }
        for (size_t k = sums->start[i]; k < sums->start[i + 1]; k++)
            b->known[sums->of[k]] += b->lo[i];
    }
    if (b->unknowns > BOUNDS_MAX_UNKNOWNS || b->terms > BOUNDS_MAX_TERMS)
        return err_set(e, REFUSED,
                       "the table has %zu unknown cells, more than can be solved for: leave out a dimension",
                       b->unknowns);
    return OK;
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
    for (size_t i = 0; i < b->sums->counts; i++)
        if (b->column[i])
            glp_set_col_bnds(b->program, b->column[i], kind_of(b->lo[i], b->hi[i]), (double)b->lo[i],
                             (double)b->hi[i]);
}

/* A row for every sum of several counts of which something is known. */
static void add_rows(struct bounds *b)
{
    const struct sums *sums = b->sums;
    size_t terms = 0;
    int *row = arena_new(b->arena, b->terms + 1, int);
    int *column = arena_new(b->arena, b->terms + 1, int);
    double *one = arena_new(b->arena, b->terms + 1, double);

    b->row = arena_new(b->arena, sums->n, int);
    for (size_t s = 0; s < sums->n; s++) {
        bool is_known = sums->lo[s] > 0 || sums->hi[s] < BOUNDS_UNLIMITED;

        if (!is_known || is_single(sums, s))
            continue;
        b->row[s] = glp_add_rows(b->program, 1);
        glp_set_row_bnds(b->program, b->row[s], kind_of(sums->lo[s], sums->hi[s]),
                         (double)(sums->lo[s] - b->known[s]), (double)(sums->hi[s] - b->known[s]));
        for (size_t i = sums->first[s]; i < sums->first[s + 1]; i++) {
            if (!b->column[sums->part[i]])
                continue;
            terms++;
            row[terms] = b->row[s];
            column[terms] = b->column[sums->part[i]];
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
