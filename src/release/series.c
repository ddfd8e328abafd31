/* Rounds of mapping side by side. */
#include "release/series.h"

#include "base/arena.h"

enum { LEAST_FOR_A_SHARE = 20 };

#define WORDS(sv, en)                                                                                        \
    {                                                                                                        \
        {NULL, 0}, {sv, sizeof(sv) - 1},                                                                     \
        {                                                                                                    \
            en, sizeof(en) - 1                                                                               \
        }                                                                                                    \
    }

const struct label series_difference_words[SERIES_DIFFERENCES] = {
    WORDS("vilka som räknas", "who is counted"),
    WORDS("vilka listor som finns", "which lists there are"),
    WORDS("hur lång perioden är", "how long the period is"),
    WORDS("hur antalet är uträknat", "how the number is worked out"),
    WORDS("varifrån uppgifterna kommer", "where the data come from"),
};

static void add_rows(struct series *s, struct arena *a);
static void add_known(struct series *s);
static void add_entries(struct series *s, struct arena *a);
static void add_lists(struct series *s);
static void add_categories(struct series *s, const struct release_table *table, struct arena *a);

static bool has_list(const struct mapping *m, const struct label *list)
{
    for (size_t i = 0; i < m->lists; i++)
        if (str_equal(m->list[i].code, list->code) && str_equal(m->list[i].sv, list->sv))
            return true;
    return false;
}

static bool has_same_lists(const struct mapping *now, const struct mapping *earlier)
{
    if (now->lists != earlier->lists)
        return false;
    for (size_t i = 0; i < now->lists; i++)
        if (!has_list(earlier, &now->list[i]))
            return false;
    return true;
}

uint32_t series_differences(const struct release *now, const struct release *earlier)
{
    const struct mapping *m = &now->mapping;
    const struct mapping *old = &earlier->mapping;
    uint32_t found = 0;

    if (!str_equal(m->people_sv, old->people_sv))
        found |= SERIES_PEOPLE;
    if (!has_same_lists(m, old))
        found |= SERIES_LISTS;
    if (m->last_year - m->first_year != old->last_year - old->first_year)
        found |= SERIES_LENGTH;
    if (!str_equal(now->estimate.method, earlier->estimate.method))
        found |= SERIES_METHOD;
    if (m->is_example != old->is_example)
        found |= SERIES_ORIGIN;
    return found;
}

void series_make(const struct release *now, const struct release *const *earlier, size_t n, struct arena *a,
                 struct series *out)
{
    *out = (struct series){0};
    for (size_t i = 0; i < n; i++) {
        uint32_t differences = series_differences(now, earlier[i]);

        if (differences)
            out->other[out->others++] = (struct series_other){earlier[i], differences};
        else if (out->rounds + 1 < SERIES_ROUNDS)
            out->round[out->rounds++] = earlier[i];
    }
    for (size_t i = 0; i < out->rounds / 2; i++) {
        const struct release *late = out->round[i];

        out->round[i] = out->round[out->rounds - 1 - i];
        out->round[out->rounds - 1 - i] = late;
    }
    out->round[out->rounds++] = now;
    add_rows(out, a);
}

static const struct release *latest(const struct series *s)
{
    return s->round[s->rounds - 1];
}

static void add_rows(struct series *s, struct arena *a)
{
    const struct release *now = latest(s);

    add_known(s);
    add_entries(s, a);
    add_lists(s);
    for (size_t t = 0; t < now->tables; t++) {
        struct str code = now->table[t].label.code;

        if (!str_is(code, "lists") && !str_is(code, "overlap") && !str_is(code, "number"))
            add_categories(s, &now->table[t], a);
    }
}

static void add_known(struct series *s)
{
    struct series_row *row = &s->row[s->rows++];

    row->label = (struct label){S("known"), S("Kända personer"), S("Known persons")};
    for (size_t i = 0; i < s->rounds; i++)
        row->figure[i] = s->round[i]->seen;
}

/* Published figures add up, and a sum lies between the sums of their limits. */
static struct release_figure entries_of(const struct release *r, struct arena *a)
{
    const struct release_table *lists = release_table(r, "lists");
    struct release_figure sum = {0};

    for (size_t i = 0; lists && i < lists->n; i++) {
        sum.people += lists->row[i].figure.people;
        sum.lo += lists->row[i].figure.lo;
        sum.hi += lists->row[i].figure.hi;
    }
    int64_t shown = sum.people ? sum.people : sum.hi;
    sum.sv = str_of(arena_printf(a, "%s %lld", sum.people ? "cirka" : "högst", (long long)shown));
    sum.en = str_of(arena_printf(a, "%s %lld", sum.people ? "about" : "at most", (long long)shown));
    return sum;
}

