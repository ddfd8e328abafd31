/* Joining the network: what the coordinator sees and decides. */
#include "network/application.h"

#include "base/arena.h"
#include "network/agreement.h"
#include "network/application_row.h"
#include "network/organisation.h"
#include "store/db.h"

static enum status accept(struct db *db, int64_t id, int64_t version, int64_t into, const struct who *who,
                          int64_t *organisation, struct err *e);
static enum status find_decidable(struct db *db, int64_t id, int64_t version, struct arena *a,
                                  struct application *out, struct err *e);
static enum status join(struct db *db, const struct application *f, int64_t into, int64_t now_at,
                        int64_t *organisation, struct err *e);
static enum status add_people(struct db *db, const struct application *f, int64_t organisation,
                              int64_t now_at, struct err *e);
static enum status decide(struct db *db, const struct application *f, const struct who *who, struct err *e);

static const char *const states[] = {[APPLICATION_NEW] = "new",
                                     [APPLICATION_ASKED] = "asked",
                                     [APPLICATION_ACCEPTED] = "accepted",
                                     [APPLICATION_DECLINED] = "declined"};

struct application application_row(const struct query *q, struct arena *a)
{
    struct application f = {.id = query_int(q, 0),
                            .name = query_str(q, 1, a),
                            .number = query_str(q, 2, a),
                            .actor = ACTOR_OTHER,
                            .contact_name = query_str(q, 4, a),
                            .contact_role = query_str(q, 5, a),
                            .contact_email = query_str(q, 6, a),
                            .contact_phone = query_str(q, 7, a),
                            .deputy_name = query_str(q, 8, a),
                            .deputy_email = query_str(q, 9, a),
                            .deputy_phone = query_str(q, 10, a),
                            .wish = query_str(q, 11, a),
                            .is_shown = query_int(q, 12) != 0,
                            .wants_letters = query_int(q, 13) != 0,
                            .language = query_str(q, 14, a),
                            .agreement_text = query_int(q, 15),
                            .signer_email = query_str(q, 16, a),
                            .signed_by = query_str(q, 17, a),
                            .signed_at = query_int(q, 18),
                            .applied_at = query_int(q, 19),
                            .confirmed_at = query_int(q, 20),
                            .reason = query_str(q, 22, a),
                            .decided_at = query_int(q, 23),
                            .decided_by = query_str(q, 24, a),
                            .organisation = query_int(q, 25),
                            .version = query_int(q, 26)};
    struct str state = query_str(q, 21, a);

    (void)actor_from_str(query_str(q, 3, a), &f.actor);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (str_is(state, states[i]))
            f.state = (enum application_state)i;
    return f;
}

enum status application_read(struct query *q, struct arena *a, struct application *out, struct err *e)
{
    bool is_found = query_next(q);

    if (is_found)
        *out = application_row(q, a);
    TRY(query_end(q, e));
    return is_found ? OK : err_set(e, REFUSED, "there is no such application");
}

enum status application_find(struct db *db, int64_t id, struct arena *a, struct application *out,
                             struct err *e)
{
    static const char sql[] = "select " APPLICATION_COLUMNS "from application where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return application_read(&q, a, out, e);
}

