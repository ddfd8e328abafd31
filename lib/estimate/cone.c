/* Which variables of a cone can be above 0. */
#include "estimate/cone.h"

#include <stdlib.h>
#include <string.h>

static const int64_t largest = INT64_C(1) << 30; /* two products of such numbers and their sum fit */

/* The equations left, solved for one variable each: p[i] v[basic[i]] = -sum of row[j] v_j over the others. */
struct tableau {
    int64_t *b;
    size_t rows, columns, free;
    size_t basic[CONE_MAX_COLUMNS];
    bool is_basic[CONE_MAX_COLUMNS];
    bool overflows;
};

static size_t eliminate(struct tableau *t, size_t from, size_t to, size_t done);
static bool find_ray(struct tableau *t, const bool *wanted, bool *ray);

bool cone_support(int64_t *b, size_t rows, size_t columns, size_t free, const bool *asked, bool *can)
{
    struct tableau t = {.b = b, .rows = rows, .columns = columns, .free = free};
    bool wanted[CONE_MAX_COLUMNS];
    bool ray[CONE_MAX_COLUMNS];

    /* An equation that gives a variable of any sign asks nothing of the others. */
    size_t gone = eliminate(&t, 0, free, 0);
    t.b += gone * columns;
    t.rows -= gone;
    t.rows = eliminate(&t, free, columns, 0);
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

/* Divides a row by what all its numbers have in common, when they have grown. */
static void shorten(struct tableau *t, int64_t *row)
{
    int64_t common = 0;

    if (size_of(row, t->columns) < largest)
        return;
    for (size_t j = 0; j < t->columns && common != 1; j++)
        common = gcd(common, row[j]);
    for (size_t j = 0; j < t->columns && common > 1; j++)
        row[j] /= common;
    t->overflows = t->overflows || size_of(row, t->columns) >= largest;
}

/* Row `at` gives variable `j`: its number there becomes positive, and 0 in all other rows. */
static void pivot(struct tableau *t, size_t at, size_t j)
{
    int64_t *given = t->b + at * t->columns;

    if (given[j] < 0)
        for (size_t l = 0; l < t->columns; l++)
            given[l] = -given[l];
    for (size_t i = 0; i < t->rows && !t->overflows; i++) {
        int64_t *row = t->b + i * t->columns;
        int64_t factor = row[j];
        int64_t scale = given[j];

        if (i == at || factor == 0)
            continue;
        if (factor % scale == 0) {
            factor /= scale;
            scale = 1;
        }
        for (size_t l = 0; l < t->columns; l++)
            row[l] = scale * row[l] - factor * given[l];
        shorten(t, row);
    }
    t->basic[at] = j;
}

static void swap_rows(struct tableau *t, size_t a, size_t b)
{
    for (size_t l = 0; l < t->columns && a != b; l++) {
        int64_t kept = t->b[a * t->columns + l];

        t->b[a * t->columns + l] = t->b[b * t->columns + l];
        t->b[b * t->columns + l] = kept;
    }
}

/* Solves rows for variables from..to-1, as many as can be, and puts those rows first; how many they are. */
static size_t eliminate(struct tableau *t, size_t from, size_t to, size_t done)
{
    for (size_t j = from; j < to && done < t->rows && !t->overflows; j++) {
        size_t found = t->rows;

        for (size_t i = t->rows; i-- > done;)
            if (t->b[i * t->columns + j] != 0 &&
                (found == t->rows || llabs(t->b[i * t->columns + j]) <= llabs(t->b[found * t->columns + j])))
                found = i;
        if (found == t->rows)
            continue;
        swap_rows(t, done, found);
        pivot(t, done, j);
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
        pivot(t, leaves, j);
        if (t->overflows)
            return false;
    }
}
