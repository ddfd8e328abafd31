/* What is known of the accessibility of each page that everyone may use (accessibility.csv): the results of
 * the browser tests, which write them (tests/e2e/accessibility.mjs). The statement that the law asks for is
 * made of them, so that it says nothing that no test has shown. */
#ifndef LYKTA_PUBLIC_ACCESSIBILITY_H
#define LYKTA_PUBLIC_ACCESSIBILITY_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stddef.h>

struct arena;

struct accessibility_page {
    struct str path; /* as its route has it: "/seminarier/:id" */
    struct str name[LANGUAGES];
    struct date tested_on; /* no date: it has not been */
    struct str faults;     /* names of rules that it broke, with a space between; empty: none */
};

struct accessibility {
    size_t n;
    struct accessibility_page *page;
    size_t tested, failed;
    struct date last_on; /* the latest day of a test */
    struct str tool;     /* what it was tested with then: "axe-core 4.10.2, Chromium 130" */
};

/* All pages in the order of the file, in `a`. */
enum status accessibility_read(struct arena *a, struct accessibility *out, struct err *e) MUST_USE;

/* The same from another file, for tests. BAD_INPUT with its line and column: a day that is none, faults of a
 * page that was not tested. */
enum status accessibility_from(struct str rows, struct arena *a, struct accessibility *out,
                               struct err *e) MUST_USE;

#endif
