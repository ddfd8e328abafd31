/* Incidents in the database. */
#include "incident/incident.h"

#include "base/arena.h"
#include "store/db.h"
#include "store/retention.h"

/* Tells our own freeze of disposal from one that somebody made for another reason. */
static const char frozen_by_us[] = "incident";

static enum status freeze(struct db *db, const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    struct str reason;
    int64_t since_at = 0;
    enum status s = retention_frozen(db, a, &reason, &since_at, e);

    if (s == OK && since_at == 0)
        s = retention_freeze(db, str_of(frozen_by_us), who, e);
    arena_close(a);
    return s;
}

/* The columns that an incident is opened with. */
static void bind_facts(struct query *q, const struct incident *x)
{
    bind_int(q, 1, x->noticed_at);
    bind_str(q, 2, x->what);
    bind_int(q, 3, x->natures);
    bind_str(q, 4, x->kinds);
    bind_int(q, 5, x->is_going_on);
    bind_int(q, 6, x->persons);
    bind_int(q, 7, x->records);
}

static enum status insert(struct db *db, struct incident *x, struct err *e)
{
    static const char sql[] = "insert into incident (noticed_at, what, natures, kinds, is_going_on, persons, "
                              "records, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
    struct query q = db_query(db, sql);

    bind_facts(&q, x);
    bind_int(&q, 8, x->opened_at);
    while (query_next(&q))
        x->id = query_int(&q, 0);
    return query_end(&q, e);
}

enum status incident_open(struct db *db, const struct who *who, struct incident *x, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "incident.open"};

    x->opened_at = who->now_at;
    x->version = 1;
    TRY(db_change(db, e));
    enum status s = insert(db, x, e);
    if (s == OK)
        s = incident_step_add(db, x->id, who, &(struct incident_step){.kind = INCIDENT_STEP_OPENED}, e);
    if (s == OK)
        s = freeze(db, who, e);
    line.subject = x->id;
    return db_change_end(db, s, &line, e);
}

#define INCIDENT_COLUMNS                                                                                     \
    "id, noticed_at, opened_at, what, natures, kinds, is_going_on, persons, records, risk, risk_why, "       \
    "consequences, measures, reported_at, reported_number, late_why, telling, told_at, told_note, "          \
    "closed_at, learned, version from incident "

static struct incident incident_row(const struct query *q, struct arena *a)
{
    return (struct incident){.id = query_int(q, 0),
                             .noticed_at = query_int(q, 1),
                             .opened_at = query_int(q, 2),
                             .what = query_str(q, 3, a),
                             .natures = (int)query_int(q, 4),
                             .kinds = query_str(q, 5, a),
                             .is_going_on = query_int(q, 6) != 0,
                             .persons = query_int(q, 7),
                             .records = query_int(q, 8),
                             .risk = (enum incident_risk)query_int(q, 9),
                             .risk_why = query_str(q, 10, a),
                             .consequences = query_str(q, 11, a),
                             .measures = query_str(q, 12, a),
                             .reported_at = query_int(q, 13),
                             .reported_number = query_str(q, 14, a),
                             .late_why = query_str(q, 15, a),
                             .telling = (enum incident_telling)query_int(q, 16),
                             .told_at = query_int(q, 17),
                             .told_note = query_str(q, 18, a),
                             .closed_at = query_int(q, 19),
                             .learned = query_str(q, 20, a),
                             .version = query_int(q, 21)};
}

enum status incident_find(struct db *db, int64_t id, struct arena *a, struct incident *out, struct err *e)
{
    static const char sql[] = "select " INCIDENT_COLUMNS "where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = incident_row(&q, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no incident %lld", (long long)id);
}

enum status incidents_list(struct db *db, struct arena *a, struct incidents *out, struct err *e)
{
    static const char sql[] = "select " INCIDENT_COLUMNS "order by closed_at > 0, noticed_at desc, id desc";
    struct incidents all = {0};
    struct query q = db_query(db, sql);
    size_t room = 0;

    while (query_next(&q)) {
        all.incident = arena_grow(a, all.incident, all.n + 1, &room, sizeof *all.incident);
        all.incident[all.n++] = incident_row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = all;
    return OK;
}

static enum status refuse_changed(const struct incident *x, struct err *e)
{
    return err_set(e, REFUSED, "incident %lld is closed, or somebody else has changed it: read it again",
                   (long long)x->id);
}

static enum status update(struct db *db, const struct incident *x, struct err *e)
{
    static const char sql[] =
        "update incident set noticed_at = $1, what = $2, natures = $3, kinds = $4, is_going_on = $5, "
        "persons = $6, records = $7, risk = $8, risk_why = $9, consequences = $10, measures = $11, "
        "reported_at = $12, reported_number = $13, late_why = $14, telling = $15, told_at = $16, "
        "told_note = $17, version = version + 1 where id = $18 and version = $19 and closed_at = 0 returning id";
    struct query q = db_query(db, sql);

