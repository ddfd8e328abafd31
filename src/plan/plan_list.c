/* A plan as people keep it in a spreadsheet. */
#include "plan/plan_list.h"

#include "base/arena.h"
#include "base/number.h"
#include "network/fold.h"
#include "network/organisation.h"
#include "plan/plan_list_ties.h"
#include "plan/plan_view.h"
#include "sheet/sheet.h"

#include <stdbool.h>

enum column { GOAL, TITLE, OWNER, DEADLINE, DONE_WHEN, LEGAL, EVIDENCE, LINKS, WAITS, NOTE, COLUMNS };
enum {
    NOWHERE = -1,
    MOST_NAMES = 4,
    SHEET_DAY_ZERO = -25569, /* 1899-12-30, from which spreadsheets count days, in days since 1970 */
    SHEET_FIRST_DAY = 36526, /* 2000-01-01 */
    SHEET_LAST_DAY = 73050   /* 2099-12-31 */
};

/* The names of the plan's own files, in both languages, and what else people write. */
struct names {
    enum text_key own;
    const char *others[MOST_NAMES];
};

static const struct names names[COLUMNS] = {
    [GOAL] = {TEXT_PLAN_GOAL, {"Målområde", "Mål nr", "Område"}},
    [TITLE] = {TEXT_PLAN_MEASURE, {"Åtgärder", "Aktivitet", "Insats", "Action"}},
    [OWNER] = {TEXT_PLAN_OWNER, {"Ansvarig", "Ansvarig aktör", "Ägare", "Owner"}},
    [DEADLINE] = {TEXT_PLAN_DEADLINE, {"Klart", "Slutdatum", "Datum", "Deadline"}},
    [DONE_WHEN] = {TEXT_PLAN_DONE_WHEN, {"Uppföljning", "Indikator", "Indicator"}},
    [LEGAL] = {TEXT_PLAN_LEGAL, {"Lagstöd", "Laggrund"}},
    [EVIDENCE] = {TEXT_PLAN_EVIDENCE, {"Bakgrund", "Motiv"}},
    [LINKS] = {TEXT_PLAN_LINKS, {"Länkar", "Links"}},
    [WAITS] = {TEXT_PLAN_WAITS, {"Beror på", "Beroenden", "Depends on"}},
    [NOTE] = {TEXT_PLAN_NOTE, {"Anteckning", "Kommentar", "Note"}},
};

static struct str words(enum text_key key, enum language language)
{
    return catalogue_text(catalogue_of(language), key);
}

static bool is_words(struct str folded, enum text_key key, struct arena *a)
{
    return str_equal(folded, fold(words(key, LANGUAGE_SV), a)) ||
           str_equal(folded, fold(words(key, LANGUAGE_EN), a));
}

static bool is_named(enum column column, struct str folded, struct arena *a)
{
    for (size_t i = 0; i < MOST_NAMES && names[column].others[i]; i++)
        if (str_equal(folded, fold(str_of(names[column].others[i]), a)))
            return true;
    return is_words(folded, names[column].own, a);
}

static enum status find_columns(const char *name, const struct sheet *sheet, struct arena *a,
                                int place[COLUMNS], struct err *e)
{
    for (int c = 0; c < COLUMNS; c++) {
        place[c] = NOWHERE;
        for (size_t i = 0; i < sheet->columns && place[c] == NOWHERE; i++)
            if (is_named((enum column)c, fold(sheet->header[i], a), a))
                place[c] = (int)i;
    }
    if (place[GOAL] == NOWHERE || place[TITLE] == NOWHERE)
        return err_set(e, BAD_INPUT, "%s: there is no column named \"%.*s\" in the first row", name,
                       STR(words(names[place[GOAL] == NOWHERE ? GOAL : TITLE].own, LANGUAGE_SV)));
    return OK;
}

static bool goal_of(struct str cell, struct arena *a, enum plan_goal *out)
{
    struct str folded = fold(cell, a);

    if (plan_goal_from_str(cell, out))
        return true;
    for (int g = 0; g < PLAN_GOALS; g++)
        if (is_words(folded, plan_goal_words((enum plan_goal)g), a)) {
            *out = (enum plan_goal)g;
            return true;
        }
    return false;
}

/* An empty cell is no date: the measure goes on. */
static bool deadline_of(struct str cell, struct date *out)
{
    int64_t day = 0;

    if (cell.n == 0)
        return true;
    if (i64_from_str(cell, SHEET_FIRST_DAY, SHEET_LAST_DAY, &day)) {
        *out = date_from_days(day + SHEET_DAY_ZERO);
        return true;
    }
    return date_from_str(cell, out) && out->year >= 2000 && out->year < 2100;
}

/* What has been seen: titles of the plan and of the rows above, folded. */
struct seen {
    struct str *title;
    size_t n;
};

static bool is_seen(const struct seen *seen, struct str folded)
{
    for (size_t i = 0; i < seen->n; i++)
        if (str_equal(seen->title[i], folded))
            return true;
    return false;
}

