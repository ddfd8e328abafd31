/* The results of the accessibility tests. */
#include "public/accessibility.h"

#include "base/arena.h"
#include "base/csv.h"

extern const char accessibility_csv[];

enum { PATH, SWEDISH, ENGLISH, TESTED, TOOL, FAULTS, COLUMNS };

static enum status read_page(const struct csv *in, struct accessibility_page *page, struct err *e)
{
    *page = (struct accessibility_page){
        .path = in->fields[PATH],
        .name = {[LANGUAGE_SV] = in->fields[SWEDISH], [LANGUAGE_EN] = in->fields[ENGLISH]},
        .faults = in->fields[FAULTS]};
    if (in->fields[TESTED].n > 0 && !date_from_str(in->fields[TESTED], &page->tested_on))
        return csv_fault(e, in, TESTED, "expected a day as 2026-11-24, or nothing");
    if (page->tested_on.year == 0 && page->faults.n > 0)
        return csv_fault(e, in, FAULTS, "expected no faults of a page that was not tested");
    return OK;
}

/* What was used on the latest day is what the statement tells. */
static void count(struct accessibility *all, const struct accessibility_page *page, struct str tool)
{
    if (page->tested_on.year == 0)
        return;
    all->tested++;
    all->failed += page->faults.n > 0;
    if (all->last_on.year != 0 && date_days(page->tested_on) < date_days(all->last_on))
        return;
    all->last_on = page->tested_on;
    all->tool = tool;
}

enum status accessibility_from(struct str rows, struct arena *a, struct accessibility *out, struct err *e)
{
    struct accessibility all = {0};
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(csv_open(&in, "accessibility.csv", rows, a, e));
    if (in.n != COLUMNS)
        return csv_fault(e, &in, 0, "expected %d columns", (int)COLUMNS);
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        struct accessibility_page page;

        TRY(read_page(&in, &page, e));
        count(&all, &page, in.fields[TOOL]);
        all.page = arena_grow(a, all.page, all.n + 1, &room, sizeof *all.page);
        all.page[all.n++] = page;
        TRY(csv_next(&in, &has_row, e));
    }
    *out = all;
    return OK;
}

enum status accessibility_read(struct arena *a, struct accessibility *out, struct err *e)
{
    return accessibility_from(str_of(accessibility_csv), a, out, e);
}
