/* Releases as they arrive. */
#include "programme/arrival.h"

#include "base/arena.h"
#include "base/date.h"
#include "programme/trust.h"
#include "programme/union_attack.h"
#include "release/bundle.h"
#include "release/release_files.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t most_people = 10000000000; /* in one figure */

/* Clocks of cities may go wrong by a day. */
enum { DAY_SECONDS = 86400 };

static enum status read_one(struct arrival *x, const struct arrival_rules *rules, struct arena *a,
                            struct err *e);
static void check(struct arrival *x, const struct arrival_rules *rules, struct arena *a);
static void check_doubles(struct arrivals *all, const struct arrival_rules *rules, struct arena *a);

enum status arrivals_read(const char *const *path, size_t n, const struct arrival_rules *rules,
                          struct arena *a, struct arrivals *out, struct err *e)
{
    struct arrivals all = {.n = n, .arrival = arena_new(a, n, struct arrival)};

    for (size_t i = 0; i < n; i++) {
        all.arrival[i].path = path[i];
        all.arrival[i].is_known = i < rules->known;
        TRY(read_one(&all.arrival[i], rules, a, e));
    }
    arrivals_sort(&all);
    check_doubles(&all, rules, a);
    arrivals_sort(&all);
    *out = all;
    return OK;
}

void arrival_refuse(struct arrival *x, enum arrival_fault fault, struct arena *a, const char *format, ...)
{
    char reason[400];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    x->state = ARRIVAL_REFUSED;
    x->fault = fault;
    x->reason = str_copy(str_of(reason), a);
}

static struct label copy_label(const struct label *from, struct arena *a)
{
    return (struct label){str_copy(from->code, a), str_copy(from->sv, a), str_copy(from->en, a)};
}

static struct release_table copy_table(const struct release_table *from, struct arena *a)
{
    struct release_table t = {
        .label = copy_label(&from->label, a), .n = from->n, .row = arena_new(a, from->n, struct release_row)};

    for (size_t i = 0; i < t.n; i++) {
        t.row[i] = from->row[i];
        t.row[i].label = copy_label(&from->row[i].label, a);
        t.row[i].figure.sv = str_copy(from->row[i].figure.sv, a);
        t.row[i].figure.en = str_copy(from->row[i].figure.en, a);
    }
    return t;
}

/* What is kept of `r`, in `a`: the rest of a release goes when the next is read. */
static void keep(const struct release *r, struct str manifest_hash, struct arena *a, struct city_release *out)
{
    const struct mapping *m = &r->mapping;

    *out = (struct city_release){.name = str_copy(r->name, a),
                                 .city = str_copy(r->city, a),
                                 .municipality = str_copy(r->municipality, a),
                                 .first_year = m->first_year,
                                 .last_year = m->last_year,
                                 .published_at = r->published_at,
                                 .manifest_hash = str_copy(manifest_hash, a),
                                 .public_key = str_copy(r->public_key, a),
                                 .program = str_copy(r->program, a),
                                 .is_example = m->is_example,
                                 .title_sv = str_copy(m->title_sv, a),
                                 .title_en = str_copy(m->title_en, a),
                                 .people_sv = str_copy(m->people_sv, a),
                                 .people_en = str_copy(m->people_en, a),
                                 .seen = r->seen,
                                 .answer = r->estimate.answer,
                                 .nhat = r->estimate.nhat,
                                 .reason_sv = str_copy(r->estimate.reason.sv, a),
                                 .reason_en = str_copy(r->estimate.reason.en, a),
                                 .method = str_copy(r->estimate.method, a),
                                 .protection = r->protection,
                                 .tables = r->tables};
    memcpy(out->ci95, r->estimate.ci95, sizeof out->ci95);
    memcpy(out->ci80, r->estimate.ci80, sizeof out->ci80);
    memcpy(out->range, r->estimate.range, sizeof out->range);
    out->seen.sv = str_copy(r->seen.sv, a);
    out->seen.en = str_copy(r->seen.en, a);
    out->protection.method = str_copy(r->protection.method, a);
    out->protection.profile = str_copy(r->protection.profile, a);
    for (size_t i = 0; i < r->tables; i++)
        out->table[i] = copy_table(&r->table[i], a);
}

/* In an arena of its own, so that many releases need the memory of one. */
static enum status read_one(struct arrival *x, const struct arrival_rules *rules, struct arena *a,
                            struct err *e)
{
    struct arena *scratch = arena_open();
    struct bundle *b = arena_new(scratch, 1, struct bundle);
    struct release *r = arena_new(scratch, 1, struct release);
    enum arrival_fault fault = ARRIVAL_CHANGED;
    enum status s = bundle_read(x->path, S(""), scratch, b, e);

    if (s == OK) {
        fault = ARRIVAL_FORM;
        s = release_from_files(b, scratch, r, e);
    }
    if (s == OK) {
        keep(r, b->manifest_hash, a, &x->release);
        check(x, rules, a);
    } else if (s != SYSTEM) {
        arrival_refuse(x, fault, a, "%s", e->what);
        s = OK;
    }
    arena_close(scratch);
    return s;
}

