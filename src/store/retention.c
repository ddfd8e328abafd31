/* What is deleted when. */
#include "store/retention.h"

#include "base/arena.h"
#include "base/text.h"
#include "store/db.h"

#include <inttypes.h>

enum { SECONDS_PER_DAY = 86400 };

static enum status read_time(struct db *db, struct arena *a, struct retention_class *class, struct err *e);
static enum status count_due(struct db *db, struct retention_class *class, int64_t now_at, struct err *e);
static enum status erase_all(struct db *db, const struct retention_classes *classes, const struct who *who,
                             struct err *e);
static enum status erase(struct db *db, const struct retention_class *class, int64_t now_at, struct err *e);
static enum status record(struct db *db, const struct retention_classes *classes, const struct who *who,
                          struct err *e);
static struct str summary(const struct retention_classes *classes, struct arena *a);

int64_t retention_cutoff(struct retention_period kept, int64_t now_at)
{
    struct date today = date_of(now_at);
    int64_t second = now_at - date_days(today) * SECONDS_PER_DAY;

    return (date_days(date_add_months(today, -kept.months)) - kept.days) * SECONDS_PER_DAY + second;
}

enum status retention_due(struct db *db, const struct retention_rule *const *tables, int64_t now_at,
                          struct arena *a, struct retention_classes *out, struct err *e)
{
    struct retention_classes found = {0, NULL};
    size_t room = 0;

    for (; *tables; tables++)
        for (const struct retention_rule *rule = *tables; rule->class; rule++) {
            struct retention_class class = {.rule = rule, .kept = rule->kept};

            TRY(read_time(db, a, &class, e));
            TRY(count_due(db, &class, now_at, e));
            found.class = arena_grow(a, found.class, found.n + 1, &room, sizeof class);
            found.class[found.n++] = class;
        }
    *out = found;
    return OK;
}

enum status retention_run(struct db *db, const struct retention_rule *const *tables, const struct who *who,
                          struct arena *a, struct retention_classes *out, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "retention.run"};
    struct str reason;
    int64_t since_at = 0;

    TRY(db_change(db, e));
    enum status s = retention_frozen(db, a, &reason, &since_at, e);
    if (s == OK && since_at != 0)
        s = err_set(e, REFUSED, "disposal is frozen: %.*s", STR(reason));
    if (s == OK)
        s = retention_due(db, tables, who->now_at, a, out, e);
    if (s == OK)
        s = erase_all(db, out, who, e);
    if (s == OK)
        line.detail = summary(out, a);
    return db_change_end(db, s, &line, e);
}

/* The city's own time for the rule: the latest that was confirmed. */
static enum status read_time(struct db *db, struct arena *a, struct retention_class *class, struct err *e)
{
    static const char sql[] = "select months, days, decided_on, decision from retention_time "
                              "where class = $1 and confirmed_at is not null order by confirmed_at desc, "
                              "id desc limit 1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(class->rule->class));
    if (query_next(&q)) {
        class->kept = (struct retention_period){(int)query_int(&q, 0), (int)query_int(&q, 1)};
        class->decided_on = query_date(&q, 2);
        class->decision = query_str(&q, 3, a);
    }
    return query_end(&q, e);
}

static enum status count_due(struct db *db, struct retention_class *class, int64_t now_at, struct err *e)
{
    struct query q = db_query(db, class->rule->count);

    bind_int(&q, 1, retention_cutoff(class->kept, now_at));
    class->n = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static enum status erase_all(struct db *db, const struct retention_classes *classes, const struct who *who,
                             struct err *e)
{
    for (size_t i = 0; i < classes->n; i++)
        if (classes->class[i].n > 0)
            TRY(erase(db, &classes->class[i], who -> now_at, e));
    return record(db, classes, who, e);
}

static enum status erase(struct db *db, const struct retention_class *class, int64_t now_at, struct err *e)
{
    for (size_t i = 0; i < RETENTION_MAX_STATEMENTS && class->rule->erase[i]; i++) {
        struct query q = db_query(db, class->rule->erase[i]);

        bind_int(&q, 1, retention_cutoff(class->kept, now_at));
        TRY(query_run(&q, e));
    }
    return OK;
}

static enum status record(struct db *db, const struct retention_classes *classes, const struct who *who,
                          struct err *e)
{
    static const char run[] = "insert into retention_run (at, who) values ($1, $2) returning id";
    static const char deleted[] = "insert into retention_deleted (run, class, n) values ($1, $2, $3)";
    struct query q = db_query(db, run);

    bind_int(&q, 1, who->now_at);
    bind_str(&q, 2, str_of(who->name));
    int64_t id = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    for (size_t i = 0; i < classes->n; i++) {
        if (classes->class[i].n == 0)
            continue;
        q = db_query(db, deleted);
        bind_int(&q, 1, id);
        bind_str(&q, 2, str_of(classes->class[i].rule->class));
        bind_int(&q, 3, classes->class[i].n);
        TRY(query_run(&q, e));
    }
    return OK;
}

/* "network.contact 3, mail.letter 12", or "nothing". */
static struct str summary(const struct retention_classes *classes, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < classes->n; i++)
        if (classes->class[i].n > 0)
            text_format(&out, "%s%s %" PRId64, out.n ? ", " : "", classes->class[i].rule->class,
                        classes->class[i].n);
    return out.n ? text_str(&out) : S("nothing");
}

enum status retention_history(struct db *db, size_t most, struct arena *a, struct retention_deleted **out,
                              size_t *n, struct err *e)
{
    static const char sql[] =
        "select r.at, d.class, d.n from retention_deleted d join retention_run r on r.id = d.run "
        "order by r.at desc, r.id desc, d.class limit $1";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, (int64_t)most);
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[(*n)++] = (struct retention_deleted){query_int(&q, 0), query_str(&q, 1, a), query_int(&q, 2)};
    }
    return query_end(&q, e);
}

enum status retention_last_run(struct db *db, int64_t *at, struct err *e)
{
    static const char sql[] = "select max(at) from retention_run";
    struct query q = db_query(db, sql);

    *at = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}
