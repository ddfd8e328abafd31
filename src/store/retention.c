/* What is deleted when. */
#include "store/retention.h"

#include "base/arena.h"
#include "base/text.h"
#include "store/db.h"

#include <inttypes.h>

enum { SECONDS_PER_DAY = 86400 };

static enum status read_rule(struct db *db, const struct retention_rule *rule, struct arena *a,
                             struct retention_class *out, struct err *e);
static enum status count_due(struct db *db, struct retention_class *class, int64_t now_at, struct err *e);
static enum status clear_all(struct db *db, const struct retention_rules *rules, const struct who *who,
                             struct arena *a, struct retention_classes *out, struct err *e);
static enum status record(struct db *db, const struct retention_classes *classes, const struct who *who,
                          struct err *e);
static struct str summary(const struct retention_classes *classes, struct arena *a);

int64_t retention_cutoff(struct retention_period kept, int64_t now_at)
{
    struct date today = date_of(now_at);
    int64_t second = now_at - date_days(today) * SECONDS_PER_DAY;

    return (date_days(date_add_months(today, -kept.months)) - kept.days) * SECONDS_PER_DAY + second;
}

struct date retention_last_day(struct retention_period kept, int64_t now_at)
{
    return date_from_days(date_days(date_add_months(date_of(now_at), -kept.months)) - kept.days);
}

bool retention_deletes(const struct retention_rule *rule)
{
    return rule->erase[0] || rule->dispose;
}

static void add_class(struct retention_classes *all, const struct retention_class *class, size_t *room,
                      struct arena *a)
{
    all->class = arena_grow(a, all->class, all->n + 1, room, sizeof *class);
    all->class[all->n++] = *class;
}

enum status retention_due(struct db *db, const struct retention_rule *const *tables, int64_t now_at,
                          struct arena *a, struct retention_classes *out, struct err *e)
{
    struct retention_classes found = {0, NULL};
    size_t room = 0;

    for (; *tables; tables++)
        for (const struct retention_rule *rule = *tables; rule->class; rule++) {
            struct retention_class class;

            TRY(read_rule(db, rule, a, &class, e));
            TRY(count_due(db, &class, now_at, e));
            add_class(&found, &class, &room, a);
        }
    *out = found;
    return OK;
}

enum status retention_run(struct db *db, const struct retention_rules *rules, const struct who *who,
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
        s = clear_all(db, rules, who, a, out, e);
    if (s == OK)
        s = record(db, out, who, e);
    if (s == OK)
        line.detail = summary(out, a);
    return db_change_end(db, s, &line, e);
}

/* The rule with the city's own time for it: the latest that was confirmed. */
static enum status read_rule(struct db *db, const struct retention_rule *rule, struct arena *a,
                             struct retention_class *out, struct err *e)
{
    static const char sql[] = "select months, days, decided_on, decision from retention_time "
                              "where class = $1 and confirmed_at is not null order by confirmed_at desc, "
                              "id desc limit 1";
    struct query q = db_query(db, sql);

    *out = (struct retention_class){.rule = rule, .kept = rule->kept};
    bind_str(&q, 1, str_of(rule->class));
    if (query_next(&q)) {
        out->kept = (struct retention_period){(int)query_int(&q, 0), (int)query_int(&q, 1)};
        out->decided_on = query_date(&q, 2);
        out->decision = query_str(&q, 3, a);
    }
    return query_end(&q, e);
}

static void bind_limit(struct query *q, const struct retention_class *class, int64_t now_at)
{
    if (class->rule->clock == RETENTION_DAY)
        bind_date(q, 1, retention_last_day(class->kept, now_at));
    else
        bind_int(q, 1, retention_cutoff(class->kept, now_at));
}

static enum status count_due(struct db *db, struct retention_class *class, int64_t now_at, struct err *e)
{
    struct query q = db_query(db, class->rule->count);

    bind_limit(&q, class, now_at);
    class->n = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static enum status erase(struct db *db, const struct retention_class *class, int64_t now_at, struct err *e)
{
    for (size_t i = 0; i < RETENTION_MAX_STATEMENTS && class->rule->erase[i]; i++) {
        struct query q = db_query(db, class->rule->erase[i]);

        bind_limit(&q, class, now_at);
        TRY(query_run(&q, e));
    }
    return OK;
}

/* Counted and cleared class by class: what an earlier rule took is not counted again. */
static enum status clear(struct db *db, const struct retention_rules *rules, struct retention_class *class,
                         const struct who *who, struct err *e)
{
    if (!retention_deletes(class->rule))
        return OK;
    TRY(count_due(db, class, who->now_at, e));
    if (class->n == 0)
        return OK;
    if (!class->rule->dispose)
        return erase(db, class, who->now_at, e);
    if (!rules->keyring)
        return err_set(e, BAD_INPUT, "%s: the key file is missing, and what is due stands in it too",
                       class->rule->class);
    return class->rule->dispose(rules->keyring, class, who, e);
}

static enum status clear_all(struct db *db, const struct retention_rules *rules, const struct who *who,
                             struct arena *a, struct retention_classes *out, struct err *e)
{
    struct retention_classes done = {0, NULL};
    size_t room = 0;

    for (const struct retention_rule *const *table = rules->tables; *table; table++)
        for (const struct retention_rule *rule = *table; rule->class; rule++) {
            struct retention_class class;

            TRY(read_rule(db, rule, a, &class, e));
            TRY(clear(db, rules, &class, who, e));
            add_class(&done, &class, &room, a);
        }
    *out = done;
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
