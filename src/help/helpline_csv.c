/* Numbers to call, read from a CSV text. */
#include "base/arena.h"
#include "base/csv.h"
#include "help/helpline.h"

enum { NUMBER, TEL, SV, EN, HOURS_SV, HOURS_EN, CIRCLES, CHECKED_ON, STATUS, COLUMNS };

static enum status find_columns(const struct csv *in, int column[COLUMNS], struct err *e)
{
    static const char *const names[COLUMNS] = {"number",   "tel",     "sv",         "en",    "hours_sv",
                                               "hours_en", "circles", "checked_on", "status"};

    for (int i = 0; i < COLUMNS; i++) {
        column[i] = csv_column(in, names[i]);
        if (column[i] < 0)
            return csv_fault(e, in, 0, "there is no column \"%s\": expected it in the first line", names[i]);
    }
    return OK;
}

static unsigned circle(struct str name)
{
    static const struct {
        const char *name;
        unsigned bit;
    } circles[] = {{"now", HELPLINE_NOW},
                   {"self", HELPLINE_SELF},
                   {"child", HELPLINE_CHILD},
                   {"seen", HELPLINE_SEEN},
                   {"work", HELPLINE_WORK}};

    for (size_t i = 0; i < sizeof circles / sizeof circles[0]; i++)
        if (str_is(name, circles[i].name))
            return circles[i].bit;
    return 0;
}

static enum status read_circles(const struct csv *in, int column, unsigned *out, struct err *e)
{
    struct str rest = in->fields[column];
    struct str name;
    bool has_more = true;

    *out = 0;
    while (has_more) {
        has_more = str_cut(rest, ';', &name, &rest);
        if (!circle(name))
            return csv_fault(e, in, (size_t)column, "\"%.*s\": expected now, self, child, seen or work",
                             STR(name));
        *out |= circle(name);
    }
    return OK;
}

/* Digits, and a plus sign first: what a telephone can call. */
static bool is_callable(struct str tel)
{
    for (size_t i = 0; i < tel.n; i++)
        if ((tel.p[i] < '0' || tel.p[i] > '9') && !(tel.p[i] == '+' && i == 0))
            return false;
    return tel.n >= 3 && tel.n <= 16;
}

static enum status read_row(const struct csv *in, const int column[COLUMNS], bool is_english, struct arena *a,
                            struct helpline *out, struct err *e)
{
    struct str checked = in->fields[column[CHECKED_ON]];
    struct str status = in->fields[column[STATUS]];

    *out = (struct helpline){.number = in->fields[column[NUMBER]],
                             .tel = in->fields[column[TEL]],
                             .href = helpline_href(in->fields[column[TEL]], a),
                             .about = in->fields[column[is_english ? EN : SV]],
                             .hours = in->fields[column[is_english ? HOURS_EN : HOURS_SV]],
                             .is_verified = str_is(status, "verified")};
    if (!is_callable(out->tel))
        return csv_fault(e, in, (size_t)column[TEL],
                         "\"%.*s\": expected 3 to 16 digits, with + first or without", STR(out->tel));
    if (checked.n && !date_from_str(checked, &out->checked_on))
        return csv_fault(e, in, (size_t)column[CHECKED_ON], "\"%.*s\": expected a day as 2026-11-24",
                         STR(checked));
    if (!out->is_verified && !str_is(status, "granskas"))
        return csv_fault(e, in, (size_t)column[STATUS], "\"%.*s\": expected granskas or verified",
                         STR(status));
    if (out->is_verified && !checked.n)
        return csv_fault(e, in, (size_t)column[CHECKED_ON], "a verified number needs the day it was checked");
    return read_circles(in, column[CIRCLES], &out->circles, e);
}

enum status helplines_read(const char *name, struct str csv, struct str language, struct arena *a,
                           struct helplines *out, struct err *e)
{
    struct csv in;
    struct helplines found = {0, NULL};
    int column[COLUMNS] = {0};
    size_t room = 0;
    bool has_row = false;

    TRY(csv_open(&in, name, csv, a, e));
    TRY(find_columns(&in, column, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        found.line = arena_grow(a, found.line, found.n + 1, &room, sizeof *found.line);
        TRY(read_row(&in, column, str_is(language, "en"), a, &found.line[found.n], e));
        found.n++;
        TRY(csv_next(&in, &has_row, e));
    }
    *out = found;
    return OK;
}
