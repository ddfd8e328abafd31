/* Where a release stands: corrected, withdrawn or in force. */
#include "release/standing.h"

#include "base/arena.h"
#include "base/number.h"
#include "release/release.h"
#include "store/db.h"

enum status release_standing(struct db *db, struct str name, struct arena *a, struct release_standing *out,
                             struct err *e)
{
    static const char sql[] =
        "select old.name, back.reason, new.name, forth.reason, new.published_at, w.at, w.reason from release r "
        "left join release_correction back on back.release = r.id "
        "left join release old on old.id = back.corrects "
        "left join release_correction forth on forth.corrects = r.id "
        "left join release new on new.id = forth.release "
        "left join release_withdrawal w on w.release = r.id where r.name = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, name);
    bool is_there = query_next(&q);
    *out = (struct release_standing){.corrects = query_str(&q, 0, a),
                                     .corrects_reason = query_str(&q, 1, a),
                                     .corrected_by = query_str(&q, 2, a),
                                     .correction_reason = query_str(&q, 3, a),
                                     .corrected_at = query_int(&q, 4),
                                     .withdrawn_at = query_int(&q, 5),
                                     .withdrawn_reason = query_str(&q, 6, a)};
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "%.*s: the city has published no such release", STR(name));
}

enum status release_rounding(struct db *db, struct str name, bool is_example, int64_t *base,
                             bool *has_example_key, struct err *e)
{
    struct query q = db_query(db, "select base, has_example_key from release where name = $1");

    bind_str(&q, 1, name);
    bool is_there = query_next(&q);
    *base = is_there ? query_int(&q, 0) : 0;
    *has_example_key = is_there && is_example && query_int(&q, 1) != 0;
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "%.*s: the city has published no such release", STR(name));
}

enum status release_before(struct db *db, int first_year, size_t most, struct arena *a, struct str names[],
                           size_t *n, struct err *e)
{
    static const char sql[] = "select name from release where last_year < $1 "
                              "and id not in (select corrects from release_correction) "
                              "and id not in (select release from release_withdrawal) "
                              "order by last_year desc, id desc limit $2";
    struct query q = db_query(db, sql);

    *n = 0;
    bind_int(&q, 1, first_year);
    bind_int(&q, 2, (int64_t)most);
    while (query_next(&q))
        names[(*n)++] = query_str(&q, 0, a);
    return query_end(&q, e);
}

static enum status withdrawal_add(struct db *db, struct str name, struct str reason, const struct who *who,
                                  int64_t *id, struct err *e)
{
    static const char sql[] = "insert into release_withdrawal (release, at, by, reason) "
                              "select id, $2, $3, $4 from release where name = $1 "
                              "and id not in (select release from release_withdrawal) returning release";
    struct query q = db_query(db, sql);

    *id = 0;
    bind_str(&q, 1, name);
    bind_int(&q, 2, who->now_at);
    bind_str(&q, 3, str_of(who->name));
    bind_str(&q, 4, reason);
    if (query_next(&q))
        *id = query_int(&q, 0);
    TRY(query_run(&q, e));
    return *id ? OK
               : err_set(e, REFUSED, "%.*s: there is no such release, or it is withdrawn already", STR(name));
}

enum status release_withdraw(struct db *db, struct str name, struct str reason, const struct who *who,
                             struct err *e)
{
    struct audit_line line = {.who = *who, .action = "release.withdraw", .detail = name};

    if (str_trim(reason).n == 0 || reason.n > STANDING_REASON_BYTES || !str_is_utf8(reason))
        return err_set(e, BAD_INPUT, "a withdrawal needs a reason of at most %d bytes",
                       (int)STANDING_REASON_BYTES);
    TRY(db_change(db, e));
    return db_change_end(db, withdrawal_add(db, name, reason, who, &line.subject, e), &line, e);
}

struct str release_next_name(struct str of, struct arena *a)
{
    size_t cut = of.n;
    int64_t version = 1;

    while (cut > 0 && of.p[cut - 1] >= '0' && of.p[cut - 1] <= '9')
        cut--;
    bool is_version = cut >= 2 && of.p[cut - 1] == 'v' && of.p[cut - 2] == '-';
    if (is_version && i64_from_str(str_part(of, cut, of.n), 1, INT32_MAX, &version))
        of = str_part(of, 0, cut - 2);
    return str_of(arena_printf(a, "%.*s-v%d", STR(of), (int)version + 1));
}
