/* Existence by cones in whole numbers, linear programs where those grow too large, and exact ranks. */
#include "estimate/exists.h"

#include "base/arena.h"
#include "base/err.h"
#include "estimate/cone.h"
#include "estimate/rank.h"

#include <glpk.h>
#include <stdbool.h>
#include <string.h>

/* The rows (cells) and columns (terms) of A that are looked at. */
struct matrix {
    size_t cells, terms;
    uint16_t cell[MODEL_MAX_CELLS];
    uint16_t term[MODEL_MAX_CELLS];
};

static void full_matrix(const struct loglinear_table *table, const struct model *model, struct matrix *out);
static void drop_empty_terms(const struct loglinear_table *table, struct matrix *x);
static size_t find_cells_off(const struct loglinear_table *table, const struct matrix *x,
                             struct mask_set *off, struct arena *a);
static void drop_cells(struct matrix *x, const struct mask_set *off);
static size_t independent_columns(const struct matrix *x, uint16_t *out, bool *holds_dark, struct arena *a);
static enum dark_figure dark_direction(const struct loglinear_table *table, const struct matrix *x,
                                       enum dark_figure part, struct arena *a);

int exists_code(const struct loglinear_table *table, const struct model *model, struct arena *a)
{
    struct matrix *x = arena_new(a, 1, struct matrix);
    uint16_t *columns = arena_new(a, MODEL_MAX_CELLS, uint16_t);
    struct mask_set off = {0};
    int code = EXISTS;

    full_matrix(table, model, x);
    drop_empty_terms(table, x);
    if (find_cells_off(table, x, &off, a) > 0)
        code += EXISTS_NOT;
    if (independent_columns(x, columns, NULL, a) < x->terms)
        code += EXISTS_NOT_UNIQUE;
    return code;
}

void exists_find_face(const struct loglinear_table *table, const struct model *model, enum dark_figure part,
                      struct arena *a, struct exists_face *out)
{
    struct matrix *x = arena_new(a, 1, struct matrix);
    struct matrix *face = arena_new(a, 1, struct matrix);
    bool holds_dark = false;

    *out = (struct exists_face){0};
    full_matrix(table, model, x);
    out->cells_off = find_cells_off(table, x, &out->off, a);
    *face = *x;
    drop_cells(face, &out->off);
    out->terms = independent_columns(face, out->term, &holds_dark, a);
    out->rank = out->terms;
    out->dark_figure = holds_dark ? DARK_FIGURE_FINITE : dark_direction(table, x, part, a);
}

const char *dark_figure_name(enum dark_figure d)
{
    static const char *const names[] = {"finite", "infinite", "zero", "unidentified"};

    return names[d];
}

static void full_matrix(const struct loglinear_table *table, const struct model *model, struct matrix *out)
{
    *out = (struct matrix){0};
    for (size_t m = 0; m < table->cells; m++)
        if (mask_set_has(&model->terms, m))
            out->term[out->terms++] = (uint16_t)m;
    for (size_t c = 1; c < table->cells; c++)
        out->cell[out->cells++] = (uint16_t)c;
}

static bool is_within(size_t part, size_t whole)
{
    return (part & ~whole) == 0;
}

static void drop_empty_terms(const struct loglinear_table *table, struct matrix *x)
{
    struct mask_set off = {0};
    size_t kept = 0;

    for (size_t j = 0; j < x->terms; j++) {
        if (table->margin[x->term[j]] > 0.5) {
            x->term[kept++] = x->term[j];
            continue;
        }
        for (size_t c = 1; c < table->cells; c++)
            if (is_within(x->term[j], c))
                mask_set_add(&off, c);
    }
    x->terms = kept;
    drop_cells(x, &off);
}

static void drop_cells(struct matrix *x, const struct mask_set *off)
{
    size_t kept = 0;

    for (size_t i = 0; i < x->cells; i++)
        if (!mask_set_has(off, x->cell[i]))
            x->cell[kept++] = x->cell[i];
    x->cells = kept;
}

/* The cone of directions in which the likelihood does not fall: a_c . d = 0 where somebody was seen, <= 0
 * (with a slack variable of its own in 0..1, when `slacks`) elsewhere. Columns 1..terms are d; then the
 * slacks. */
