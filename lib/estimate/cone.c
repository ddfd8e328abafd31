/* Which variables of a cone can be above 0. */
#include "estimate/cone.h"

#include <stdlib.h>
#include <string.h>

static const int64_t largest = INT64_C(1) << 30; /* two products of such numbers and their sum fit */

/* The equations left, solved for one variable each: p[i] v[basic[i]] = -sum of row[j] v_j over the others. */
struct tableau {
    int64_t *b;
    size_t rows, columns, free;
    int64_t *most; /* of each row: no number of it is larger */
    size_t basic[CONE_MAX_COLUMNS];
    bool is_basic[CONE_MAX_COLUMNS];
    bool overflows;
};

enum rows { OF_ALL_ROWS, OF_ROWS_LEFT };

static int64_t size_of(const int64_t *row, size_t n);
static size_t eliminate(struct tableau *t, size_t from, size_t to, enum rows of);
static bool find_ray(struct tableau *t, const bool *wanted, bool *ray);

bool cone_support(int64_t *b, size_t rows, size_t columns, size_t free, const bool *asked, bool *can)
{
    int64_t most[CONE_MAX_ROWS];
    struct tableau t = {.b = b, .rows = rows, .columns = columns, .free = free, .most = most};
    bool wanted[CONE_MAX_COLUMNS];
    bool ray[CONE_MAX_COLUMNS];

    for (size_t i = 0; i < rows; i++)
        most[i] = size_of(b + i * columns, columns);
    /* An equation that gives a variable of any sign asks nothing of the others. */
    size_t gone = eliminate(&t, 0, free, OF_ROWS_LEFT);
    t.b += gone * columns;
    t.most += gone;
    t.rows -= gone;
    t.rows = eliminate(&t, free, columns, OF_ALL_ROWS);
    memcpy(wanted, asked, columns * sizeof *wanted);
    while (!t.overflows && find_ray(&t, wanted, ray))
        for (size_t j = free; j < columns; j++)
            if (ray[j])
                wanted[j] = false;
    if (t.overflows)
        return false;
    for (size_t j = 0; j < columns; j++)
        can[j] = j >= free && asked[j] && !wanted[j];
    return true;
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static int64_t size_of(const int64_t *row, size_t n)
{
    int64_t most = 0;

    for (size_t j = 0; j < n; j++)
        most |= llabs(row[j]); /* at least as large as the largest, and below its double */
    return most;
}

/* Divides row i by what all its numbers have in common, when they have grown. */
static void shorten(struct tableau *t, size_t i)
{
    int64_t *row = t->b + i * t->columns;
    int64_t common = 0;

    if (t->most[i] >= largest)
        t->most[i] = size_of(row, t->columns);
    if (t->most[i] < largest)
        return;
    for (size_t j = 0; j < t->columns && common != 1; j++)
        common = gcd(common, row[j]);
    for (size_t j = 0; j < t->columns && common > 1; j++)
        row[j] /= common;
    t->most[i] = size_of(row, t->columns);
    t->overflows = t->overflows || t->most[i] >= largest;
}

/* row = scale * row - factor * given. The numbers of a zeta matrix are few and small: nearly always the
 * factor is 1 or -1, and the compiler adds several at once. */
static void combine(int64_t *row, int64_t scale, const int64_t *given, int64_t factor, size_t n)
{
    if (scale == 1 && factor == 1)
        for (size_t l = 0; l < n; l++)
            row[l] -= given[l];
    else if (scale == 1 && factor == -1)
        for (size_t l = 0; l < n; l++)
            row[l] += given[l];
    else
        for (size_t l = 0; l < n; l++)
            row[l] = scale * row[l] - factor * given[l];
}

/* Row `at` gives variable `j`: its number there becomes positive, and 0 in the other rows from `first` on.
 * Before column `from` the row holds nothing. */
static void pivot(struct tableau *t, size_t at, size_t j, size_t first, size_t from)
{
    int64_t *given = t->b + at * t->columns;

    if (given[j] < 0)
        for (size_t l = from; l < t->columns; l++)
            given[l] = -given[l];
    for (size_t i = first; i < t->rows && !t->overflows; i++) {
        int64_t *row = t->b + i * t->columns;
        int64_t factor = row[j];
        int64_t scale = given[j];

        if (i == at || factor == 0)
            continue;
        if (scale != 1 && factor % scale == 0) {
            factor /= scale;
            scale = 1;
        }
        if (scale == 1)
            combine(row + from, 1, given + from, factor, t->columns - from);
        else
            combine(row, scale, given, factor, t->columns);
        t->most[i] = scale * t->most[i] + llabs(factor) * t->most[at];
        shorten(t, i);
    }
    t->basic[at] = j;
}

static void swap_rows(struct tableau *t, size_t a, size_t b)
{
    int64_t most = t->most[a];

    t->most[a] = t->most[b];
    t->most[b] = most;
    for (size_t l = 0; l < t->columns && a != b; l++) {
        int64_t kept = t->b[a * t->columns + l];

        t->b[a * t->columns + l] = t->b[b * t->columns + l];
        t->b[b * t->columns + l] = kept;
    }
}

/* Solves rows for variables from..to-1, as many as can be, and puts those rows first; how many they are. The
 * variables are taken out of all other rows, or of those that are left only. */
static size_t eliminate(struct tableau *t, size_t from, size_t to, enum rows of)
{
    size_t done = 0;

    for (size_t j = from; j < to && done < t->rows && !t->overflows; j++) {
        size_t found = t->rows;

        for (size_t i = t->rows; i-- > done;)
            if (t->b[i * t->columns + j] != 0 &&
                (found == t->rows || llabs(t->b[i * t->columns + j]) <= llabs(t->b[found * t->columns + j])))
                found = i;
        if (found == t->rows)
            continue;
        swap_rows(t, done, found);
        pivot(t, done, j, of == OF_ALL_ROWS ? 0 : done, j);
        t->is_basic[j] = true;
        done++;
    }
    return done;
}

/* The sign of how the sum of the wanted variables grows with variable `j` and the basic ones that follow it.
 */
static int gain(struct tableau *t, const bool *wanted, size_t j)
{
    __extension__ typedef __int128 wide;
    wide above = wanted[j] ? 1 : 0;
    wide below = 1;

    for (size_t i = 0; i < t->rows; i++) {
        int64_t entry = t->b[i * t->columns + j];
        int64_t scale = t->b[i * t->columns + t->basic[i]];

        if (!wanted[t->basic[i]] || entry == 0)
            continue;
        if (scale != 1 && below % scale != 0) {
            above *= scale;
            below *= scale;
        }
        above -= (below / scale) * entry;
        if (below > (wide)1 << 62) {
            t->overflows = true;
            return 0;
        }
    }
    return (above > 0) - (above < 0);
}

/* A solution in which a wanted variable is above 0, as the set of variables that are; false when there is
 * none. */
static bool find_ray(struct tableau *t, const bool *wanted, bool *ray)
{
    for (;;) {
        size_t j = t->free;
        size_t leaves = t->rows;

        while (j < t->columns && (t->is_basic[j] || gain(t, wanted, j) <= 0))
            j++;
        if (j == t->columns || t->overflows)
            return false;
        for (size_t i = 0; i < t->rows; i++)
            if (t->b[i * t->columns + j] > 0 && (leaves == t->rows || t->basic[i] < t->basic[leaves]))
                leaves = i;
        if (leaves == t->rows) {
            memset(ray, 0, t->columns * sizeof *ray);
            ray[j] = true;
            for (size_t i = 0; i < t->rows; i++)
                ray[t->basic[i]] = t->b[i * t->columns + j] < 0;
            return true;
        }
        t->is_basic[t->basic[leaves]] = false;
        t->is_basic[j] = true;
        pivot(t, leaves, j, 0, 0);
        if (t->overflows)
            return false;
    }
}
