/* What reports have taught. */
#include "observation/evidence.h"

#include "base/arena.h"
#include "store/db.h"

#include <math.h>

static const double Z = 1.959963984540054; /* the normal's 97.5 % point */
static const double STEP = 0.05;

const char *const situation_form_name[SITUATION_FORMS] = {"sexual", "labour", "criminal", "begging", "other"};

static const char *const outcome_word[OUTCOMES] = {"ordinary", "referred", "confirmed"};

void wilson(int64_t k, int64_t n, double *lo, double *hi)
{
    *lo = 0;
    *hi = 1;
    if (n <= 0)
        return;
    double size = (double)n;
    double p = (double)k / size;
    double z2 = Z * Z;
    double middle = (p + z2 / (2 * size)) / (1 + z2 / size);
    double half = Z * sqrt(p * (1 - p) / size + z2 / (4 * size * size)) / (1 + z2 / size);

    /* At the ends the interval touches them exactly; rounding must not leave it short of that. */
    *lo = k == 0 ? 0 : fmax(0, middle - half);
    *hi = k == n ? 1 : fmin(1, middle + half);
}

bool situation_form_named(struct str name, size_t *form)
{
    for (*form = 0; *form < SITUATION_FORMS; ++*form)
        if (str_is(name, situation_form_name[*form]))
            return true;
    return false;
}

static enum status count_for_mapping(struct db *db, const struct report *r, struct str form,
                                     struct date received_on, struct err *e)
{
    static const char sql[] =
        "insert into situation_count (month, actor, form, area, place, n) values ($1, $2, $3, $4, $5, 1) "
        "on conflict (month, actor, form, area, place) do update set n = situation_count.n + 1";
    struct query q = db_query(db, sql);
    char day[11];

    date_to_text(received_on, day);
    bind_str(&q, 1, (struct str){day, 7});
    bind_str(&q, 2, r->actor);
    bind_str(&q, 3, form);
    bind_str(&q, 4, str_of(report_area_name(r->area)));
    bind_str(&q, 5, str_of(report_place_name(r->place)));
    return query_run(&q, e);
}

static enum status count_for_picture(struct db *db, const struct report *r, struct str form,
                                     struct date counted_on, struct err *e)
{
    static const char sql[] = "insert into situation_told (month, form, area, n) values ($1, $2, $3, 1) "
                              "on conflict (month, form, area) do update set n = situation_told.n + 1";
    struct query q = db_query(db, sql);
    char day[11];

    date_to_text(counted_on, day);
    bind_str(&q, 1, (struct str){day, 7});
    bind_str(&q, 2, form);
    bind_str(&q, 3, str_of(report_area_name(r->area)));
    return query_run(&q, e);
}

enum status evidence_count(struct db *db, const struct report *r, struct str form, struct date received_on,
                           struct date counted_on, struct err *e)
{
    TRY(count_for_mapping(db, r, form, received_on, e));
    return count_for_picture(db, r, form, counted_on, e);
}

enum status evidence_told(struct db *db, struct str month, int64_t out[SITUATION_FORMS][AREAS], struct err *e)
{
    static const char sql[] = "select form, area, n from situation_told where month = $1";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    bind_str(&q, 1, month);
    while (query_next(&q)) {
        enum report_area area = AREA_UNKNOWN;
        size_t form = 0;

        if (situation_form_named(query_str(&q, 0, a), &form) && report_area_named(query_str(&q, 1, a), &area))
            out[form][area] += query_int(&q, 2);
    }
    arena_close(a);
    return query_end(&q, e);
}

enum status evidence_outcome(struct db *db, const struct report *r, enum outcome outcome, struct err *e)
{
    static const char sql[] = "insert into indicator_outcome (indicator, outcome, n) values ($1, $2, 1) "
                              "on conflict (indicator, outcome) do update set n = indicator_outcome.n + 1";

    for (size_t i = 0; i < r->n_signs; i++) {
        struct query q = db_query(db, sql);

        bind_str(&q, 1, r->sign[i]);
        bind_str(&q, 2, str_of(outcome_word[outcome]));
        TRY(query_run(&q, e));
    }
    return OK;
}

enum status evidence_situations(struct db *db, struct str first_month, struct str last_month, struct arena *a,
                                struct situation_counts *out, struct err *e)
{
    static const char sql[] = "select month, actor, form, area, place, n from situation_count "
                              "where month between $1 and $2 order by month, actor, form, area, place";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct situation_counts){0};
    bind_str(&q, 1, first_month);
    bind_str(&q, 2, last_month);
    while (query_next(&q)) {
        out->count = arena_grow(a, out->count, out->n + 1, &room, sizeof *out->count);
        out->count[out->n++] =
            (struct situation_count){query_str(&q, 0, a), query_str(&q, 1, a), query_str(&q, 2, a),
                                     query_str(&q, 3, a), query_str(&q, 4, a), query_int(&q, 5)};
    }
    return query_end(&q, e);
}

/* What the program knows of one sign, and of all, exactly. */
struct exact {
    int64_t led_on;
    int64_t reports;
};

/* The sign says something when its whole interval lies on one side of the share of all signs together: else
 * it is unsure, and the page says that. */
static struct sign_evidence shown(struct str sign, struct exact exact, struct exact all)
{
    struct sign_evidence s = {.sign = sign, .is_few = exact.reports < EVIDENCE_FEW, .share_hi = 1};
    double share = all.reports > 0 ? (double)all.led_on / (double)all.reports : 0;

    if (s.is_few)
        return s;
    wilson(exact.led_on, exact.reports, &s.share_lo, &s.share_hi);
    s.says = s.share_lo > share ? SIGN_HELPS : s.share_hi < share ? SIGN_ORDINARY : SIGN_UNSURE;
    s.share_lo = floor(s.share_lo / STEP) * STEP;
    s.share_hi = fmin(1, ceil(s.share_hi / STEP) * STEP);
    s.reports = (exact.reports + EVIDENCE_FEW / 2) / EVIDENCE_FEW * EVIDENCE_FEW;
    return s;
}

static enum status exact_all(struct db *db, struct exact *out, struct err *e)
{
    static const char sql[] = "select coalesce(sum(case when outcome <> 'ordinary' then n else 0 end), 0), "
                              "coalesce(sum(n), 0) from indicator_outcome";
    struct query q = db_query(db, sql);

    *out = (struct exact){0};
    if (query_next(&q))
        *out = (struct exact){query_int(&q, 0), query_int(&q, 1)};
    return query_end(&q, e);
}

enum status evidence_signs(struct db *db, struct arena *a, struct sign_evidences *out, struct err *e)
{
    static const char sql[] =
        "select indicator, sum(case when outcome <> 'ordinary' then n else 0 end), sum(n) "
        "from indicator_outcome group by indicator order by indicator";
    struct exact all;
    size_t room = 0;

    *out = (struct sign_evidences){0};
    TRY(exact_all(db, &all, e));
    struct query q = db_query(db, sql);
    while (query_next(&q)) {
        struct exact exact = {query_int(&q, 1), query_int(&q, 2)};

        out->sign = arena_grow(a, out->sign, out->n + 1, &room, sizeof *out->sign);
        out->sign[out->n++] = shown(query_str(&q, 0, a), exact, all);
    }
    return query_end(&q, e);
}