static glp_prob *open_cone(const struct loglinear_table *table, const struct matrix *x, bool slacks)
{
    glp_prob *p = glp_create_prob();
    int index[MODEL_MAX_CELLS + 2];
    double value[MODEL_MAX_CELLS + 2];
    int terms = (int)x->terms;

    glp_add_cols(p, terms);
    for (int j = 1; j <= terms; j++)
        glp_set_col_bnds(p, j, GLP_FR, 0.0, 0.0);
    if (x->cells > 0)
        glp_add_rows(p, (int)x->cells);
    for (size_t i = 0; i < x->cells; i++) {
        bool is_seen = table->y[x->cell[i]] > 0;
        int n = 0;

        for (int j = 0; j < terms; j++) {
            if (!is_within(x->term[j], x->cell[i]))
                continue;
            index[++n] = j + 1;
            value[n] = 1.0;
        }
        if (slacks && !is_seen) {
            index[++n] = glp_add_cols(p, 1);
            value[n] = 1.0;
            glp_set_col_bnds(p, index[n], GLP_DB, 0.0, 1.0);
            glp_set_obj_coef(p, index[n], 1.0);
        }
        glp_set_row_bnds(p, (int)i + 1, is_seen ? GLP_FX : GLP_UP, 0.0, 0.0);
        glp_set_mat_row(p, (int)i + 1, n, index, value);
    }
    glp_set_obj_dir(p, GLP_MAX);
    return p;
}

/* The optimum, exact. The simplex method in floating point finds a basis; the same in rational numbers proves
 * or mends it. */
static void solve(glp_prob *p)
{
    glp_smcp quiet;

    glp_init_smcp(&quiet);
    quiet.msg_lev = GLP_MSG_OFF;
    glp_simplex(p, &quiet);
    if (glp_exact(p, &quiet) != 0 || glp_get_status(p) != GLP_OPT)
        die("a linear program that has an optimum was not solved");
}

/* A cell whose slack can be above 0 can have it at 1, because directions can be scaled: at the optimum every
 * slack is 0 or 1, and those at 1 are the cells off the face. */
static size_t find_cells_off_by_program(const struct loglinear_table *table, const struct matrix *x,
                                        struct mask_set *off)
{
    int terminal = glp_term_out(GLP_OFF);
    glp_prob *p = open_cone(table, x, true);
    int slack = (int)x->terms;
    size_t n = 0;

    solve(p);
    for (size_t i = 0; i < x->cells; i++) {
        if (table->y[x->cell[i]] > 0)
            continue;
        slack++;
        if (glp_get_col_prim(p, slack) > 0.5) {
            mask_set_add(off, x->cell[i]);
            n++;
        }
    }
    glp_delete_prob(p);
    glp_term_out(terminal);
    glp_free_env();
    return n;
}

/* Can the intercept grow (sign 1), or fall (sign -1), within the cone? Bounded by 1, the optimum is 0 or 1.
 */
static bool can_move_by_program(const struct loglinear_table *table, const struct matrix *x, double sign)
{
    int terminal = glp_term_out(GLP_OFF);
    glp_prob *p = open_cone(table, x, false);

    glp_set_obj_coef(p, 1, sign);
    glp_set_col_bnds(p, 1, GLP_DB, -1.0, 1.0);
    solve(p);
    bool moves = glp_get_obj_val(p) > 0.5;
    glp_delete_prob(p);
    glp_term_out(terminal);
    glp_free_env();
    return moves;
}

/* The dual of the directions in which the likelihood does not fall: tables v whose margins are all 0, of any
 * sign where somebody was seen, at least 0 elsewhere. A cell that can be above 0 in one of them stays on the
 * face, because no direction can empty it. `dark` (not 0) puts the dark cell's row times it beside them:
 * where it can be above 0 with -1, no direction lets the dark figure grow (Farkas), and with 1 none lets it
 * fall. */
