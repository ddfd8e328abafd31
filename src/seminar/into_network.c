/* From a seminar into the network. */
#include "seminar/into_network.h"

#include "base/arena.h"
#include "network/organisation.h"
#include "network/participation.h"
#include "seminar/signup.h"
#include "store/db.h"

static enum status save(struct db *db, int64_t guest, int64_t organisation, struct err *e)
{
    static const char sql[] = "update seminar_signup set organisation = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, guest);
    bind_int(&q, 2, organisation);
    return query_run(&q, e);
}

/* A new organisation with the guest as its first contact person. */
static enum status list(struct db *db, const struct signup *g, const struct who *who, int64_t *organisation,
                        struct err *e)
{
    struct organisation o = {
        .name = g->organisation_name, .actor = ACTOR_OTHER, .state = ORGANISATION_LISTED};
    struct contact c = {.place = CONTACT_FIRST,
                        .name = g->name,
                        .role = S(""),
                        .email = g->address,
                        .phone = S(""),
                        .language = language_code(g->language),
                        .wants_letters = g->wants_letters};
    int64_t id = 0;

    actor_from_str(g->actor, &o.actor);
    TRY(organisation_add(db, &o, who, organisation, e));
    c.organisation = *organisation;
    return contact_add(db, &c, who, &id, e);
}

static enum status step(struct db *db, int64_t guest, const struct who *who, struct arena *a, struct err *e)
{
    struct signup g = {0};
    int64_t organisation = 0;

    TRY(signup_find(db, guest, a, &g, e));
    if (g.came_at == 0)
        return err_set(e, REFUSED, "only who came goes into the network from here");
    TRY(organisation_match(db, S(""), g.organisation_name, &organisation, e));
    if (organisation == 0)
        TRY(list(db, &g, who, &organisation, e));
    return save(db, guest, organisation, e);
}

enum status into_network(struct db *db, int64_t guest, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "signup.network", .subject = guest};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, step(db, guest, who, a, e), &line, e);
    arena_close(a);
    return s;
}

static enum status note(struct db *db, int64_t seminar, int64_t now_at, struct arena *a, struct err *e)
{
    static const char sql[] = "select g.organisation, s.title, count(*) from seminar_signup g "
                              "join seminar s on s.id = g.seminar where g.seminar = $1 "
                              "and g.organisation is not null and g.came_at is not null "
                              "group by g.organisation, s.title";
    struct query q = db_query(db, sql);
    enum status s = OK;

    bind_int(&q, 1, seminar);
    while (s == OK && query_next(&q)) {
        const struct participation p = {.organisation = query_int(&q, 0),
                                        .kind = PARTICIPATION_SEMINAR,
                                        .source = seminar,
                                        .title = query_str(&q, 1, a),
                                        .people = query_int(&q, 2),
                                        .at = now_at};

        s = participation_note(db, &p, e);
    }
    struct err ending;
    enum status ended = query_end(&q, &ending);
    if (s == OK && ended != OK)
        return err_set(e, ended, "%s", ending.what);
    return s;
}

enum status into_network_note(struct db *db, int64_t seminar, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "seminar.participation", .subject = seminar};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, note(db, seminar, who->now_at, a, e), &line, e);
    arena_close(a);
    return s;
}
