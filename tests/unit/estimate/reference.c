/* Reading tests/data/mse. */
#include "reference.h"

#include "base/file.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

enum { LIMIT = 1 << 20 };

static struct str read_file(const char *file, struct arena *a)
{
    struct str bytes = {NULL, 0};
    struct err e;

    assert_int_equal(file_read(arena_printf(a, TEST_DATA "/mse/%s", file), LIMIT, a, &bytes, &e), OK);
    return bytes;
}

struct reference *reference_open(const char *file, struct arena *a)
{
    struct reference *r = arena_new(a, 1, struct reference);
    struct err e;

    assert_int_equal(csv_open(&r->in, file, read_file(file, a), a, &e), OK);
    r->columns = r->in.n;
    for (size_t i = 0; i < r->columns; i++)
        r->name[i] = arena_cstr(a, r->in.fields[i].p, r->in.fields[i].n);
    return r;
}

bool reference_next(struct reference *r)
{
    bool has_row = false;
    struct err e;

    assert_int_equal(csv_next(&r->in, &has_row, &e), OK);
    return has_row;
}

struct str reference_str(const struct reference *r, const char *column)
{
    for (size_t i = 0; i < r->columns; i++)
        if (strcmp(r->name[i], column) == 0)
            return r->in.fields[i];
    fail_msg("%s has no column %s", r->in.name, column);
    return (struct str){NULL, 0};
}

double reference_f64(const struct reference *r, const char *column)
{
    double value = NAN;

    if (reference_str(r, column).n > 0)
        assert_true(f64_from_str(reference_str(r, column), -1e300, 1e300, &value));
    return value;
}

void reference_table(const struct reference *r, size_t cells, uint32_t *y)
{
    memset(y, 0, cells * sizeof *y);
    for (size_t i = 0; i < r->columns; i++) {
        int64_t mask = 0;
        int64_t people = 0;

        if (r->name[i][0] != 'h')
            continue;
        assert_true(i64_from_str(str_of(r->name[i] + 1), 1, (int64_t)cells - 1, &mask));
        assert_true(i64_from_str(r->in.fields[i], 0, COUNTS_MAX_PEOPLE, &people));
        y[mask] = (uint32_t)people;
    }
}

struct counts *reference_counts(const char *name, struct arena *a)
{
    struct counts *counts = arena_new(a, 1, struct counts);
    const char *file = arena_printf(a, "%s.csv", name);
    struct err e;

    assert_int_equal(counts_read(counts, file, read_file(file, a), a, &e), OK);
    return counts;
}

struct stepwise *reference_stepwise(const char *name, struct arena *a)
{
    struct counts *counts = reference_counts(name, a);
    struct stepwise *s = stepwise_open(a, counts->lists);

    stepwise_set_counts(s, counts->y);
    return s;
}

double relative_error(double x, double y)
{
    return fabs(x / y - 1.0);
}
