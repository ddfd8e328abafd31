/* The monthly picture. */
#include "observation/overview.h"

#include "base/arena.h"
#include "observation/evidence.h"

#include <stdio.h>

/* The exact counts, which stay here. */
struct exact {
    int64_t by_month[OVERVIEW_MONTHS];
    int64_t by_form[SITUATION_FORMS];
    int64_t by_place[PLACES];
    int64_t by_area[AREAS];
};

struct overview_figure overview_figure(int64_t exact)
{
    struct overview_figure f = {.is_few = exact < EVIDENCE_FEW};

    if (f.is_few)
        return f;
    f.about = (exact + EVIDENCE_FEW / 2) / EVIDENCE_FEW * EVIDENCE_FEW;
    f.least = f.about - EVIDENCE_FEW / 2;
    f.most = f.about + EVIDENCE_FEW / 2;
    if (f.least < EVIDENCE_FEW)
        f.least = EVIDENCE_FEW;
    return f;
}

static void months_before(struct date today, struct overview *out)
{
    struct date first = {today.year, today.month, 1};

    for (int i = 0; i < OVERVIEW_MONTHS; i++) {
        char day[11];

        date_to_text(date_add_months(first, i - OVERVIEW_MONTHS), day);
        snprintf(out->month[i], OVERVIEW_MONTH_BYTES, "%.7s", day);
    }
}

static void add(const struct situation_count *c, const struct overview *of, struct exact *exact)
{
    enum report_place place = PLACE_OTHER;
    enum report_area area = AREA_UNKNOWN;

    for (int i = 0; i < OVERVIEW_MONTHS; i++)
        if (str_is(c->month, of->month[i]))
            exact->by_month[i] += c->n;
    for (int i = 0; i < SITUATION_FORMS; i++)
        if (str_is(c->form, situation_form_name[i]))
            exact->by_form[i] += c->n;
    if (report_place_named(c->place, &place))
        exact->by_place[place] += c->n;
    if (report_area_named(c->area, &area))
        exact->by_area[area] += c->n;
}

static void protect_all(const int64_t *exact, size_t n, struct overview_figure *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = overview_figure(exact[i]);
}

enum status overview_read(struct db *db, struct date today, struct overview *out, struct err *e)
{
    struct arena *a = arena_open();
    struct situation_counts all;
    struct exact exact = {0};

    *out = (struct overview){0};
    months_before(today, out);
    enum status s =
        evidence_situations(db, str_of(out->month[0]), str_of(out->month[OVERVIEW_MONTHS - 1]), a, &all, e);
    for (size_t i = 0; s == OK && i < all.n; i++)
        add(&all.count[i], out, &exact);
    arena_close(a);
    protect_all(exact.by_month, OVERVIEW_MONTHS, out->by_month);
    protect_all(exact.by_form, SITUATION_FORMS, out->by_form);
    protect_all(exact.by_place, PLACES, out->by_place);
    protect_all(exact.by_area, AREAS, out->by_area);
    return s;
}
