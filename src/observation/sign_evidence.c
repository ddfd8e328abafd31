/* What helps. */
#include "observation/sign_evidence.h"

#include "base/arena.h"
#include "base/text.h"
#include "indicator/indicator.h"
#include "observation/report.h"
#include "protect/protect.h"
#include "store/db.h"

#include <math.h>

static const double Z = 1.959963984540054; /* the normal's 97.5 % point */
static const double STEP = 0.05;

static const char *const outcome_word[OUTCOMES] = {"ordinary", "referred", "confirmed"};

/* The coordinate of "Total"; a category's is its number and one. */
enum { ALL = 0 };

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

enum status sign_outcome(struct db *db, const struct report *r, enum outcome outcome, struct date decided_on,
                         struct err *e)
{
    static const char sql[] =
        "insert into sign_outcome (month, indicator, outcome, n) values ($1, $2, $3, 1) "
        "on conflict (month, indicator, outcome) do update set n = sign_outcome.n + 1";
    char day[11];

    date_to_text(decided_on, day);
    for (size_t i = 0; i < r->n_signs; i++) {
        struct query q = db_query(db, sql);

        bind_str(&q, 1, (struct str){day, OVERVIEW_MONTH_BYTES - 1});
        bind_str(&q, 2, r->sign[i]);
        bind_str(&q, 3, str_of(outcome_word[outcome]));
        TRY(query_run(&q, e));
    }
    return OK;
}

/* An empty table of all signs by outcome, with reports or not. */
static enum status make_table(const struct indicators *signs, struct arena *a, struct table *out,
                              struct err *e)
{
    struct str *sign = arena_new(a, signs->n, struct str);
    struct str outcome[OUTCOMES];
    const struct table_dimension dimension[] = {{.name = S("sign"), .n = signs->n, .category = sign},
                                                {.name = S("outcome"), .n = OUTCOMES, .category = outcome}};

    for (size_t i = 0; i < signs->n; i++)
        sign[i] = signs->indicator[i].id;
    for (size_t i = 0; i < OUTCOMES; i++)
        outcome[i] = str_of(outcome_word[i]);
    return table_make(dimension, 2, a, out, e);
}

/* The counts of the months before `this_month`. */
static enum status fill(struct db *db, const struct indicators *signs, struct str this_month, struct table *t,
                        struct err *e)
{
    static const char sql[] = "select indicator, outcome, sum(n) from sign_outcome where month < $1 "
                              "group by indicator, outcome";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    bind_str(&q, 1, this_month);
    while (query_next(&q)) {
        const struct indicator *sign = indicator_find(signs, query_str(&q, 0, a));
        struct str word = query_str(&q, 1, a);

        for (size_t i = 0; sign && i < OUTCOMES; i++)
            if (str_is(word, outcome_word[i]))
                t->count[table_inner(&t->shape, (const size_t[]){(size_t)(sign - signs->indicator), i})] +=
                    query_int(&q, 2);
    }
    arena_close(a);
    return query_end(&q, e);
}

/* The exact counts end with this function; what goes on is rounded. */
static enum status protect_signs(const struct overview_source *source, const struct indicators *signs,
                                 struct arena *a, struct cube *out, struct err *e)
{
    struct text id = text_open(a);
    struct protection protection;
    struct table table;
    char day[11];

    date_to_text(source->today, day);
    struct str this_month = {day, OVERVIEW_MONTH_BYTES - 1};
    TRY(make_table(signs, a, &table, e));
    TRY(fill(source->db, signs, this_month, &table, e));
    text_format(&id, "%.*s/%.*s/signs", STR(source->municipality), STR(this_month));
    const struct protect_options how = {.cube = {.id = text_str(&id)}};
    TRY(protect(&table, &how, source->key, a, &protection, e));
    *out = protection.cube;
    return OK;
}

static struct cube_cell cell_of(const struct cube *cube, size_t sign, size_t outcome)
{
    return cube_cell(cube, table_cell(&cube->shape, (const size_t[]){sign, outcome}));
}

/* How many led on, as the rounded figures bound it. */
struct led_on {
    int64_t n, lo, hi;
};

static struct led_on led_on_of(const struct cube *cube, size_t sign)
{
    struct cube_cell referred = cell_of(cube, sign, OUTCOME_REFERRED + 1);
    struct cube_cell confirmed = cell_of(cube, sign, OUTCOME_CONFIRMED + 1);

    return (struct led_on){referred.n + confirmed.n, referred.lo + confirmed.lo, referred.hi + confirmed.hi};
}

/* Wilson's interval, wide enough for each pair of numbers that the rounded ones allow: it grows with the
 * number that led on and falls with the number that did not, so that two corners hold all of it. */
static void bound_share(const struct cube *cube, size_t sign, struct sign_evidence *s)
{
    struct cube_cell ordinary = cell_of(cube, sign, OUTCOME_ORDINARY + 1);
    struct led_on led_on = led_on_of(cube, sign);
    double unused = 0;

    wilson(led_on.lo, led_on.lo + ordinary.hi, &s->share_lo, &unused);
    wilson(led_on.hi, led_on.hi + ordinary.lo, &unused, &s->share_hi);
    s->share_lo = floor(s->share_lo / STEP) * STEP;
    s->share_hi = fmin(1, ceil(s->share_hi / STEP) * STEP);
}

/* The sign says something when its whole interval lies on one side of the share of all signs together: else
 * it is unsure, and the page says that. */
static struct sign_evidence shown(const struct cube *cube, struct str id, size_t sign)
{
    struct cube_cell reports = cell_of(cube, sign, ALL);
    struct cube_cell all = cell_of(cube, ALL, ALL);
    struct sign_evidence s = {.sign = id, .reports = reports.n, .lo = reports.lo, .hi = reports.hi};
    double share = all.n > 0 ? (double)led_on_of(cube, ALL).n / (double)all.n : 0;

    bound_share(cube, sign, &s);
    s.says = s.share_lo > share ? SIGN_HELPS : s.share_hi < share ? SIGN_ORDINARY : SIGN_UNSURE;
    return s;
}

enum status sign_evidence_read(const struct overview_source *source, struct arena *a,
                               struct sign_evidences *out, struct err *e)
{
    struct indicators signs;
    struct cube cube;

    TRY(indicators_delivered(a, &signs, e));
    TRY(protect_signs(source, &signs, a, &cube, e));
    *out = (struct sign_evidences){.sign = arena_new(a, signs.n, struct sign_evidence)};
    for (size_t i = 0; i < signs.n; i++)
        if (cell_of(&cube, i + 1, ALL).n > 0)
            out->sign[out->n++] = shown(&cube, signs.indicator[i].id, i + 1);
    return OK;
}
