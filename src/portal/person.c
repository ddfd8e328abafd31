/* People with an account. */
#include "portal/person.h"

#include "base/arena.h"
#include "base/text.h"
#include "portal/permission.h"
#include "portal/person_row.h"
#include "portal/session.h"
#include "store/db.h"

#include <inttypes.h>

void person_take_row(const struct query *q, int first, struct arena *a, struct person *out)
{
    uint32_t roles = out->roles;
    enum role role;

    if (role_from_str(query_str(q, first + 8, a), &role))
        roles |= ROLE_BIT(role);
    *out = (struct person){.id = query_int(q, first),
                           .email = query_str(q, first + 1, a),
                           .name = query_str(q, first + 2, a),
                           .language = str_is(query_str(q, first + 3, a), "en") ? LANGUAGE_EN : LANGUAGE_SV,
                           .roles = roles,
                           .is_closed = str_is(query_str(q, first + 4, a), "closed"),
                           .made_at = query_int(q, first + 5),
                           .signed_in_at = query_int(q, first + 6),
                           .version = query_int(q, first + 7)};
}

static enum status find_one(struct query *q, struct arena *a, struct person *out, struct err *e)
{
    struct person found = {0};

    while (query_next(q))
        person_take_row(q, 0, a, &found);
    TRY(query_end(q, e));
    if (found.id == 0)
        return err_set(e, REFUSED, "there is no such account");
    *out = found;
    return OK;
}

enum status person_find(struct db *db, int64_t id, struct arena *a, struct person *out, struct err *e)
{
    static const char sql[] = "select " PERSON_COLUMNS "from person p " PERSON_WITH_ROLES "where p.id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return find_one(&q, a, out, e);
}

enum status person_by_email(struct db *db, struct str email, struct arena *a, struct person *out,
                            struct err *e)
{
    static const char sql[] =
        "select " PERSON_COLUMNS "from person p " PERSON_WITH_ROLES "where p.email = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, email);
    return find_one(&q, a, out, e);
}

enum status people_list(struct db *db, struct arena *a, struct people *out, struct err *e)
{
    static const char sql[] = "select " PERSON_COLUMNS "from person p " PERSON_WITH_ROLES
                              "order by p.state, p.name collate \"sv-x-icu\", p.id";
    struct people found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    while (query_next(&q)) {
        if (found.n == 0 || found.person[found.n - 1].id != query_int(&q, 0)) {
            found.person = arena_grow(a, found.person, found.n + 1, &room, sizeof *found.person);
            found.person[found.n++] = (struct person){0};
        }
        person_take_row(&q, 0, a, &found.person[found.n - 1]);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

static enum status is_address_taken(struct db *db, const struct person *p, struct err *e)
{
    static const char sql[] = "select 1 from person where email = $1 and id <> $2";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, p->email);
    bind_int(&q, 2, p->id);
    bool is_taken = query_next(&q);
    TRY(query_end(&q, e));
    return is_taken ? err_set(e, BAD_INPUT, "another account has this address") : OK;
}

static enum status insert(struct db *db, const struct who *who, struct person *p, struct err *e)
{
    static const char sql[] =
        "insert into person (email, name, language, state, made_at, signed_in_at, version) "
        "values ($1, $2, $3, 'active', $4, 0, 1) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, p->email);
    bind_str(&q, 2, p->name);
    bind_str(&q, 3, language_code(p->language));
    bind_int(&q, 4, who->now_at);
    while (query_next(&q))
        p->id = query_int(&q, 0);
    return query_end(&q, e);
}

static enum status write_roles(struct db *db, const struct person *p, struct err *e)
{
    static const char clear[] = "delete from person_role where person = $1";
    static const char add[] = "insert into person_role (person, role) values ($1, $2)";
    struct query q = db_query(db, clear);