struct dual {
    int64_t *b;
    size_t columns, free;
    uint16_t cell[MODEL_MAX_CELLS + 1]; /* of each column; 0: the dark one */
    bool asked[MODEL_MAX_CELLS + 1];
    bool can[MODEL_MAX_CELLS + 1];
};

static bool solve_dual(const struct loglinear_table *table, const struct matrix *x, int dark, struct arena *a,
                       struct dual *d)
{
    d->columns = 0;
    for (size_t i = 0; i < x->cells; i++)
        if (table->y[x->cell[i]] > 0)
            d->cell[d->columns++] = x->cell[i];
    d->free = d->columns;
    for (size_t i = 0; i < x->cells; i++)
        if (table->y[x->cell[i]] == 0)
            d->cell[d->columns++] = x->cell[i];
    if (dark != 0)
        d->cell[d->columns++] = 0;
    d->b = arena_new(a, x->terms * d->columns, int64_t);
    for (size_t i = 0; i < x->terms; i++)
        for (size_t j = 0; j < d->columns; j++)
            if (is_within(x->term[i], d->cell[j]))
                d->b[i * d->columns + j] = d->cell[j] == 0 ? dark : 1;
    for (size_t j = 0; j < d->columns; j++)
        d->asked[j] = dark == 0 || d->cell[j] == 0;
    return cone_support(d->b, x->terms, d->columns, d->free, d->asked, d->can);
}

static size_t find_cells_off(const struct loglinear_table *table, const struct matrix *x,
                             struct mask_set *off, struct arena *a)
{
    struct dual *d = arena_new(a, 1, struct dual);
    size_t n = 0;

    if (!solve_dual(table, x, 0, a, d))
        return find_cells_off_by_program(table, x, off);
    for (size_t j = d->free; j < d->columns; j++) {
        if (d->can[j])
            continue;
        mask_set_add(off, d->cell[j]);
        n++;
    }
    return n;
}

static bool can_move(const struct loglinear_table *table, const struct matrix *x, int sign, struct arena *a)
{
    struct dual *d = arena_new(a, 1, struct dual);

    if (!solve_dual(table, x, -sign, a, d))
        return can_move_by_program(table, x, sign);
    return !d->can[d->columns - 1];
}

/* Of a dark figure that moves: the dark cell's row is no combination of those of the face (if it were, no
 * direction could move it; as it is not, one does that is 0 on the face, with enough of one that empties all
 * other cells). */
static enum dark_figure dark_direction(const struct loglinear_table *table, const struct matrix *x,
                                       enum dark_figure part, struct arena *a)
{
    bool does_both = part == DARK_FIGURE_UNIDENTIFIED;
    bool grows = does_both || part == DARK_FIGURE_INFINITE || can_move(table, x, 1, a);
    bool falls = does_both || part == DARK_FIGURE_ZERO || !grows || can_move(table, x, -1, a);

    if (grows && falls)
        return DARK_FIGURE_UNIDENTIFIED;
    return grows ? DARK_FIGURE_INFINITE : DARK_FIGURE_ZERO;
}

/* A as numbers. */
static uint64_t *write_out(const struct matrix *x, struct arena *a)
{
    uint64_t *v = arena_new(a, x->cells * x->terms, uint64_t);

    for (size_t i = 0; i < x->cells; i++)
        for (size_t j = 0; j < x->terms; j++)
            v[i * x->terms + j] = is_within(x->term[j], x->cell[i]) ? 1 : 0;
    return v;
}

/* A largest set of independent columns, in order, to `out`; *holds_dark (may be NULL): is the dark cell's row
 * a combination of the rows of x? */
static size_t independent_columns(const struct matrix *x, uint16_t *out, bool *holds_dark, struct arena *a)
{
    size_t pivot[MODEL_MAX_CELLS];
    uint64_t *v = write_out(x, a);
    uint64_t dark_row[MODEL_MAX_CELLS] = {1}; /* the intercept alone */
    size_t rank = rank_of(v, x->cells, x->terms, pivot);

    for (size_t i = 0; i < rank; i++)
        out[i] = x->term[pivot[i]];
    if (holds_dark)
        *holds_dark = rank_spans(v, rank, x->terms, pivot, dark_row);
    return rank;
}