    bind_facts(&q, x);
    bind_int(&q, 8, (int64_t)x->risk);
    bind_str(&q, 9, x->risk_why);
    bind_str(&q, 10, x->consequences);
    bind_str(&q, 11, x->measures);
    bind_int(&q, 12, x->reported_at);
    bind_str(&q, 13, x->reported_number);
    bind_str(&q, 14, x->late_why);
    bind_int(&q, 15, (int64_t)x->telling);
    bind_int(&q, 16, x->told_at);
    bind_str(&q, 17, x->told_note);
    bind_int(&q, 18, x->id);
    bind_int(&q, 19, x->version);
    bool is_same = query_next(&q);
    TRY(query_run(&q, e));
    return is_same ? OK : refuse_changed(x, e);
}

enum status incident_save(struct db *db, const struct who *who, const struct incident *x, const char *action,
                          const struct incident_step *step, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = action, .subject = x->id};

    TRY(db_change(db, e));
    enum status s = update(db, x, e);
    if (s == OK)
        s = incident_step_add(db, x->id, who, step, e);
    return db_change_end(db, s, &line, e);
}

static enum status check_open(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "select 1 from incident where id = $1 and closed_at = 0";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_open = query_next(&q);
    TRY(query_end(&q, e));
    return is_open ? OK : err_set(e, REFUSED, "incident %lld is closed, or is not there", (long long)id);
}

enum status incident_note(struct db *db, const struct who *who, int64_t id, struct str words, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "incident.note", .subject = id};
    const struct incident_step step = {.kind = INCIDENT_STEP_NOTED, .words = words};

    TRY(db_change(db, e));
    enum status s = check_open(db, id, e);
    if (s == OK)
        s = incident_step_add(db, id, who, &step, e);
    return db_change_end(db, s, &line, e);
}

enum status incident_step_add(struct db *db, int64_t id, const struct who *who,
                              const struct incident_step *step, struct err *e)
{
    static const char sql[] =
        "insert into incident_step (incident, at, who, kind, words) values ($1, $2, $3, $4, $5)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, who->now_at);
    bind_str(&q, 3, str_of(who->name));
    bind_int(&q, 4, (int64_t)step->kind);
    bind_str(&q, 5, step->words);
    return query_run(&q, e);
}

enum status incident_steps_read(struct db *db, int64_t id, struct arena *a, struct incident_steps *out,
                                struct err *e)
{
    static const char sql[] =
        "select at, who, kind, words from incident_step where incident = $1 order by id";
    struct incident_steps all = {0};
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        all.step = arena_grow(a, all.step, all.n + 1, &room, sizeof *all.step);
        all.step[all.n++] = (struct incident_step){.at = query_int(&q, 0),
                                                   .who = query_str(&q, 1, a),
                                                   .kind = (enum incident_step_kind)query_int(&q, 2),
                                                   .words = query_str(&q, 3, a)};
    }
    TRY(query_end(&q, e));
    *out = all;
    return OK;
}

int64_t incident_report_until(const struct incident *x)
{
    return x->noticed_at + INCIDENT_REPORT_SECONDS;
}

int incident_missing(const struct incident *x)
{
    bool has_risk = x->risk == INCIDENT_RISK || x->risk == INCIDENT_HIGH_RISK;
    bool is_told = x->telling != INCIDENT_TELLING_NOT_DECIDED && x->telling != INCIDENT_TELLING_NOT_NEEDED;

    return (x->risk == INCIDENT_NOT_JUDGED ? INCIDENT_MISSING_RISK : 0) |
           (has_risk && x->reported_at == 0 ? INCIDENT_MISSING_REPORT : 0) |
           (x->risk == INCIDENT_HIGH_RISK && !is_told ? INCIDENT_MISSING_TELLING : 0);
}

static enum status update_closed(struct db *db, const struct incident *x, struct str learned, int64_t now_at,
                                 struct err *e)
{
    static const char sql[] =
        "update incident set closed_at = $2, learned = $3 where id = $1 and version = $4 and "
        "closed_at = 0 returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->id);
    bind_int(&q, 2, now_at);
    bind_str(&q, 3, learned);
    bind_int(&q, 4, x->version);
    bool is_same = query_next(&q);
    TRY(query_run(&q, e));
    return is_same ? OK : refuse_changed(x, e);
}

/* Disposal goes on when no incident is open and it was an incident that froze it. */
static enum status thaw(struct db *db, const struct who *who, struct err *e)
{
    static const char sql[] = "select count(*) from incident where closed_at = 0";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);
    struct str reason = S("");
    int64_t since_at = 0;
    int64_t open = query_next(&q) ? query_int(&q, 0) : 0;
    enum status s = query_end(&q, e);

    if (s == OK)
        s = retention_frozen(db, a, &reason, &since_at, e);
    if (s == OK && open == 0 && since_at > 0 && str_is(reason, frozen_by_us))
        s = retention_thaw(db, who, e);
    arena_close(a);
    return s;
}

enum status incident_close(struct db *db, const struct who *who, const struct incident *x, struct str learned,
                           struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "incident.close", .subject = x->id};

    if (incident_missing(x) != 0)
        return err_set(e, REFUSED, "incident %lld cannot be closed: something is missing", (long long)x->id);
    TRY(db_change(db, e));
    enum status s = update_closed(db, x, learned, who->now_at, e);
    if (s == OK)
        s = incident_step_add(db, x->id, who, &(struct incident_step){.kind = INCIDENT_STEP_CLOSED}, e);
    if (s == OK)
        s = thaw(db, who, e);
    return db_change_end(db, s, &line, e);
}
