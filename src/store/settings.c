/* What a city has chosen, as it stands now. */
#include "store/settings.h"

#include "base/arena.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define OF_CONFIG(field) (offsetof(struct settings, config) + offsetof(struct config, field))

/* Not among them: where the server listens, its address, certificates and the municipality's sign-in. They
 * belong with what is set up at the machine, and a slip there would lock everyone out. */
const struct settings_choice settings_choices[] = {
    {"city.name", offsetof(struct settings, name)},
    {"site.contact", OF_CONFIG(contact)},
    {"site.email", OF_CONFIG(email)},
    {"site.exit", OF_CONFIG(exit)},
    {"mail.server", OF_CONFIG(mail_server)},
    {"mail.sender", OF_CONFIG(mail_sender)},
    {"mail.user", OF_CONFIG(mail_user)},
    {"mail.tls", OF_CONFIG(mail_tls)},
    {"retention.time", OF_CONFIG(retention_time)},
    {.name = NULL},
};

struct str settings_value(const struct settings *s, const struct settings_choice *choice)
{
    struct str value;

    memcpy(&value, (const char *)s + choice->offset, sizeof value);
    return value;
}

static void set_value(struct settings *s, const struct settings_choice *choice, struct str value)
{
    memcpy((char *)s + choice->offset, &value, sizeof value);
}

static const struct settings_choice *choice_named(struct str name)
{
    for (const struct settings_choice *c = settings_choices; c->name; c++)
        if (str_is(name, c->name))
            return c;
    return NULL;
}

/* The city's name has a place of its own. */
static enum status read_city(struct db *db, struct arena *a, struct settings *s, struct err *e)
{
    static const char sql[] = "select settings_version, name from city where id = 1";
    struct query q = db_query(db, sql);

    while (query_next(&q)) {
        s->version = query_int(&q, 0);
        s->name = query_str(&q, 1, a);
    }
    return query_end(&q, e);
}

enum status settings_read(struct db *db, const struct config *file, struct arena *a, struct settings *out,
                          struct err *e)
{
    static const char sql[] = "select name, value from setting";
    struct settings s = {.config = *file};

    TRY(read_city(db, a, &s, e));
    struct query q = db_query(db, sql);
    while (query_next(&q)) {
        const struct settings_choice *c = choice_named(query_str(&q, 0, a));

        if (c)
            set_value(&s, c, query_str(&q, 1, a));
    }
    TRY(query_end(&q, e));
    *out = s;
    return OK;
}

enum status settings_changed(struct db *db, struct arena *a, struct str *names, struct err *e)
{
    static const char sql[] = "select name from setting order by name";
    struct text out = text_open(a);
    struct query q = db_query(db, sql);

    while (query_next(&q)) {
        if (out.n > 0)
            text_lit(&out, ", ");
        text_add(&out, query_str(&q, 0, a));
    }
    TRY(query_end(&q, e));
    *names = text_str(&out);
    return OK;
}

static enum status rename_city(struct db *db, struct str name, struct err *e)
{
    static const char sql[] = "update city set name = $1 where id = 1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, name);
    return query_run(&q, e);
}

static enum status write_value(struct db *db, const struct settings_choice *c, struct str value,
                               struct err *e)
{
    static const char sql[] = "insert into setting (name, value) values ($1, $2) "
                              "on conflict (name) do update set value = excluded.value";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(c->name));
    bind_str(&q, 2, value);
    return query_run(&q, e);
}

static enum status clear_value(struct db *db, const struct settings_choice *c, struct err *e)
{
    static const char sql[] = "delete from setting where name = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(c->name));
    return query_run(&q, e);
}

/* One setting from one value to another. */
struct step {
    const struct settings_choice *choice;
    struct str before, after;
    bool is_as_in_file; /* lykta.conf says the same: the portal need not */
};

static enum status keep(struct db *db, const struct step *x, struct err *e)
{
    if (x->choice->offset == offsetof(struct settings, name))
        return rename_city(db, x->after, e);
    return x->is_as_in_file ? clear_value(db, x->choice, e) : write_value(db, x->choice, x->after, e);
}

static enum status change(struct db *db, const struct who *who, const struct step *x, struct err *e)
{
    struct arena *a = arena_open();
    const struct audit_line line = {.who = *who,
                                    .action = "settings.change",
                                    .detail =
                                        str_of(arena_printf(a, "%s: \"%.*s\" -> \"%.*s\"", x->choice->name,
                                                            STR(x->before), STR(x->after)))};
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, keep(db, x, e), &line, e);
    arena_close(a);
    return s;
}

static enum status raise_version(struct db *db, struct err *e)
{
    static const char sql[] = "update city set settings_version = settings_version + 1 where id = 1";
    struct query q = db_query(db, sql);

    return query_run(&q, e);
}

static enum status save(struct db *db, const struct who *who, const struct config *file,
                        const struct settings *wanted, struct arena *a, struct err *e)
{
    const struct settings plain = {.config = *file};
    struct settings now;
    bool is_changed = false;

    TRY(settings_read(db, file, a, &now, e));
    if (now.version != wanted->version)
        return err_set(e, REFUSED, "somebody else has changed the settings meanwhile");
    for (const struct settings_choice *c = settings_choices; c->name; c++) {
        const struct step x = {.choice = c,
                               .before = settings_value(&now, c),
                               .after = settings_value(wanted, c),
                               .is_as_in_file =
                                   str_equal(settings_value(&plain, c), settings_value(wanted, c))};

        if (str_equal(x.before, x.after))
            continue;
        TRY(change(db, who, &x, e));
        is_changed = true;
    }
    return is_changed ? raise_version(db, e) : OK;
}

enum status settings_save(struct db *db, const struct who *who, const struct config *file,
                          const struct settings *wanted, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = db_begin(db, e);

    if (s == OK)
        s = db_end(db, save(db, who, file, wanted, a, e), e);
    arena_close(a);
    return s;
}

enum status settings_note(struct db *db, const struct who *who, const char *action, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = action};

    TRY(db_change(db, e));
    return db_change_end(db, raise_version(db, e), &line, e);
}
