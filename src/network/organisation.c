/* Organisations of the network: the table organisation. */
#include "network/organisation.h"

#include "base/arena.h"
#include "base/text.h"
#include "network/agreement.h"
#include "network/fold.h"
#include "store/db.h"

enum { SECONDS_PER_DAY = 86400 };

static const char *const states[ORGANISATION_STATES] = {
    [ORGANISATION_LISTED] = "listed", [ORGANISATION_MEMBER] = "member", [ORGANISATION_LEFT] = "left"};

static enum status check(const struct organisation *o, struct err *e);
static enum status check_number_is_free(struct db *db, const struct organisation *o, struct err *e);
static struct organisation row(const struct query *q, struct arena *a);
static enum status update(struct db *db, const struct organisation *o, struct err *e);
static enum status leave(struct db *db, int64_t id, int64_t now_at, struct err *e);

enum status organisation_add(struct db *db, const struct organisation *organisation, const struct who *who,
                             int64_t *id, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.organisation.add"};

    TRY(db_change(db, e));
    enum status s = organisation_insert(db, organisation, who->now_at, id, e);
    line.subject = *id;
    return db_change_end(db, s, &line, e);
}

enum status organisation_insert(struct db *db, const struct organisation *organisation, int64_t now_at,
                                int64_t *id, struct err *e)
{
    static const char sql[] = "insert into organisation (name, folded, number, actor, state, wish, since_at) "
                              "values ($1, $2, nullif($3, ''), $4, $5, $6, $7) returning id";
    struct arena *a = arena_open();

    enum status s = check(organisation, e);
    if (s == OK)
        s = check_number_is_free(db, organisation, e);
    if (s != OK)
        goto done;
    struct query q = db_query(db, sql);
    bind_str(&q, 1, organisation->name);
    bind_str(&q, 2, fold(organisation->name, a));
    bind_str(&q, 3, organisation->number);
    bind_str(&q, 4, str_of(actor_code(organisation->actor)));
    bind_str(&q, 5, str_of(states[organisation->state]));
    bind_str(&q, 6, organisation->wish);
    bind_int(&q, 7, now_at);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    s = query_end(&q, e);
done:
    arena_close(a);
    return s;
}

enum status organisation_change(struct db *db, const struct organisation *organisation, const struct who *who,
                                struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "network.organisation.change", .subject = organisation->id};

    TRY(db_change(db, e));
    enum status s = check(organisation, e);
    if (s == OK)
        s = check_number_is_free(db, organisation, e);
    if (s == OK)
        s = update(db, organisation, e);
    return db_change_end(db, s, &line, e);
}

static enum status check(const struct organisation *o, struct err *e)
{
    if (str_trim(o->name).n == 0 || o->name.n > ORGANISATION_NAME_MAX_BYTES)
        return err_set(e, BAD_INPUT, "an organisation needs a name of at most %d bytes",
                       (int)ORGANISATION_NAME_MAX_BYTES);
    if (o->wish.n > ORGANISATION_WISH_MAX_BYTES)
        return err_set(e, BAD_INPUT, "what an organisation wants to do is at most %d bytes",
                       (int)ORGANISATION_WISH_MAX_BYTES);
    if (o->actor >= ACTORS || o->state == ORGANISATION_LEFT)
        return err_set(e, BAD_INPUT, "an organisation has a kind of work, and is listed or a member");
    return OK;
}

static enum status check_number_is_free(struct db *db, const struct organisation *o, struct err *e)
{
    static const char sql[] = "select count(*) from organisation where number = nullif($1, '') and id <> $2";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, o->number);
    bind_int(&q, 2, o->id);
    bool is_taken = query_next(&q) && query_int(&q, 0) > 0;
    TRY(query_end(&q, e));
    if (is_taken)
        return err_set(e, REFUSED, "another organisation has the number %.*s", STR(o->number));
    return OK;
}

