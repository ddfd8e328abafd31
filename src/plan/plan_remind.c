/* Reminders of the action plan. */
#include "plan/plan_remind.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "calendar/working_day.h"
#include "network/organisation.h"
#include "plan/owner_link.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "store/db.h"

#include <inttypes.h>

enum { MINUTES_PER_HOUR = 60 };

/* What is open in a decided plan, and not taken out of it since. */
#define OPEN_AND_DECIDED                                                                                     \
    "m.removed_at is null and m.owner is not null and m.state in ('waiting', 'under_way') and "              \
    "exists (select 1 from plan_decided d where d.measure = m.id) "

static struct date days_after(struct date day, int days)
{
    return date_from_days(date_days(day) + days);
}

/* The measures whose ids `q` gives, each whole; ends the query. */
static enum status read_measures(struct db *db, struct query *q, struct arena *a, struct measures *out,
                                 struct err *e)
{
    struct measures found = {0, NULL};
    size_t room = 0;

    while (query_next(q)) {
        found.measure = arena_grow(a, found.measure, found.n + 1, &room, sizeof *found.measure);
        found.measure[found.n++] = (struct measure){.id = query_int(q, 0)};
    }
    TRY(query_end(q, e));
    for (size_t i = 0; i < found.n; i++)
        TRY(measure_find(db, found.measure[i].id, a, &found.measure[i], e));
    *out = found;
    return OK;
}

/* A measure that was decided on its last day is reminded of once, not twice. */
static enum status find_due(struct db *db, struct date today, struct arena *a, struct measures *out,
                            struct err *e)
{
    static const char sql[] = "select m.id from plan_measure m where " OPEN_AND_DECIDED
                              "and m.deadline >= $1 and ((m.deadline <= $2 and m.reminded = 0) or "
                              "(m.deadline <= $3 and m.reminded = 1)) order by m.owner, m.deadline, m.id";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, today);
    bind_date(&q, 2, days_after(today, PLAN_REMIND_FIRST_DAYS));
    bind_date(&q, 3, days_after(today, PLAN_REMIND_LAST_DAYS));
    return read_measures(db, &q, a, out, e);
}

static enum status note_reminded(struct db *db, int64_t id, struct date today, struct err *e)
{
    static const char sql[] = "update plan_measure set reminded = case when deadline <= $2 then 2 else 1 end "
                              "where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_date(&q, 2, days_after(today, PLAN_REMIND_LAST_DAYS));
    return query_run(&q, e);
}

/* "measure 3, 5". */
static struct str named(const struct measures *all, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < all->n; i++)
        text_format(&out, "%s%" PRId64, i > 0 ? ", " : "measure ", all->measure[i].id);
    return text_str(&out);
}

/* Why owners are written to. */
enum occasion { DEADLINE_IS_NEAR, QUARTER_HAS_BEGUN };

struct round {
    enum occasion occasion;
    const char *action; /* as the audit log has it */
    const struct plan_office *office;
    const struct who *who;
    struct arena *a;
    size_t letters;
};

static enum status write_to_owner(struct db *db, const struct round *r, const struct contact *to,
                                  const struct measures *own, struct err *e)
{
    const struct plan_reader reader = {.name = to->name,
                                       .address = to->email,
                                       .language = str_is(to->language, "en") ? LANGUAGE_EN : LANGUAGE_SV};
    struct date today = stockholm_day(r->who->now_at, NULL);
    struct str answer;

    TRY(owner_link_make(db, r->office, own->measure[0].owner, to, r->who->now_at, r->a, &answer, e));
    if (r->occasion == QUARTER_HAS_BEGUN)
        return plan_letter_quarter(db, r->office, &reader, own, answer, r->who->now_at, r->a, e);
    TRY(plan_letter_remind(db, r->office, &reader, own, answer, r->who->now_at, r->a, e));
    for (size_t i = 0; i < own->n; i++)
        TRY(note_reminded(db, own->measure[i].id, today, e));
    return OK;
}

/* One owner's measures: a letter to the first contact person, in one change. */
static enum status remind_owner(struct db *db, struct round *r, const struct measures *own, struct err *e)
{
    const struct audit_line line = {
        .who = *r->who, .action = r->action, .subject = own->measure[0].owner, .detail = named(own, r->a)};
    struct contacts contacts = {0};

    TRY(contact_list(db, own->measure[0].owner, r->a, &contacts, e));
    if (contacts.n == 0)
        return OK;
    TRY(db_change(db, e));
    enum status s = write_to_owner(db, r, &contacts.contact[0], own, e);
    r->letters += s == OK;
    return db_change_end(db, s, &line, e);
}

/* `all` is by owner. */
static enum status remind_owners(struct db *db, struct round *r, const struct measures *all, struct err *e)
{
    for (size_t i = 0, next = 0; i < all->n; i = next) {
        while (next < all->n && all->measure[next].owner == all->measure[i].owner)
            next++;
        const struct measures own = {next - i, &all->measure[i]};
        TRY(remind_owner(db, r, &own, e));
    }
    return OK;
}

static bool is_day(const struct who *who)
{
    int minute = 0;

    stockholm_day(who->now_at, &minute);
    return minute >= PLAN_FIRST_HOUR * MINUTES_PER_HOUR;
}

enum status plan_remind(struct db *db, const struct plan_office *o, const struct who *who, size_t *n,
                        struct err *e)
{
    struct round r = {
        .occasion = DEADLINE_IS_NEAR, .action = "plan.remind", .office = o, .who = who, .a = arena_open()};
    struct measures due = {0, NULL};
    enum status s = OK;

    if (is_day(who))
        s = find_due(db, stockholm_day(who->now_at, NULL), r.a, &due, e);
    if (s == OK)
        s = remind_owners(db, &r, &due, e);
    arena_close(r.a);
    *n = r.letters;
    return s;
}

