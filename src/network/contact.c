/* Contact people of the network's organisations: the table contact. */
#include "base/arena.h"
#include "network/fold.h"
#include "network/organisation.h"
#include "network/phone.h"
#include "store/db.h"
#include "web/address.h"

static const char *const places[] = {
    [CONTACT_FIRST] = "first", [CONTACT_DEPUTY] = "deputy", [CONTACT_MORE] = "more"};

static enum status check(const struct contact *c, struct err *e);
static enum status make_room(struct db *db, const struct contact *c, struct err *e);
static enum status update(struct db *db, const struct contact *c, int64_t now_at, struct err *e);
static struct contact row(const struct query *q, struct arena *a);
static enum status set_letters(struct db *db, int64_t id, int64_t wants, int64_t now_at, struct err *e);

enum status contact_add(struct db *db, const struct contact *contact, const struct who *who, int64_t *id,
                        struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.contact.add"};

    TRY(db_change(db, e));
    enum status s = contact_insert(db, contact, who->now_at, id, e);
    line.subject = *id;
    return db_change_end(db, s, &line, e);
}

/* What it is asked with is in `a`. */
static struct query insertion(struct db *db, const struct contact *contact, int64_t now_at, struct arena *a)
{
    static const char sql[] =
        "insert into contact (organisation, place, name, folded, role, email, phone, language, is_shown, "
        "wants_letters, since_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) "
        "returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, contact->organisation);
    bind_str(&q, 2, str_of(places[contact->place]));
    bind_str(&q, 3, contact->name);
    bind_str(&q, 4, fold(contact->name, a));
    bind_str(&q, 5, contact->role);
    bind_str(&q, 6, address_normal(contact->email, a));
    bind_str(&q, 7, contact->phone);
    bind_str(&q, 8, str_is(contact->language, "en") ? S("en") : S("sv"));
    bind_int(&q, 9, contact->is_shown);
    bind_int(&q, 10, contact->wants_letters);
    bind_int(&q, 11, now_at);
    return q;
}

enum status contact_insert(struct db *db, const struct contact *contact, int64_t now_at, int64_t *id,
                           struct err *e)
{
    struct arena *a = arena_open();

    enum status s = check(contact, e);
    if (s == OK)
        s = make_room(db, contact, e);
    if (s == OK) {
        struct query q = insertion(db, contact, now_at, a);

        *id = query_next(&q) ? query_int(&q, 0) : 0;
        s = query_end(&q, e);
    }
    arena_close(a);
    return s;
}

enum status contact_send(struct db *db, const struct contact *contact, int64_t now_at, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = check(contact, e);

    if (s == OK) {
        struct query q = insertion(db, contact, now_at, a);

        s = query_send(&q, e);
    }
    arena_close(a);
    return s;
}

static enum status check(const struct contact *c, struct err *e)
{
    if (str_trim(c->name).n == 0 || c->name.n > CONTACT_NAME_MAX_BYTES || c->role.n > CONTACT_ROLE_MAX_BYTES)
        return err_set(e, BAD_INPUT, "a contact person needs a name, and name and role at most %d bytes",
                       (int)CONTACT_NAME_MAX_BYTES);
    if (!address_is_valid(c->email))
        return err_set(e, BAD_INPUT, "a contact person needs an e-mail address that letters can be sent to");
    if (c->phone.n > 0 && !phone_is_valid(c->phone))
        return err_set(e, BAD_INPUT, "a contact person's phone number is digits, with blanks between them");
    return OK;
}

/* There is one first contact person and one deputy: who was it becomes one of the others. */
static enum status make_room(struct db *db, const struct contact *c, struct err *e)
{
    static const char sql[] = "update contact set place = 'more', version = version + 1 "
                              "where organisation = $1 and place = $2 and left_at is null and id <> $3";

    if (c->place == CONTACT_MORE)
        return OK;
    struct query q = db_query(db, sql);
    bind_int(&q, 1, c->organisation);
    bind_str(&q, 2, str_of(places[c->place]));
    bind_int(&q, 3, c->id);
    return query_run(&q, e);
}

enum status contact_change(struct db *db, const struct contact *contact, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "network.contact.change", .subject = contact->id};

    TRY(db_change(db, e));
    enum status s = check(contact, e);
    if (s == OK)
        s = make_room(db, contact, e);
    if (s == OK)
        s = update(db, contact, who->now_at, e);
    return db_change_end(db, s, &line, e);
}