static void add_entries(struct series *s, struct arena *a)
{
    struct series_row *row = &s->row[s->rows++];

    row->label = (struct label){S("entries"), S("Noteringar på listorna"), S("Entries on the lists")};
    for (size_t i = 0; i < s->rounds; i++)
        row->figure[i] = entries_of(s->round[i], a);
}

/* The row of the code in the table; NULL when there is none. */
static const struct release_row *row_of(const struct release *r, struct str table, struct str code)
{
    for (size_t t = 0; t < r->tables; t++)
        for (size_t i = 0; str_equal(r->table[t].label.code, table) && i < r->table[t].n; i++)
            if (str_equal(r->table[t].row[i].label.code, code))
                return &r->table[t].row[i];
    return NULL;
}

/* Fills `row` with the figures of all rounds; false when one has none. */
static bool take_row(const struct series *s, struct str table, struct str code, struct series_row *row)
{
    for (size_t i = 0; i < s->rounds; i++) {
        const struct release_row *found = row_of(s->round[i], table, code);

        if (!found)
            return false;
        row->figure[i] = found->figure;
    }
    return true;
}

static void add_lists(struct series *s)
{
    const struct mapping *m = &latest(s)->mapping;

    for (size_t i = 0; i < m->lists && s->rows < SERIES_ROWS; i++) {
        struct series_row *row = &s->row[s->rows];

        row->label = m->list[i];
        s->rows += take_row(s, S("lists"), m->list[i].code, row);
    }
    s->lists = s->rows - SERIES_FIRST_LIST;
}

/* A column of as many categories in every round, each of them found in all; else no row of it. */
static bool is_alike(const struct series *s, const struct release_table *table)
{
    struct series_row unused;

    for (size_t i = 0; i < s->rounds; i++)
        for (size_t t = 0; t < s->round[i]->tables; t++)
            if (str_equal(s->round[i]->table[t].label.code, table->label.code) &&
                s->round[i]->table[t].n != table->n)
                return false;
    for (size_t k = 0; k < table->n; k++)
        if (!take_row(s, table->label.code, table->row[k].label.code, &unused))
            return false;
    return true;
}

static void add_categories(struct series *s, const struct release_table *table, struct arena *a)
{
    if (s->rows + table->n > SERIES_ROWS || !is_alike(s, table))
        return;
    for (size_t k = 0; k < table->n; k++) {
        const struct label *of = &table->row[k].label;
        struct series_row *row = &s->row[s->rows++];

        row->label =
            (struct label){str_of(arena_printf(a, "%.*s=%.*s", STR(table->label.code), STR(of->code))),
                           str_of(arena_printf(a, "%.*s: %.*s", STR(table->label.sv), STR(of->sv))),
                           str_of(arena_printf(a, "%.*s: %.*s", STR(table->label.en), STR(of->en)))};
        (void)take_row(s, table->label.code, of->code, row);
    }
}

static enum series_change change_of(int64_t lo, int64_t hi, int64_t old_lo, int64_t old_hi)
{
    if (lo > old_hi)
        return SERIES_MORE;
    return hi < old_lo ? SERIES_FEWER : SERIES_ALIKE;
}

static enum series_change change_in(const struct series *s, size_t row)
{
    const struct release_figure *now = &s->row[row].figure[s->rounds - 1];
    const struct release_figure *old = &s->row[row].figure[s->rounds - 2];

    return change_of(now->lo, now->hi, old->lo, old->hi);
}

/* The ends of the answer; false when it has none. Without an upper end it has no end at all. */
static bool ends_of(const struct release_estimate *x, int64_t ends[2])
{
    const int64_t *told = x->answer == RELEASE_POINT ? x->ci95 : x->range;

    if (x->answer == RELEASE_REFUSED || told[0] == RELEASE_UNKNOWN)
        return false;
    ends[0] = told[0];
    ends[1] = told[1] == RELEASE_UNKNOWN ? INT64_MAX : told[1];
    return true;
}

static enum series_change likely_change(const struct series *s)
{
    int64_t now[2];
    int64_t old[2];

    if (!ends_of(&s->round[s->rounds - 1]->estimate, now) ||
        !ends_of(&s->round[s->rounds - 2]->estimate, old))
        return SERIES_UNKNOWN;
    return change_of(now[0], now[1], old[0], old[1]);
}

struct series_finding series_find(const struct series *s)
{
    int64_t now = s->row[SERIES_KNOWN].figure[s->rounds - 1].people;
    int64_t old = s->row[SERIES_KNOWN].figure[s->rounds - 2].people;
    int64_t moved = now > old ? now - old : old - now;
    struct series_finding found = {.known = change_in(s, SERIES_KNOWN),
                                   .entries = change_in(s, SERIES_ENTRIES),
                                   .likely = likely_change(s)};

    if (found.known != SERIES_ALIKE && now >= LEAST_FOR_A_SHARE && old >= LEAST_FOR_A_SHARE)
        found.percent = (100 * moved + old / 2) / old;
    return found;
}