static enum status update(struct db *db, const struct organisation *o, struct err *e)
{
    static const char sql[] =
        "update organisation set name = $1, folded = $2, number = nullif($3, ''), actor = $4, wish = $5, "
        "version = version + 1 where id = $6 and version = $7 returning id";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    bind_str(&q, 1, o->name);
    bind_str(&q, 2, fold(o->name, a));
    bind_str(&q, 3, o->number);
    bind_str(&q, 4, str_of(actor_code(o->actor)));
    bind_str(&q, 5, o->wish);
    bind_int(&q, 6, o->id);
    bind_int(&q, 7, o->version);
    bool is_changed = query_next(&q);
    enum status s = query_end(&q, e);
    if (s == OK && !is_changed)
        s = err_set(e, REFUSED, "somebody else has changed the organisation meanwhile");
    arena_close(a);
    return s;
}

/* id, name, number, actor, state, wish, since_at, left_at, version, contacts, agreement, attested. */
#define COLUMNS                                                                                              \
    "o.id, o.name, o.number, o.actor, o.state, o.wish, o.since_at, o.left_at, o.version, "                   \
    "(select count(*) from contact c where c.organisation = o.id and c.left_at is null), "                   \
    "(select max(valid_until_at) from agreement g where g.organisation = o.id and g.ended_at is null), "     \
    "(select coalesce(max(at), 0) from (select at from attestation t where t.organisation = o.id "           \
    "union all select signed_at from agreement g where g.organisation = o.id) as promised) "

static struct organisation row(const struct query *q, struct arena *a)
{
    struct organisation o = {.id = query_int(q, 0),
                             .name = query_str(q, 1, a),
                             .number = query_str(q, 2, a),
                             .actor = ACTOR_OTHER,
                             .wish = query_str(q, 5, a),
                             .since_at = query_int(q, 6),
                             .left_at = query_int(q, 7),
                             .version = query_int(q, 8),
                             .contacts = query_int(q, 9),
                             .agreement_until_at = query_int(q, 10),
                             .attested_at = query_int(q, 11)};
    struct str state = query_str(q, 4, a);

    /* A code this program does not know was written by a later one: it is shown as "other". */
    (void)actor_from_str(query_str(q, 3, a), &o.actor);
    for (int i = 0; i < ORGANISATION_STATES; i++)
        if (str_is(state, states[i]))
            o.state = (enum organisation_state)i;
    return o;
}

enum status organisation_find(struct db *db, int64_t id, struct arena *a, struct organisation *out,
                              struct err *e)
{
    static const char sql[] = "select " COLUMNS "from organisation o where o.id = $1";
    struct query q = db_query(db, sql);
    bool is_found = false;

    bind_int(&q, 1, id);
    if (query_next(&q)) {
        *out = row(&q, a);
        is_found = true;
    }
    TRY(query_end(&q, e));
    return is_found ? OK : err_set(e, REFUSED, "there is no such organisation");
}

enum status organisation_match(struct db *db, struct str number, struct str name, int64_t *id, struct err *e)
{
    static const char sql[] =
        "select id from organisation where number = nullif($1, '') or (folded = $2 and "
        "(number is null or $1 = '')) order by case when number = $1 then 0 else 1 end, state = 'left', id limit 1";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    bind_str(&q, 1, number);
    bind_str(&q, 2, fold(str_trim(name), a));
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    arena_close(a);
    return query_end(&q, e);
}

/* $1: a set of actors as the text ",hotel,police,", empty for all; $2 the same of states; $3 a folded part;
 * $4 an organisation_need, $5 now and $6 the moment before which an agreement that ends does so soon. */
#define FILTERED                                                                                                \
    "where ($1 = '' or instr($1, ',' || o.actor || ',') > 0) "                                                  \
    "and ($2 = '' or instr($2, ',' || o.state || ',') > 0) "                                                    \
    "and ($3 = '' or instr(o.folded, $3) > 0 or instr(coalesce(o.number, ''), $3) > 0 or exists "               \
    "(select 1 from contact c where c.organisation = o.id and c.left_at is null and instr(c.folded, $3) > 0)) " \
    "and ($4 = 0 or (o.state = 'member' and $4 = case "                                                         \
    "when not exists (select 1 from agreement g where g.organisation = o.id and g.ended_at is null "            \
    "and g.valid_until_at >= $5) then 1 "                                                                       \
    "when not exists (select 1 from agreement g where g.organisation = o.id and g.ended_at is null "            \
    "and g.valid_until_at >= $6) then 2 else 0 end)) "