    bind_int(&q, 1, p->id);
    TRY(query_run(&q, e));
    for (int i = 0; i < ROLES; i++) {
        if (!(p->roles & ROLE_BIT(i)))
            continue;
        q = db_query(db, add);
        bind_int(&q, 1, p->id);
        bind_str(&q, 2, str_of(role_name((enum role)i)));
        TRY(query_run(&q, e));
    }
    return OK;
}

/* The roles in words of the log. */
static struct str roles_in_log(const struct person *p, struct arena *a)
{
    struct text t = text_open(a);

    text_lit(&t, "roles");
    for (int i = 0; i < ROLES; i++)
        if (p->roles & ROLE_BIT(i))
            text_format(&t, " %s", role_name((enum role)i));
    if (p->is_closed)
        text_lit(&t, "; closed");
    return text_str(&t);
}

enum status person_add(struct db *db, const struct who *who, struct person *p, struct err *e)
{
    struct arena *a = arena_open();
    struct audit_line line = {.who = *who, .action = "person.add", .detail = roles_in_log(p, a)};
    enum status s = db_change(db, e);

    if (s == OK) {
        p->id = 0;
        s = is_address_taken(db, p, e);
        if (s == OK)
            s = insert(db, who, p, e);
        if (s == OK)
            s = write_roles(db, p, e);
        line.subject = p->id;
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}

static enum status update(struct db *db, const struct person *p, bool *is_overtaken, struct err *e)
{
    static const char sql[] = "update person set email = $1, name = $2, language = $3, state = $4, "
                              "version = version + 1 where id = $5 and version = $6 returning id";
    struct query q = db_query(db, sql);
    bool is_saved = false;

    bind_str(&q, 1, p->email);
    bind_str(&q, 2, p->name);
    bind_str(&q, 3, language_code(p->language));
    bind_str(&q, 4, p->is_closed ? S("closed") : S("active"));
    bind_int(&q, 5, p->id);
    bind_int(&q, 6, p->version);
    while (query_next(&q))
        is_saved = true;
    TRY(query_end(&q, e));
    *is_overtaken = !is_saved;
    return is_saved ? OK : err_set(e, REFUSED, "somebody else has saved this account meanwhile");
}

/* Is there still somebody who can let others in? */
static enum status somebody_is_left(struct db *db, struct err *e)
{
    static const char sql[] = "select 1 from person join person_role on person_role.person = person.id "
                              "where role = 'administrator' and state = 'active' limit 1";
    struct query q = db_query(db, sql);
    bool has_one = query_next(&q);

    TRY(query_end(&q, e));
    return has_one ? OK : err_set(e, REFUSED, "no administrator would be left");
}

static enum status save(struct db *db, const struct person *p, bool *is_overtaken, struct err *e)
{
    struct arena *a = arena_open();
    struct person before;
    enum status s = person_find(db, p->id, a, &before, e);

    if (s == OK)
        s = is_address_taken(db, p, e);
    if (s == OK)
        s = update(db, p, is_overtaken, e);
    if (s == OK)
        s = write_roles(db, p, e);
    if (s == OK && (before.roles & ROLE_BIT(ROLE_ADMINISTRATOR)) && !before.is_closed)
        s = somebody_is_left(db, e);
    if (s == OK && (before.roles != p->roles || before.is_closed != p->is_closed))
        s = sessions_end(db, p->id, 0, e);
    arena_close(a);
    return s;
}

enum status person_save(struct db *db, const struct who *who, const struct person *p, bool *is_overtaken,
                        struct err *e)
{
    struct arena *a = arena_open();
    const struct audit_line line = {
        .who = *who, .action = "person.change", .subject = p->id, .detail = roles_in_log(p, a)};
    enum status s = db_change(db, e);

    *is_overtaken = false;
    if (s == OK)
        s = db_change_end(db, save(db, p, is_overtaken, e), &line, e);
    arena_close(a);
    return s;
}

const char *person_in_log(int64_t id, struct arena *a)
{
    return arena_printf(a, "person %" PRId64, id);
}