static int64_t quarter_began_at(struct date day)
{
    enum { MONTHS = 3 };
    struct date first = {day.year, (day.month - 1) / MONTHS * MONTHS + 1, 1};

    return stockholm_at(first, 0);
}

/* What was decided before the quarter began and nobody has told of since. An owner that has had a letter in
 * the quarter, be it of a deadline, has its link already. */
static enum status find_untold(struct db *db, int64_t began_at, struct arena *a, struct measures *out,
                               struct err *e)
{
    static const char sql[] =
        "select m.id from plan_measure m where " OPEN_AND_DECIDED
        "and exists (select 1 from plan_decided d join plan_decision p on p.id = d.decision "
        "where d.measure = m.id and p.made_at < $1) "
        "and not exists (select 1 from plan_step s where s.measure = m.id and s.at >= $1) "
        "and not exists (select 1 from plan_owner_link l where l.owner = m.owner and l.sent_at >= $1) "
        "order by m.owner, m.id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, began_at);
    return read_measures(db, &q, a, out, e);
}

enum status plan_ask(struct db *db, const struct plan_office *o, const struct who *who, size_t *n,
                     struct err *e)
{
    struct round r = {
        .occasion = QUARTER_HAS_BEGUN, .action = "plan.ask", .office = o, .who = who, .a = arena_open()};
    struct date today = stockholm_day(who->now_at, NULL);
    struct measures untold = {0, NULL};
    enum status s = OK;

    if (is_day(who) && working_day_is(today))
        s = find_untold(db, quarter_began_at(today), r.a, &untold, e);
    if (s == OK)
        s = remind_owners(db, &r, &untold, e);
    arena_close(r.a);
    *n = r.letters;
    return s;
}

/* Has the last day when coordinators were told passed a week ago? */
static enum status may_tell(struct db *db, struct date today, bool *out, struct err *e)
{
    static const char sql[] = "select told_on from plan_told where id = 1";
    struct query q = db_query(db, sql);
    struct date told = query_next(&q) ? query_date(&q, 0) : (struct date){0};

    *out = told.year == 0 || date_days(today) - date_days(told) >= PLAN_TELL_DAYS;
    return query_end(&q, e);
}

static enum status note_told(struct db *db, struct date today, struct err *e)
{
    static const char sql[] = "insert into plan_told (id, told_on) values (1, $1) "
                              "on conflict (id) do update set told_on = excluded.told_on";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, today);
    return query_run(&q, e);
}

static enum status find_late(struct db *db, struct date today, struct arena *a, struct measures *out,
                             struct err *e)
{
    static const char sql[] = "select m.id from plan_measure m where " OPEN_AND_DECIDED
                              "and m.deadline < $1 order by m.deadline, m.id";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, today);
    return read_measures(db, &q, a, out, e);
}

/* Soon to be done, by an organisation without anybody to write to. */
static enum status find_unreached(struct db *db, struct date today, struct arena *a, struct measures *out,
                                  struct err *e)
{
    static const char sql[] =
        "select m.id from plan_measure m where " OPEN_AND_DECIDED
        "and m.deadline between $1 and $2 and not exists (select 1 from contact c where "
        "c.organisation = m.owner and c.left_at is null) order by m.deadline, m.id";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, today);
    bind_date(&q, 2, days_after(today, PLAN_REMIND_FIRST_DAYS));
    return read_measures(db, &q, a, out, e);
}

struct news {
    struct measures late, unreached;
};

static enum status write_to_coordinators(struct db *db, const struct plan_office *o, const struct news *news,
                                         const struct who *who, struct arena *a, size_t *n, struct err *e)
{
    const struct plan_reader office = {.name = S(""), .address = o->email, .language = LANGUAGE_SV};
    struct people people = {0};
    size_t before = *n;

    TRY(people_list(db, a, &people, e));
    for (size_t i = 0; i < people.n; i++) {
        const struct person *p = &people.person[i];
        const struct plan_reader reader = {p->name, p->email, p->language};

        if (p->is_closed || !(p->roles & ROLE_BIT(ROLE_COORDINATOR)))
            continue;
        TRY(plan_letter_late(db, o, &reader, &news->late, &news->unreached, who->now_at, a, e));
        ++*n;
    }
    if (*n > before || o->email.n == 0)
        return OK;
    ++*n;
    return plan_letter_late(db, o, &office, &news->late, &news->unreached, who->now_at, a, e);
}

static enum status tell(struct db *db, const struct plan_office *o, const struct news *news,
                        const struct who *who, struct arena *a, size_t *n, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "plan.tell_late"};

    TRY(db_change(db, e));
    enum status s = write_to_coordinators(db, o, news, who, a, n, e);
    if (s == OK)
        s = note_told(db, stockholm_day(who->now_at, NULL), e);
    line.detail = *n > 0 ? named(&news->late, a) : S("nobody to tell");
    return db_change_end(db, s, &line, e);
}

enum status plan_tell(struct db *db, const struct plan_office *o, const struct who *who, size_t *n,
                      struct err *e)
{
    struct date today = stockholm_day(who->now_at, NULL);
    struct arena *a = arena_open();
    struct news news = {0};
    bool may = false;

    *n = 0;
    enum status s = is_day(who) ? may_tell(db, today, &may, e) : OK;
    if (s == OK && may)
        s = find_late(db, today, a, &news.late, e);
    if (s == OK && may)
        s = find_unreached(db, today, a, &news.unreached, e);
    if (s == OK && news.late.n + news.unreached.n > 0)
        s = tell(db, o, &news, who, a, n, e);
    arena_close(a);
    return s;
}
