/* A contact list that has been read: bringing it into the network, or forgetting it. */
#include "network/import.h"

#include "base/arena.h"
#include "network/import_row.h"
#include "network/organisation.h"
#include "store/db.h"

#include <inttypes.h>
#include <stdio.h>

/* How much has been added. */
struct added {
    int64_t organisations, contacts;
};

static enum status decide(struct db *db, int64_t id, int64_t version, const char *state, int64_t now_at,
                          struct err *e)
{
    static const char sql[] = "update import set state = $1, decided_at = $2, version = version + 1 "
                              "where id = $3 and version = $4 and state = 'read' returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(state));
    bind_int(&q, 2, now_at);
    bind_int(&q, 3, id);
    bind_int(&q, 4, version);
    bool is_changed = query_next(&q);
    TRY(query_end(&q, e));
    return is_changed ? OK : err_set(e, REFUSED, "the list has been decided already");
}

static enum status forget_rows(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "delete from import_row where import = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}

#define IS_GOOD "r.import = $1 and r.outcome in ('organisation', 'contact') "

/* The organisations that rows tell of and that are not there, by number or by name, each by the first of its
 * rows. */
static enum status add_organisations(struct db *db, int64_t id, int64_t now_at, int64_t *added, struct err *e)
{
    /* clang-format off */
    static const char sql[] =
        "insert into organisation (name, folded, number, actor, state, since_at) "
        "select name, folded, nullif(number, ''), actor, 'listed', $2 from "
        "(select line, organisation as name, folded, number, actor, " IMPORT_FIRST_LINES("")
        "from import_row r where " IS_GOOD
        "and not exists (select 1 from organisation o where o.number = nullif(r.number, '')) "
        "and not exists (select 1 from organisation o where o.folded = r.folded and (o.number is null or r.number = ''))) "
        "as sorted where not " IMPORT_IS_LATER "order by line returning id";
    /* clang-format on */
    struct query q = db_query(db, sql);

    *added = 0;
    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    while (query_next(&q))
        ++*added;
    return query_end(&q, e);
}

/* A row that one before it speaks for may tell of something else than what that became: it is looked at
 * again. */
static enum status add_all_organisations(struct db *db, int64_t id, int64_t now_at, struct added *out,
                                         struct err *e)
{
    int64_t added = 0;

    do {
        TRY(add_organisations(db, id, now_at, &added, e));
        out->organisations += added;
    } while (added > 0);
    return OK;
}

/* Each person once, with the organisation that their row tells of now: by number, or else by name. Who is the
 * first of an organisation without people is its first contact person. */
static enum status read_people(struct db *db, int64_t id, struct arena *a, struct contacts *out,
                               struct err *e)
{
    /* clang-format off */
    static const char sql[] =
        "with told (line, home, name, role, email, phone) as materialized (select r.line, coalesce("
        "(select o.id from organisation o where o.number = nullif(r.number, '')), "
        "(select o.id from organisation o where o.folded = r.folded and (o.number is null or r.number = '') "
        "order by o.state = 'left', o.id limit 1)), "
        "r.name, r.role, r.email, r.phone from import_row r where " IS_GOOD "), "
        "ranked as (select line, home, name, role, email, phone, "
        "row_number() over (partition by home order by line) as of_home, "
        "row_number() over (partition by home, email order by line) as of_person from told) "
        "select home, of_home = 1 and not exists (select 1 from contact c where c.organisation = home and "
        "c.left_at is null), name, role, email, phone from ranked where of_person = 1 and not exists "
        "(select 1 from contact c where c.organisation = home and c.email = ranked.email and c.left_at is null) "
        "order by line";
    /* clang-format on */
    struct contacts found = {0};
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        found.contact = arena_grow(a, found.contact, found.n + 1, &room, sizeof *found.contact);
        found.contact[found.n++] =
            (struct contact){.organisation = query_int(&q, 0),
                             .place = query_int(&q, 1) != 0 ? CONTACT_FIRST : CONTACT_MORE,
                             .name = query_str(&q, 2, a),
                             .role = query_str(&q, 3, a),
                             .email = query_str(&q, 4, a),
                             .phone = query_str(&q, 5, a),
                             .language = S("sv"),
                             .wants_letters = true};
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

static enum status add_people(struct db *db, int64_t id, int64_t now_at, struct added *added, struct err *e)
{
    struct arena *a = arena_open();
    struct contacts people = {0};
    enum status s = read_people(db, id, a, &people, e);

    for (size_t i = 0; s == OK && i < people.n; i++)
        s = contact_send(db, &people.contact[i], now_at, e);
    added->contacts = (int64_t)people.n;
    arena_close(a);
    return s;
}

/* The network may have changed since the list was read: what holds is looked up again, for all rows at once.
 */
static enum status carry_out(struct db *db, int64_t id, int64_t version, int64_t now_at, struct added *added,
                             struct err *e)
{
    TRY(decide(db, id, version, "imported", now_at, e));
    TRY(add_all_organisations(db, id, now_at, added, e));
    TRY(add_people(db, id, now_at, added, e));
    return forget_rows(db, id, e);
}

enum status import_carry_out(struct db *db, int64_t id, int64_t version, const struct who *who,
                             int64_t *organisations, int64_t *contacts, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.import", .subject = id};
    struct added added = {0};
    char detail[80];

    TRY(db_change(db, e));
    enum status s = carry_out(db, id, version, who->now_at, &added, e);
    snprintf(detail, sizeof detail, "organisations %" PRId64 ", contacts %" PRId64, added.organisations,
             added.contacts);
    line.detail = str_of(detail);
    TRY(db_change_end(db, s, &line, e));
    *organisations = added.organisations;
    *contacts = added.contacts;
    return OK;
}

static enum status drop(struct db *db, int64_t id, int64_t version, int64_t now_at, struct err *e)
{
    TRY(decide(db, id, version, "dropped", now_at, e));
    return forget_rows(db, id, e);
}

enum status import_drop(struct db *db, int64_t id, int64_t version, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "network.import.drop", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, drop(db, id, version, who->now_at, e), &line, e);
}
