/* Reading tests/data/mse: tables of capture histories, and the answers of other programs on them. */
#ifndef LYKTA_TESTS_REFERENCE_H
#define LYKTA_TESTS_REFERENCE_H

#include "../unit.h"

#include "base/csv.h"
#include "estimate/counts.h"
#include "estimate/stepwise.h"

#include <math.h>
#include <stdbool.h>

/* A file of answers, read row by row. */
struct reference {
    struct csv in;
    size_t columns;
    char *name[CSV_MAX_FIELDS];
};

/* Opens tests/data/mse/<file>; the test fails when it cannot. */
struct reference *reference_open(const char *file, struct arena *a);
bool reference_next(struct reference *r);

/* The row's cell in a column: as text, and as a number (NaN where it is empty). */
struct str reference_str(const struct reference *r, const char *column);
double reference_f64(const struct reference *r, const char *column);

/* The row's resampled table, from its columns h<mask>, into y[cells]. */
void reference_table(const struct reference *r, size_t cells, uint32_t *y);

/* The capture histories tests/data/mse/<name>.csv. */
struct counts *reference_counts(const char *name, struct arena *a);

/* A stepwise over the table `name`, its counts set. The caller closes it. */
struct stepwise *reference_stepwise(const char *name, struct arena *a);

/* |x / y - 1|, and whether a figure agrees to one part in a million. */
double relative_error(double x, double y);
#define assert_close(x, y) assert_true(relative_error((x), (y)) < 1e-6)
#define assert_near(x, y, tolerance) assert_true(fabs((x) - (y)) <= (tolerance))

#endif
