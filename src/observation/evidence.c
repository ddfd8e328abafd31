/* What reports have taught. */
#include "observation/evidence.h"

#include "base/arena.h"
#include "store/db.h"

const char *const situation_form_name[SITUATION_FORMS] = {"sexual", "labour", "criminal", "begging", "other"};

bool situation_form_named(struct str name, size_t *form)
{
    for (*form = 0; *form < SITUATION_FORMS; ++*form)
        if (str_is(name, situation_form_name[*form]))
            return true;
    return false;
}

enum status evidence_count(struct db *db, const struct report *r, struct str form, struct date counted_on,
                           struct err *e)
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
