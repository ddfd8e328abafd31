/* The ties of measures in a spreadsheet. */
#include "plan/plan_list_ties.h"

#include "base/arena.h"
#include "network/fold.h"
#include "plan/plan_offers.h"

#include <string.h>

/* A measure of the plan or a row of the file has the title: the row waits for it. */
static enum plan_fault wait_for(const struct tie_source *s, struct str title, struct plan_row *row)
{
    struct str folded = fold(title, s->arena);
    struct measure *m = &row->measure;

    if (m->waits + row->waits == MEASURE_WAITS)
        return PLAN_MANY_TIES;
    for (size_t i = 0; i < s->plan->n; i++)
        if (str_equal(fold(s->plan->measure[i].title, s->arena), folded)) {
            m->wait[m->waits++] = (struct measure_wait){.id = s->plan->measure[i].id,
                                                        .title = s->plan->measure[i].title,
                                                        .state = s->plan->measure[i].state};
            return PLAN_RIGHT;
        }
    for (size_t i = 0; i < s->rows->n; i++)
        if (str_equal(fold(s->rows->row[i].measure.title, s->arena), folded)) {
            row->wait[row->waits++] = i;
            return PLAN_RIGHT;
        }
    return PLAN_UNKNOWN_WAIT;
}

/* Calls `take` for each part of `cell` between `byte`s that is not empty. */
typedef enum plan_fault take_part(const struct tie_source *s, struct str part, struct plan_row *row);
static enum plan_fault each_part(const struct tie_source *s, struct str cell, char byte, struct plan_row *row,
                                 take_part *take)
{
    enum plan_fault fault = PLAN_RIGHT;

    while (cell.n > 0 && fault == PLAN_RIGHT) {
        struct str part;

        if (!str_cut(cell, byte, &part, &cell))
            cell = S("");
        if (str_trim(part).n > 0)
            fault = take(s, str_trim(part), row);
    }
    return fault;
}

/* A title may hold a semicolon: the whole line is tried first. */
static enum plan_fault wait_for_line(const struct tie_source *s, struct str line, struct plan_row *row)
{
    enum plan_fault fault = wait_for(s, line, row);

    if (fault == PLAN_UNKNOWN_WAIT && memchr(line.p, ';', line.n))
        return each_part(s, line, ';', row, wait_for);
    return fault;
}

enum plan_fault plan_row_waits(const struct tie_source *s, struct str cell, struct plan_row *row)
{
    return each_part(s, cell, '\n', row, wait_for_line);
}

/* "/seminarier/3" of "Seminarium https://lykta.example/en/seminarier/3": after the host, without the
 * language.
 */
static struct str path_in(struct str line)
{
    const char *space = memrchr(line.p, ' ', line.n);
    struct str address = space ? str_part(line, (size_t)(space - line.p) + 1, line.n) : line;
    const char *host = memmem(address.p, address.n, "://", 3);
    size_t from = host ? (size_t)(host - address.p) + 3 : 0;

    while (host && from < address.n && address.p[from] != '/')
        from++;
    address = str_part(address, from, address.n);
    return str_starts(address, S("/en/")) ? str_part(address, 3, address.n) : address;
}

static enum plan_fault rest_on(const struct tie_source *s, struct str line, struct plan_row *row)
{
    const struct measure_link *link = s->offers ? plan_offer(s->offers, path_in(line)) : NULL;
    struct measure *m = &row->measure;

    if (!link)
        return PLAN_UNKNOWN_LINK;
    if (m->links == MEASURE_LINKS)
        return PLAN_MANY_TIES;
    m->link[m->links++] = *link;
    return PLAN_RIGHT;
}

enum plan_fault plan_row_links(const struct tie_source *s, struct str cell, struct plan_row *row)
{
    return each_part(s, cell, '\n', row, rest_on);
}

/* Does it wait for a row of which `is_out` says that it is out? */
static bool waits_for_any(const struct plan_row *row, const struct plan_rows *rows,
                          bool (*is_out)(const struct plan_row *))
{
    for (size_t i = 0; i < row->waits; i++)
        if (is_out(&rows->row[row->wait[i]]))
            return true;
    return false;
}

static bool is_wrong(const struct plan_row *row)
{
    return row->fault != PLAN_RIGHT;
}

static bool is_not_placed(const struct plan_row *row)
{
    return !row->is_placed;
}

/* Each round takes out the rows that wait for one that is out, until a round takes none. */
static void drop_dependents(struct plan_rows *rows)
{
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        for (size_t i = 0; i < rows->n; i++)
            if (!is_wrong(&rows->row[i]) && waits_for_any(&rows->row[i], rows, is_wrong)) {
                rows->row[i].fault = PLAN_UNKNOWN_WAIT;
                is_changed = true;
            }
    }
}

/* Each round places the rows that wait for placed ones alone (Kahn, 1962); what is never placed waits in a
 * circle, or for one. */
static void find_circles(struct plan_rows *rows)
{
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        for (size_t i = 0; i < rows->n; i++) {
            struct plan_row *row = &rows->row[i];

            if (row->is_placed || is_wrong(row) || waits_for_any(row, rows, is_not_placed))
                continue;
            row->is_placed = is_changed = true;
        }
    }
    for (size_t i = 0; i < rows->n; i++)
        if (!is_wrong(&rows->row[i]) && !rows->row[i].is_placed)
            rows->row[i].fault = PLAN_CIRCLE;
}

void plan_rows_settle(struct plan_rows *rows)
{
    drop_dependents(rows);
    find_circles(rows);
}
