/* A contact list that has been read: bringing it into the network, or forgetting it. */
#include "network/import.h"

#include "base/arena.h"
#include "network/organisation.h"
#include "store/db.h"

#include <inttypes.h>
#include <stdio.h>

enum { ROWS_AT_ONCE = 200 };

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

/* How many contact people the organisation has, and how many of them have this address. */
static enum status count_people(struct db *db, int64_t organisation, struct str email, int64_t *all,
                                int64_t *with_email, struct err *e)
{
    static const char sql[] = "select count(*), count(*) filter (where email = $2) from contact "
                              "where organisation = $1 and left_at is null";
    struct query q = db_query(db, sql);

    *all = *with_email = 0;
    bind_int(&q, 1, organisation);
    bind_str(&q, 2, email);
    if (query_next(&q)) {
        *all = query_int(&q, 0);
        *with_email = query_int(&q, 1);
    }
    return query_end(&q, e);
}

/* The network may have changed since the list was read: what holds is looked up again for each row. */
static enum status bring_in(struct db *db, const struct contact_row *row, int64_t now_at, struct added *added,
                            struct err *e)
{
    const struct str *cell = row->cell;
    struct organisation organisation = {.name = cell[CONTACT_COLUMN_ORGANISATION],
                                        .number = cell[CONTACT_COLUMN_NUMBER],
                                        .actor = row->actor};
    struct contact person = {.name = cell[CONTACT_COLUMN_NAME],
                             .role = cell[CONTACT_COLUMN_ROLE],
                             .email = cell[CONTACT_COLUMN_EMAIL],
                             .phone = cell[CONTACT_COLUMN_PHONE],
                             .language = S("sv"),
                             .wants_letters = true};
    int64_t people = 0;
    int64_t same = 0;
    int64_t id = 0;

    TRY(organisation_match(db, organisation.number, organisation.name, &person.organisation, e));
    if (person.organisation == 0) {
        TRY(organisation_insert(db, &organisation, now_at, &person.organisation, e));
        added->organisations++;
    }
    TRY(count_people(db, person.organisation, person.email, &people, &same, e));
    if (same > 0)
        return OK;
    person.place = people == 0 ? CONTACT_FIRST : CONTACT_MORE;
    added->contacts++;
    return contact_insert(db, &person, now_at, &id, e);
}

static enum status bring_in_all(struct db *db, int64_t id, enum import_outcome outcome, int64_t now_at,
                                struct added *added, struct err *e)
{
    struct arena *a = arena_open();
    struct import_row *rows = NULL;
    size_t n = ROWS_AT_ONCE;
    enum status s = OK;

    for (int64_t first = 0; s == OK && n == ROWS_AT_ONCE; first += ROWS_AT_ONCE) {
        arena_reset(a);
        s = import_rows(db, id, outcome, first, ROWS_AT_ONCE, a, &rows, &n, e);
        for (size_t i = 0; s == OK && i < n; i++) {
            s = bring_in(db, &rows[i].row, now_at, added, e);
            if (s != OK)
                err_in(e, "line %" PRId64, rows[i].row.line);
        }
    }
    arena_close(a);
    return s;
}

/* Organisations first, so that those who come as others find them. */
static enum status carry_out(struct db *db, int64_t id, int64_t version, int64_t now_at, struct added *added,
                             struct err *e)
{
    TRY(decide(db, id, version, "imported", now_at, e));
    TRY(bring_in_all(db, id, IMPORT_ORGANISATION, now_at, added, e));
    TRY(bring_in_all(db, id, IMPORT_CONTACT, now_at, added, e));
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
