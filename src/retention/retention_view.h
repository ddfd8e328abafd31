/* What the page of retention shows. */
#ifndef LYKTA_RETENTION_RETENTION_VIEW_H
#define LYKTA_RETENTION_RETENTION_VIEW_H

#include "base/date.h"
#include "base/str.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rule_row {
    enum text_key what, why, stays;
    struct str kept;     /* "3 månader efter att de lämnade" */
    struct str decision; /* of the city's, on another time than the program's; empty: none */
    bool is_deleted;     /* false: only told */
    int64_t soon;        /* rows that will be due within 30 days */
};

struct held_row {
    struct str number; /* "2026-001" */
    struct date closed_on;
    struct str reason;
    bool is_leaving; /* somebody has asked to let it go */
};

struct deleted_row {
    struct str when;
    enum text_key what;
    int64_t n;
};

struct retention_view {
    struct layout layout;
    struct str frozen; /* since when and why; empty: it is not */
    struct str next, last;
    size_t rules, held, deleted;
    const struct rule_row *rule;
    const struct held_row *held_row;
    const struct deleted_row *deleted_row;
};

#endif