static struct str actor_set(uint32_t actors, struct arena *a)
{
    struct text out = text_open(a);

    for (int i = 0; i < ACTORS && actors != 0; i++)
        if (actors & ACTOR_BIT(i))
            text_format(&out, "%s%s,", out.n ? "" : ",", actor_code((enum actor_kind)i));
    return text_str(&out);
}

static struct str state_set(uint32_t set, struct arena *a)
{
    struct text out = text_open(a);

    for (int i = 0; i < ORGANISATION_STATES && set != 0; i++)
        if (set & (1U << i))
            text_format(&out, "%s%s,", out.n ? "" : ",", states[i]);
    return text_str(&out);
}

static void bind_filter(struct query *q, const struct organisation_filter *filter, struct arena *a)
{
    bind_str(q, 1, actor_set(filter->actors, a));
    bind_str(q, 2, state_set(filter->states, a));
    bind_str(q, 3, fold(str_trim(filter->search), a));
    bind_int(q, 4, filter->need);
    bind_int(q, 5, filter->now_at);
    bind_int(q, 6, filter->now_at + (int64_t)AGREEMENT_REMIND_DAYS * SECONDS_PER_DAY);
}

enum status organisation_list(struct db *db, const struct organisation_filter *filter, struct arena *a,
                              struct organisations *out, struct err *e)
{
    static const char count[] = "select count(*) from organisation o " FILTERED;
    static const char page[] = "select " COLUMNS "from organisation o " FILTERED
                               "order by o.name collate \"sv-x-icu\", o.id limit $7 offset $8";
    struct organisations found = {0};
    size_t room = 0;
    struct query q = db_query(db, count);

    bind_filter(&q, filter, a);
    found.all = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    q = db_query(db, page);
    bind_filter(&q, filter, a);
    bind_int(&q, 7, filter->most > 0 ? filter->most : INT64_MAX);
    bind_int(&q, 8, filter->first);
    while (query_next(&q)) {
        found.organisation =
            arena_grow(a, found.organisation, found.n + 1, &room, sizeof *found.organisation);
        found.organisation[found.n++] = row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status organisation_counts(struct db *db, enum organisation_state state, struct actor_count out[ACTORS],
                                struct err *e)
{
    static const char sql[] =
        "select o.actor, count(*), count(*) filter (where not exists (select 1 from contact c where "
        "c.organisation = o.id and c.left_at is null)) from organisation o where o.state = $1 group by 1";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    for (size_t i = 0; i < ACTORS; i++)
        out[i] = (struct actor_count){0};
    bind_str(&q, 1, str_of(states[state]));
    while (query_next(&q)) {
        enum actor_kind actor = ACTOR_OTHER;

        (void)actor_from_str(query_str(&q, 0, a), &actor);
        out[actor].organisations += query_int(&q, 1);
        out[actor].unreachable += query_int(&q, 2);
    }
    arena_close(a);
    return query_end(&q, e);
}

enum status organisation_leave(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "network.organisation.leave", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, leave(db, id, who->now_at, e), &line, e);
}

static enum status leave(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char leaving[] = "update organisation set state = 'left', left_at = $1, "
                                  "version = version + 1 where id = $2 and state <> 'left' returning id";
    static const char people[] = "update contact set left_at = $1, version = version + 1 "
                                 "where organisation = $2 and left_at is null";
    static const char agreements[] = "update agreement set ended_at = $1 where organisation = $2 "
                                     "and ended_at is null";
    static const char *const rest[] = {people, agreements};
    struct query q = db_query(db, leaving);

    bind_int(&q, 1, now_at);
    bind_int(&q, 2, id);
    bool is_changed = query_next(&q);
    TRY(query_end(&q, e));
    if (!is_changed)
        return err_set(e, REFUSED, "the organisation has left already");
    for (size_t i = 0; i < 2; i++) {
        q = db_query(db, rest[i]);
        bind_int(&q, 1, now_at);
        bind_int(&q, 2, id);
        TRY(query_run(&q, e));
    }
    return OK;
}

enum status organisation_enter(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] = "update organisation set state = 'member', left_at = null, since_at = $1, "
                              "version = version + 1 where id = $2 and state <> 'member'";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    bind_int(&q, 2, id);
    return query_run(&q, e);
}