enum status application_waiting(struct db *db, struct arena *a, struct applications *out, struct err *e)
{
    static const char sql[] =
        "select " APPLICATION_COLUMNS "from application where state in ('new', 'asked') "
        "and confirmed_at is not null order by applied_at, id";
    struct applications found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    while (query_next(&q)) {
        found.application = arena_grow(a, found.application, found.n + 1, &room, sizeof *found.application);
        found.application[found.n++] = application_row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status application_accept(struct db *db, int64_t id, int64_t version, int64_t into,
                               const struct who *who, int64_t *organisation, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "network.apply.accept", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, accept(db, id, version, into, who, organisation, e), &line, e);
}

static enum status accept(struct db *db, int64_t id, int64_t version, int64_t into, const struct who *who,
                          int64_t *organisation, struct err *e)
{
    struct arena *a = arena_open();
    struct application f;

    enum status s = find_decidable(db, id, version, a, &f, e);
    if (s == OK && (f.confirmed_at == 0 || f.signed_at == 0))
        s = err_set(e, REFUSED, "the address is not confirmed, or the agreement is not signed yet");
    if (s == OK)
        s = join(db, &f, into, who->now_at, organisation, e);
    if (s == OK) {
        f.state = APPLICATION_ACCEPTED;
        f.organisation = *organisation;
        s = decide(db, &f, who, e);
    }
    arena_close(a);
    return s;
}

static enum status find_decidable(struct db *db, int64_t id, int64_t version, struct arena *a,
                                  struct application *out, struct err *e)
{
    TRY(application_find(db, id, a, out, e));
    if (out->state == APPLICATION_ACCEPTED || out->state == APPLICATION_DECLINED)
        return err_set(e, REFUSED, "the application has been decided already");
    if (out->version != version)
        return err_set(e, REFUSED, "somebody else has changed the application meanwhile");
    return OK;
}

/* The organisation becomes a member, with its contact people and what it signed. */
static enum status join(struct db *db, const struct application *f, int64_t into, int64_t now_at,
                        int64_t *organisation, struct err *e)
{
    static const char sql[] = "update organisation set state = 'member', left_at = null, wish = $1, "
                              "actor = $2, since_at = $3, version = version + 1 where id = $4 returning id";
    struct organisation made = {.name = f->name,
                                .number = f->number,
                                .actor = f->actor,
                                .state = ORGANISATION_MEMBER,
                                .wish = f->wish};

    *organisation = into;
    if (into == 0) {
        TRY(organisation_insert(db, &made, now_at, organisation, e));
    } else {
        struct query q = db_query(db, sql);
        bind_str(&q, 1, f->wish);
        bind_str(&q, 2, str_of(actor_code(f->actor)));
        bind_int(&q, 3, now_at);
        bind_int(&q, 4, into);
        bool is_there = query_next(&q);
        TRY(query_end(&q, e));
        if (!is_there)
            return err_set(e, REFUSED, "there is no such organisation to join with");
    }
    TRY(add_people(db, f, *organisation, now_at, e));
    return agreement_insert(db, *organisation, f->agreement_text, f->signed_by, f->signed_at, e);
}

/* Those of the organisation who have one of the two addresses make room for what they say of themselves now.
 */
static enum status leave_same(struct db *db, const struct application *f, int64_t organisation,
                              int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update contact set left_at = $1, version = version + 1 where organisation = $2 "
        "and left_at is null and email in ($3, nullif($4, ''))";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    bind_int(&q, 2, organisation);
    bind_str(&q, 3, f->contact_email);
    bind_str(&q, 4, f->deputy_email);
    return query_run(&q, e);
}

static enum status add_people(struct db *db, const struct application *f, int64_t organisation,
                              int64_t now_at, struct err *e)
{
    struct contact person = {.organisation = organisation,
                             .place = CONTACT_FIRST,
                             .name = f->contact_name,
                             .role = f->contact_role,
                             .email = f->contact_email,
                             .phone = f->contact_phone,
                             .language = f->language,
                             .is_shown = f->is_shown,
                             .wants_letters = f->wants_letters};
    int64_t id = 0;

    TRY(leave_same(db, f, organisation, now_at, e));
    TRY(contact_insert(db, &person, now_at, &id, e));
    if (f->deputy_name.n == 0)
        return OK;
    person.place = CONTACT_DEPUTY;
    person.name = f->deputy_name;
    person.role = S("");
    person.email = f->deputy_email;
    person.phone = f->deputy_phone;
    return contact_insert(db, &person, now_at, &id, e);
}

static enum status decide(struct db *db, const struct application *f, const struct who *who, struct err *e)
{
    static const char sql[] =
        "update application set state = $1, reason = $2, organisation = nullif($3, 0), decided_at = $4, "
        "decided_by = $5, version = version + 1 where id = $6";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(states[f->state]));
    bind_str(&q, 2, f->reason);
    bind_int(&q, 3, f->organisation);
    bind_int(&q, 4, who->now_at);
    bind_str(&q, 5, str_of(who->name));
    bind_int(&q, 6, f->id);
    return query_run(&q, e);
}

/* Answers an application with words: declines it, or asks for more. */
static enum status answer(struct db *db, int64_t id, int64_t version, struct str reason,
                          enum application_state state, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who,
                              .action =
                                  state == APPLICATION_ASKED ? "network.apply.ask" : "network.apply.decline",
                              .subject = id};
    struct arena *a = arena_open();
    struct application f;
    enum status s = OK;

    if (str_trim(reason).n == 0 || reason.n > APPLICATION_REASON_MAX_BYTES)
        s = err_set(e, BAD_INPUT, "say why, in at most %d bytes", (int)APPLICATION_REASON_MAX_BYTES);
    if (s == OK)
        s = db_change(db, e);
    if (s != OK)
        goto done;
    s = find_decidable(db, id, version, a, &f, e);
    if (s == OK) {
        f.state = state;
        f.reason = str_trim(reason);
        s = decide(db, &f, who, e);
    }
    s = db_change_end(db, s, &line, e);
done:
    arena_close(a);
    return s;
}

enum status application_decline(struct db *db, int64_t id, int64_t version, struct str reason,
                                const struct who *who, struct err *e)
{
    return answer(db, id, version, reason, APPLICATION_DECLINED, who, e);
}

enum status application_ask(struct db *db, int64_t id, int64_t version, struct str question,
                            const struct who *who, struct err *e)
{
    return answer(db, id, version, question, APPLICATION_ASKED, who, e);
}