static enum status update(struct db *db, const struct contact *c, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update contact set place = $1, name = $2, folded = $3, role = $4, "
        "email = $5, phone = $6, language = $7, "
        "is_shown = $8, letters_changed_at = case when wants_letters = $9 then letters_changed_at else $10 "
        "end, wants_letters = $9, seen_at = $10, version = version + 1 "
        "where id = $11 and version = $12 and left_at is null returning id";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(places[c->place]));
    bind_str(&q, 2, c->name);
    bind_str(&q, 3, fold(c->name, a));
    bind_str(&q, 4, c->role);
    bind_str(&q, 5, address_normal(c->email, a));
    bind_str(&q, 6, c->phone);
    bind_str(&q, 7, str_is(c->language, "en") ? S("en") : S("sv"));
    bind_int(&q, 8, c->is_shown);
    bind_int(&q, 9, c->wants_letters);
    bind_int(&q, 10, now_at);
    bind_int(&q, 11, c->id);
    bind_int(&q, 12, c->version);
    bool is_changed = query_next(&q);
    enum status s = query_end(&q, e);
    if (s == OK && !is_changed)
        s = err_set(e, REFUSED, "somebody else has changed the contact person meanwhile");
    arena_close(a);
    return s;
}

#define COLUMNS                                                                                              \
    "id, organisation, place, name, role, email, phone, language, is_shown, wants_letters, "                 \
    "since_at, left_at, version "

static struct contact row(const struct query *q, struct arena *a)
{
    struct str place = query_str(q, 2, a);

    return (struct contact){.id = query_int(q, 0),
                            .organisation = query_int(q, 1),
                            .place = str_is(place, "first")    ? CONTACT_FIRST
                                     : str_is(place, "deputy") ? CONTACT_DEPUTY
                                                               : CONTACT_MORE,
                            .name = query_str(q, 3, a),
                            .role = query_str(q, 4, a),
                            .email = query_str(q, 5, a),
                            .phone = query_str(q, 6, a),
                            .language = query_str(q, 7, a),
                            .is_shown = query_int(q, 8) != 0,
                            .wants_letters = query_int(q, 9) != 0,

                            .since_at = query_int(q, 10),
                            .left_at = query_int(q, 11),
                            .version = query_int(q, 12)};
}

enum status contact_list(struct db *db, int64_t organisation, struct arena *a, struct contacts *out,
                         struct err *e)
{
    static const char sql[] = "select " COLUMNS "from contact where organisation = $1 and left_at is null "
                              "order by case place when 'first' then 0 when 'deputy' then 1 else 2 end, "
                              "name collate \"sv-x-icu\", id";
    struct contacts found = {0};
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, organisation);
    while (query_next(&q)) {
        found.contact = arena_grow(a, found.contact, found.n + 1, &room, sizeof *found.contact);
        found.contact[found.n++] = row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

static enum status find_one(struct query *q, struct arena *a, struct contact *out, struct err *e)
{
    bool is_found = query_next(q);

    if (is_found)
        *out = row(q, a);
    TRY(query_end(q, e));
    return is_found ? OK : err_set(e, REFUSED, "there is no such contact person");
}

enum status contact_find(struct db *db, int64_t id, struct arena *a, struct contact *out, struct err *e)
{
    static const char sql[] = "select " COLUMNS "from contact where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return find_one(&q, a, out, e);
}

enum status contact_by_email(struct db *db, struct str email, struct arena *a, struct contact *out,
                             struct err *e)
{
    static const char sql[] = "select " COLUMNS "from contact where email = $1 and left_at is null "
                              "order by id limit 1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, email);
    return find_one(&q, a, out, e);
}

static enum status leave(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] = "update contact set left_at = $1, version = version + 1 "
                              "where id = $2 and left_at is null returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    bind_int(&q, 2, id);
    bool is_changed = query_next(&q);
    TRY(query_end(&q, e));
    return is_changed ? OK : err_set(e, REFUSED, "the contact person has left the role already");
}

enum status contact_leave(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "network.contact.leave", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, leave(db, id, who->now_at, e), &line, e);
}

enum status contact_letters_set(struct db *db, int64_t id, enum contact_letters letters,
                                const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who,
                                    .action = letters == CONTACT_LETTERS ? "network.contact.letters"
                                                                         : "network.contact.no_letters",
                                    .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, set_letters(db, id, letters == CONTACT_LETTERS, who->now_at, e), &line, e);
}

static enum status set_letters(struct db *db, int64_t id, int64_t wants, int64_t now_at, struct err *e)
{
    static const char sql[] = "update contact set wants_letters = $1, letters_changed_at = $2, "
                              "version = version + 1 where id = $3 returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, wants);
    bind_int(&q, 2, now_at);
    bind_int(&q, 3, id);
    bool is_changed = query_next(&q);
    TRY(query_end(&q, e));
    return is_changed ? OK : err_set(e, REFUSED, "there is no such contact person");
}

enum status contact_organisation(struct db *db, struct str email, int64_t *organisation, struct err *e)
{
    static const char sql[] = "select organisation from contact where email = $1 and left_at is null "
                              "order by id limit 1";
    struct query q = db_query(db, sql);

    *organisation = 0;
    bind_str(&q, 1, email);
    while (query_next(&q))
        *organisation = query_int(&q, 0);
    return query_end(&q, e);
}