static bool is_in_order(const struct release_figure *f)
{
    return f->lo <= f->people && f->people <= f->hi && f->hi <= most_people;
}

/* `lo` is known; RELEASE_UNKNOWN as `hi` is no limit. */
static bool are_limits(int64_t lo, int64_t hi)
{
    return lo >= 0 && lo <= most_people && (hi == RELEASE_UNKNOWN || (lo <= hi && hi <= most_people));
}

/* Limits are in order and no sum of them overflows, though a trusted city has signed them. */
static bool figures_are_in_order(const struct city_release *r)
{
    for (size_t i = 0; i < r->tables; i++)
        for (size_t k = 0; k < r->table[i].n; k++)
            if (!is_in_order(&r->table[i].row[k].figure))
                return false;
    if (!is_in_order(&r->seen))
        return false;
    if (r->answer == RELEASE_POINT)
        return are_limits(r->ci95[0], r->nhat) && are_limits(r->nhat, r->ci95[1]);
    return r->answer == RELEASE_REFUSED || are_limits(r->range[0], r->range[1]);
}

static void check_trust(struct arrival *x, const struct trust *trust, struct arena *a)
{
    const struct city_release *r = &x->release;
    const struct trusted_city *city = trust_find(trust, r->municipality);

    if (!city) {
        arrival_refuse(x, ARRIVAL_STRANGER, a,
                       "from municipality %.*s, which is not among the trusted cities", STR(r->municipality));
    } else if (!key_is(city->key, r->public_key, a)) {
        arrival_refuse(
            x, ARRIVAL_OTHER_KEY, a,
            "signed with the key %.16s..., which is not the trusted key of %.*s. If the city has a new "
            "key, have it read out its fingerprint before the list is changed",
            r->public_key.p, STR(r->municipality));
    } else if (city->is_withdrawn) {
        x->state = ARRIVAL_WITHDRAWN;
        x->fault = ARRIVAL_LEFT;
        x->reason = S("the city has withdrawn");
    }
}

static void check(struct arrival *x, const struct arrival_rules *rules, struct arena *a)
{
    const struct city_release *r = &x->release;
    char moment[21];

    moment_to_text(r->published_at, moment);
    if (!is_municipality(r->municipality))
        arrival_refuse(x, ARRIVAL_FORM, a, "manifest.json: municipality is not a code of four digits");
    else if (!figures_are_in_order(r))
        arrival_refuse(x, ARRIVAL_FIGURES, a,
                       "a figure lies outside its own limits, or is more people than there are");
    else if (r->published_at > rules->now_at + DAY_SECONDS)
        arrival_refuse(x, ARRIVAL_FUTURE, a, "published at %s, which is in the future: a clock is wrong",
                       moment);
    else if (rules->trust)
        check_trust(x, rules->trust, a);
}

static int by_place(const void *left, const void *right)
{
    const struct arrival *a = left;
    const struct arrival *b = right;

    if (a->state != b->state)
        return (int)a->state - (int)b->state;
    int order = str_compare(a->release.municipality, b->release.municipality);
    if (order == 0)
        order = (int)b->is_known - (int)a->is_known;
    if (order == 0)
        order = a->release.first_year - b->release.first_year;
    if (order == 0)
        order = str_compare(a->release.name, b->release.name);
    if (order == 0)
        order = (a->release.published_at > b->release.published_at) -
                (a->release.published_at < b->release.published_at);
    if (order == 0)
        order = str_compare(a->release.manifest_hash, b->release.manifest_hash);
    return order != 0 ? order : strcmp(a->path, b->path);
}

void arrivals_sort(struct arrivals *all)
{
    qsort(all->arrival, all->n, sizeof *all->arrival, by_place);
    all->accepted = 0;
    while (all->accepted < all->n && all->arrival[all->accepted].state == ARRIVAL_ACCEPTED)
        all->accepted++;
}

/* Of one municipality they stand side by side. */
static void check_doubles(struct arrivals *all, const struct arrival_rules *rules, struct arena *a)
{
    for (size_t i = 0; i < all->accepted; i++)
        for (size_t j = i; j-- > 0;) {
            struct arrival *x = &all->arrival[i];
            const struct arrival *before = &all->arrival[j];

            if (!str_equal(x->release.municipality, before->release.municipality))
                break;
            if (before->state != ARRIVAL_ACCEPTED)
                continue;
            if (str_equal(x->release.manifest_hash, before->release.manifest_hash))
                arrival_refuse(x, ARRIVAL_SAME, a, "the same release as %s", before->path);
            else if (!rules->keys_are_known && !str_equal(x->release.public_key, before->release.public_key))
                arrival_refuse(x, ARRIVAL_OTHER_KEY, a,
                               "signed with another key than %s, for the same municipality", before->path);
            else if (x->release.first_year <= before->release.last_year &&
                     before->release.first_year <= x->release.last_year)
                union_attack(x, before, a);
            if (x->state != ARRIVAL_ACCEPTED)
                break;
        }
}
