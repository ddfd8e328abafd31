/* Outreach. */
#include "outreach/outreach.h"

#include "base/arena.h"
#include "store/db.h"

static enum status check(const struct outreach *o, struct err *e)
{
    if (o->contacts < 0 || o->contacts > OUTREACH_MOST || o->offered < 0 || o->offered > OUTREACH_MOST)
        return err_set(e, BAD_INPUT, "expected whole numbers from 0 to %d", (int)OUTREACH_MOST);
    if (o->new_contacts < 0 || o->new_contacts > o->contacts)
        return err_set(e, BAD_INPUT, "there cannot be more new contacts than contacts");
    if (o->accepted < 0 || o->accepted > o->offered)
        return err_set(e, BAD_INPUT, "there cannot be more accepted than offered");
    if (o->held_on.year == 0 || o->form.n == 0)
        return err_set(e, BAD_INPUT, "an evening has a day and a form");
    return OK;
}

enum status outreach_add(struct db *db, const struct outreach *o, const struct who *who, struct err *e)
{
    static const char sql[] =
        "insert into outreach_evening (organisation, held_on, form, contacts, new_contacts, "
        "offered, accepted) values ($1, $2, $3, $4, $5, $6, $7)";
    const struct audit_line line = {.who = *who, .action = "outreach.add", .subject = o->organisation};

    TRY(check(o, e));
    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, o->organisation);
    bind_date(&q, 2, o->held_on);
    bind_str(&q, 3, o->form);
    bind_int(&q, 4, o->contacts);
    bind_int(&q, 5, o->new_contacts);
    bind_int(&q, 6, o->offered);
    bind_int(&q, 7, o->accepted);
    return db_change_end(db, query_run(&q, e), &line, e);
}

/* Is there such an evening, and is it the organisation's own still? */
static enum status is_own(struct db *db, int64_t organisation, int64_t id, struct err *e)
{
    static const char sql[] =
        "select 1 from outreach_evening where id = $1 and organisation = $2 and shared_on is null";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, organisation);
    bool is_there = query_next(&q);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "evening %lld: is not there to take away", (long long)id);
}

static enum status delete_one(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "delete from outreach_evening where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}

enum status outreach_remove(struct db *db, int64_t organisation, int64_t id, const struct who *who,
                            struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "outreach.remove", .subject = organisation};

    TRY(db_change(db, e));
    enum status s = is_own(db, organisation, id, e);
    if (s == OK)
        s = delete_one(db, id, e);
    return db_change_end(db, s, &line, e);
}

enum status outreach_list(struct db *db, int64_t organisation, struct arena *a, struct outreaches *out,
                          struct err *e)
{
    static const char sql[] = "select id, held_on, form, contacts, new_contacts, offered, accepted "
                              "from outreach_evening where organisation = $1 and shared_on is null "
                              "order by held_on desc, id desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct outreaches){0};
    bind_int(&q, 1, organisation);
    while (query_next(&q)) {
        out->evening = arena_grow(a, out->evening, out->n + 1, &room, sizeof *out->evening);
        out->evening[out->n++] = (struct outreach){.id = query_int(&q, 0),
                                                   .organisation = organisation,
                                                   .held_on = query_date(&q, 1),
                                                   .form = query_str(&q, 2, a),
                                                   .contacts = query_int(&q, 3),
                                                   .new_contacts = query_int(&q, 4),
                                                   .offered = query_int(&q, 5),
                                                   .accepted = query_int(&q, 6)};
    }
    return query_end(&q, e);
}

/* Reads the rows of a query for months. */
static enum status take_months(struct query *q, struct arena *a, struct outreach_months *out, struct err *e)
{
    size_t room = 0;

    *out = (struct outreach_months){0};
    while (query_next(q)) {
        out->month = arena_grow(a, out->month, out->n + 1, &room, sizeof *out->month);
        out->month[out->n++] =
            (struct outreach_month){query_str(q, 0, a), query_int(q, 1), query_int(q, 2), query_int(q, 3),
                                    query_int(q, 4),    query_int(q, 5), query_int(q, 6)};
    }
    return query_end(q, e);
}

enum status outreach_own(struct db *db, int64_t organisation, struct arena *a, struct outreach_months *out,
                         struct err *e)
{
    static const char sql[] = "select substr(held_on, 1, 7), count(*), sum(contacts), sum(new_contacts), "
                              "sum(offered), sum(accepted), count(shared_on) from outreach_evening "
                              "where organisation = $1 group by 1 order by 1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, organisation);
    return take_months(&q, a, out, e);
}

enum status outreach_shared(struct db *db, struct arena *a, struct outreach_months *out, struct err *e)
{
    static const char sql[] = "select substr(held_on, 1, 7), count(*), sum(contacts), sum(new_contacts), "
                              "sum(offered), sum(accepted), count(shared_on) from outreach_evening "
                              "where shared_on is not null group by 1 order by 1";
    struct query q = db_query(db, sql);

    return take_months(&q, a, out, e);
}

static enum status check_sums(struct db *db, int64_t organisation, struct str month, int64_t smallest,
                              struct err *e)
{
    static const char sql[] = "select coalesce(min(total), 0) from (select sum(contacts) as total "
                              "from outreach_evening where organisation = $1 and substr(held_on, 1, 7) = $2 "
                              "group by form) as forms";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, organisation);
    bind_str(&q, 2, month);
    int64_t least = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    if (least < smallest || least == 0)
        return err_set(e, REFUSED, "a number in this month is smaller than what you give away");
    return OK;
}

static enum status mark_shared(struct db *db, int64_t organisation, struct str month, struct date on,
                               struct err *e)
{
    static const char sql[] = "update outreach_evening set shared_on = $3 "
                              "where organisation = $1 and substr(held_on, 1, 7) = $2 and shared_on is null";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, organisation);
    bind_str(&q, 2, month);
    bind_date(&q, 3, on);
    return query_run(&q, e);
}

enum status outreach_share(struct db *db, int64_t organisation, struct str month, int64_t smallest,
                           const struct who *who, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "outreach.share", .subject = organisation, .detail = month};

    TRY(db_change(db, e));
    enum status s = check_sums(db, organisation, month, smallest, e);
    if (s == OK)
        s = mark_shared(db, organisation, month, date_of(who->now_at), e);
    return db_change_end(db, s, &line, e);
}
