/* The legal grounds with the days between which each is the law. */
#include "manual/legal_ground.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"

extern const char legal_grounds_csv[];
extern const char rests_on_csv[];

enum { ID, LAW, SECTION, SAYS, FROM, UNTIL, GROUND_COLUMNS };
enum { ACTIVITY, GROUND, PART, REST_COLUMNS };

static enum status open_rows(struct csv *in, const char *name, struct str rows, size_t columns,
                             struct arena *a, bool *has_row, struct err *e)
{
    TRY(csv_open(in, name, rows, a, e));
    if (in->n != columns)
        return csv_fault(e, in, 0, "expected %zu columns", columns);
    return csv_next(in, has_row, e);
}

static enum status read_days(const struct csv *in, struct legal_ground *g, struct err *e)
{
    bool has_end = in->fields[UNTIL].n > 0;

    if (!date_from_str(in->fields[FROM], &g->from))
        return csv_fault(e, in, FROM, "expected a day as 2018-05-25");
    if (has_end && !date_from_str(in->fields[UNTIL], &g->until))
        return csv_fault(e, in, UNTIL, "expected a day as 2025-06-30, or nothing");
    if (has_end && date_days(g->until) < date_days(g->from))
        return csv_fault(e, in, UNTIL, "expected an end that is not before the beginning");
    return OK;
}

static enum status read_grounds(struct str rows, struct arena *a, struct legal_grounds *out, struct err *e)
{
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(open_rows(&in, "legal_grounds.csv", rows, GROUND_COLUMNS, a, &has_row, e));
    while (has_row) {
        struct legal_ground g = {.id = in.fields[ID],
                                 .law = in.fields[LAW],
                                 .section = in.fields[SECTION],
                                 .says = in.fields[SAYS]};

        TRY(read_days(&in, &g, e));
        out->ground = arena_grow(a, out->ground, out->n + 1, &room, sizeof *out->ground);
        out->ground[out->n++] = g;
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

static const struct legal_ground *ground_named(const struct legal_grounds *all, struct str id)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->ground[i].id, id))
            return &all->ground[i];
    return NULL;
}

static enum status read_rests(struct str rows, struct arena *a, struct legal_grounds *out, struct err *e)
{
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(open_rows(&in, "rests_on.csv", rows, REST_COLUMNS, a, &has_row, e));
    while (has_row) {
        const struct legal_ground *ground = ground_named(out, in.fields[GROUND]);

        if (!ground)
            return csv_fault(e, &in, GROUND, "there is no ground \"%.*s\"", STR(in.fields[GROUND]));
        out->rest = arena_grow(a, out->rest, out->rests + 1, &room, sizeof *out->rest);
        out->rest[out->rests++] =
            (struct legal_rest){.activity = in.fields[ACTIVITY], .ground = ground, .part = in.fields[PART]};
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

enum status legal_grounds_from(struct str grounds, struct str rests, struct arena *a,
                               struct legal_grounds *out, struct err *e)
{
    struct legal_grounds all = {0};

    TRY(read_grounds(grounds, a, &all, e));
    TRY(read_rests(rests, a, &all, e));
    *out = all;
    return OK;
}

enum status legal_grounds_read(struct arena *a, struct legal_grounds *out, struct err *e)
{
    return legal_grounds_from(str_of(legal_grounds_csv), str_of(rests_on_csv), a, out, e);
}

enum legal_ground_state legal_ground_on(const struct legal_ground *ground, struct date day)
{
    if (date_days(day) < date_days(ground->from))
        return LEGAL_GROUND_NOT_YET;
    return ground->until.year > 0 && date_days(day) > date_days(ground->until) ? LEGAL_GROUND_ENDED
                                                                               : LEGAL_GROUND_HOLDS;
}

static bool part_holds(const struct legal_grounds *all, const struct legal_rest *of, struct date day)
{
    for (size_t i = 0; i < all->rests; i++) {
        const struct legal_rest *rest = &all->rest[i];

        if (str_equal(rest->activity, of->activity) && str_equal(rest->part, of->part) &&
            legal_ground_on(rest->ground, day) == LEGAL_GROUND_HOLDS)
            return true;
    }
    return false;
}

bool legal_grounds_hold(const struct legal_grounds *all, struct str activity, struct date day)
{
    bool has_whole = false;

    for (size_t i = 0; i < all->rests; i++) {
        if (!str_equal(all->rest[i].activity, activity))
            continue;
        if (!part_holds(all, &all->rest[i], day))
            return false;
        has_whole = has_whole || all->rest[i].part.n == 0;
    }
    return has_whole;
}

struct str legal_grounds_words(const struct legal_grounds *all, struct str activity, struct date day,
                               struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < all->rests; i++) {
        const struct legal_rest *rest = &all->rest[i];
        const struct legal_ground *g = rest->ground;

        if (!str_equal(rest->activity, activity) || legal_ground_on(g, day) != LEGAL_GROUND_HOLDS)
            continue;
        text_format(&out, "%s%.*s%s%.*s, %.*s (%.*s)", out.n > 0 ? "; " : "", STR(rest->part),
                    rest->part.n > 0 ? ": " : "", STR(g->law), STR(g->section), STR(g->says));
    }
    return text_str(&out);
}