static enum plan_fault check_title(const struct measure *m, const struct seen *seen, struct arena *a)
{
    if (m->title.n == 0)
        return PLAN_NO_TITLE;
    if (str_letters(m->title) > MEASURE_TITLE_LETTERS)
        return PLAN_LONG_TITLE;
    return is_seen(seen, fold(m->title, a)) ? PLAN_TWICE : PLAN_RIGHT;
}

static enum plan_fault check_texts(const struct measure *m)
{
    const struct str texts[] = {m->done_when, m->legal, m->evidence, m->note};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_letters(texts[i]) > MEASURE_TEXT_LETTERS)
            return PLAN_LONG_TEXT;
    return PLAN_RIGHT;
}

static enum status check_row(struct db *db, const struct str cell[COLUMNS], const struct seen *seen,
                             struct arena *a, struct plan_row *row, struct err *e)
{
    struct measure *m = &row->measure;

    *m = (struct measure){.title = cell[TITLE],
                          .template = S(""),
                          .owner_name = cell[OWNER],
                          .done_when = cell[DONE_WHEN],
                          .legal = cell[LEGAL],
                          .evidence = cell[EVIDENCE],
                          .note = cell[NOTE]};
    if (cell[OWNER].n > 0)
        TRY(organisation_match(db, S(""), cell[OWNER], &m->owner, e));
    row->fault = check_title(m, seen, a);
    if (row->fault == PLAN_RIGHT && !goal_of(cell[GOAL], a, &m->goal))
        row->fault = cell[GOAL].n == 0 ? PLAN_NO_GOAL : PLAN_UNKNOWN_GOAL;
    if (row->fault == PLAN_RIGHT && cell[OWNER].n > 0 && m->owner == 0)
        row->fault = PLAN_UNKNOWN_OWNER;
    if (row->fault == PLAN_RIGHT && !deadline_of(cell[DEADLINE], &m->deadline))
        row->fault = PLAN_BAD_DATE;
    if (row->fault == PLAN_RIGHT)
        row->fault = check_texts(m);
    return OK;
}

static struct seen start_seen(const struct measures *plan, size_t rows, struct arena *a)
{
    struct seen seen = {.title = arena_new(a, plan->n + rows + 1, struct str)};

    for (; seen.n < plan->n; seen.n++)
        seen.title[seen.n] = fold(plan->measure[seen.n].title, a);
    return seen;
}

/* The sheet's cells of row `i`, in the order of the columns' meaning. */
static void cells_of(const struct sheet *sheet, const int place[COLUMNS], size_t i, struct str cell[COLUMNS])
{
    for (int c = 0; c < COLUMNS; c++)
        cell[c] = place[c] == NOWHERE ? S("") : sheet->row[i].cell[place[c]];
}

static enum status check_rows(struct db *db, const struct sheet *sheet, const int place[COLUMNS],
                              const struct tie_source *source, struct err *e)
{
    struct seen seen = start_seen(source->plan, sheet->n, source->arena);

    for (size_t i = 0; i < sheet->n; i++) {
        struct plan_row *row = &source->rows->row[i];
        struct str cell[COLUMNS];

        cells_of(sheet, place, i, cell);
        TRY(check_row(db, cell, &seen, source->arena, row, e));
        row->line = sheet->row[i].line;
        if (sheet->row[i].is_torn)
            row->fault = PLAN_TORN;
        if (row->fault == PLAN_RIGHT)
            seen.title[seen.n++] = fold(row->measure.title, source->arena);
    }
    return OK;
}

/* What a row waits for may stand below it: ties are read when all titles are. */
static void tie_rows(const struct sheet *sheet, const int place[COLUMNS], const struct tie_source *source)
{
    for (size_t i = 0; i < sheet->n; i++) {
        struct plan_row *row = &source->rows->row[i];
        struct str cell[COLUMNS];

        cells_of(sheet, place, i, cell);
        if (row->fault == PLAN_RIGHT)
            row->fault = plan_row_links(source, cell[LINKS], row);
        if (row->fault == PLAN_RIGHT)
            row->fault = plan_row_waits(source, cell[WAITS], row);
    }
    plan_rows_settle(source->rows);
    for (size_t i = 0; i < sheet->n; i++)
        source->rows->faults += source->rows->row[i].fault != PLAN_RIGHT;
}

enum status plan_list_read(struct db *db, const struct plan_offers *offers, const char *name,
                           struct str bytes, struct arena *a, struct plan_rows *out, struct err *e)
{
    struct measures plan;
    struct sheet sheet;
    int place[COLUMNS];

    TRY(sheet_read(name, bytes, a, &sheet, e));
    TRY(find_columns(name, &sheet, a, place, e));
    if (sheet.n > PLAN_LIST_MOST_ROWS)
        return err_set(e, BAD_INPUT, "%s: a plan has at most %d measures", name, (int)PLAN_LIST_MOST_ROWS);
    struct plan_rows rows = {.n = sheet.n, .row = arena_new(a, sheet.n + 1, struct plan_row)};
    TRY(measure_list(db, &(struct measure_filter){0}, a, &plan, e));
    const struct tie_source source = {.plan = &plan, .offers = offers, .rows = &rows, .arena = a};
    TRY(check_rows(db, &sheet, place, &source, e));
    tie_rows(&sheet, place, &source);
    *out = rows;
    return OK;
}
