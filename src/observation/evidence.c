/* What reports have taught. */
#include "observation/evidence.h"

#include "base/arena.h"
#include "observation/sign_pairs.h"
#include "store/db.h"

const char *const situation_form_name[SITUATION_FORMS] = {"sexual", "labour", "criminal", "begging", "other"};

bool situation_form_named(struct str name, size_t *form)
{
    for (*form = 0; *form < SITUATION_FORMS; ++*form)
        if (str_is(name, situation_form_name[*form]))
            return true;
    return false;
}

static enum status count_in_month(struct db *db, const struct report *r, struct str form, struct date on,
                                  struct err *e)
{
    static const char sql[] = "insert into situation_told (month, form, area, n) values ($1, $2, $3, 1) "
                              "on conflict (month, form, area) do update set n = situation_told.n + 1";
    struct query q = db_query(db, sql);
    char day[11];

    date_to_text(on, day);
    bind_str(&q, 1, (struct str){day, 7});
    bind_str(&q, 2, form);
    bind_str(&q, 3, str_of(report_area_name(r->area)));
    return query_run(&q, e);
}

static enum status count_in_year(struct db *db, const struct report *r, struct str form, struct date on,
                                 struct err *e)
{
    static const char sql[] = "insert into situation_year (year, form, place, n) values ($1, $2, $3, 1) "
                              "on conflict (year, form, place) do update set n = situation_year.n + 1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, on.year);
    bind_str(&q, 2, form);
    bind_str(&q, 3, str_of(report_place_name(r->place)));
    return query_run(&q, e);
}

enum status evidence_count(struct db *db, const struct report *r, struct str form, struct date counted_on,
                           struct err *e)
{
    TRY(count_in_month(db, r, form, counted_on, e));
    TRY(count_in_year(db, r, form, counted_on, e));
    return sign_pairs_count(db, r, form, counted_on.year, e);
}

enum status evidence_of_year(struct db *db, int year, int64_t out[SITUATION_FORMS][PLACES], struct err *e)
{
    static const char sql[] = "select form, place, n from situation_year where year = $1";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    bind_int(&q, 1, year);
    while (query_next(&q)) {
        enum report_place place = PLACE_OTHER;
        size_t form = 0;

        if (situation_form_named(query_str(&q, 0, a), &form) &&
            report_place_named(query_str(&q, 1, a), &place))
            out[form][place] += query_int(&q, 2);
    }
    arena_close(a);
    return query_end(&q, e);
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
