/* Sessions: who is signed in. */
#include "portal/session.h"

#include "base/arena.h"
#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/person_row.h"
#include "store/db.h"
#include "web/response.h"

#include <sodium.h>

#include <string.h>

enum { HASH_BYTES = 32, SESSION_COLUMNS = 7, DOORS_COLUMN = SESSION_COLUMNS + PERSON_COLUMN_COUNT };

static struct str hash_of(const unsigned char secret[SESSION_SECRET_BYTES], unsigned char hash[HASH_BYTES])
{
    crypto_generichash(hash, HASH_BYTES, secret, SESSION_SECRET_BYTES, NULL, 0);
    return (struct str){(const char *)hash, HASH_BYTES};
}

static struct str stage_name(enum session_stage stage)
{
    return stage == SESSION_WHOLE ? S("whole") : S("half");
}

enum status session_begin(struct db *db, const struct outside *outside, struct session *session,
                          unsigned char secret[SESSION_SECRET_BYTES], struct err *e)
{
    static const char sql[] = "insert into session (hash, person, stage, method, device, made_at, seen_at) "
                              "values ($1, $2, $3, $4, $5, $6, $6) returning id";
    unsigned char hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    outside->random(outside, secret, SESSION_SECRET_BYTES);
    session->made_at = session->seen_at = outside->now_at(outside);
    bind_blob(&q, 1, hash_of(secret, hash));
    bind_int(&q, 2, session->person);
    bind_str(&q, 3, stage_name(session->stage));
    bind_str(&q, 4, session->method);
    bind_str(&q, 5, session->device);
    bind_int(&q, 6, session->made_at);
    while (query_next(&q))
        session->id = query_int(&q, 0);
    return query_end(&q, e);
}

/* A row of session, in the order of the columns below. */
static struct session session_row(const struct query *q, struct arena *a)
{
    return (struct session){.id = query_int(q, 0),
                            .person = query_int(q, 1),
                            .stage = str_is(query_str(q, 2, a), "whole") ? SESSION_WHOLE : SESSION_HALF,
                            .method = query_str(q, 3, a),
                            .device = query_str(q, 4, a),
                            .made_at = query_int(q, 5),
                            .seen_at = query_int(q, 6)};
}

static bool is_in_time(const struct session *s, uint32_t roles, int64_t now_at)
{
    bool is_triage = (roles & ROLE_BIT(ROLE_TRIAGE)) != 0;
    int64_t longest = is_triage ? SESSION_TRIAGE_LONGEST_SECONDS : SESSION_LONGEST_SECONDS;
    int64_t idle = is_triage ? SESSION_TRIAGE_IDLE_SECONDS : SESSION_IDLE_SECONDS;

    if (s->stage == SESSION_HALF)
        longest = SESSION_HALF_SECONDS;
    return now_at - s->made_at < longest && now_at - s->seen_at < idle;
}

bool session_secret(struct str cookie, unsigned char secret[SESSION_SECRET_BYTES])
{
    size_t n = 0;

    return cookie.n > 0 &&
           sodium_base642bin(secret, SESSION_SECRET_BYTES, cookie.p, cookie.n, NULL, &n, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           n == SESSION_SECRET_BYTES;
}

/* A row whether there is a session or not, and whether the doors have ever been shut or not. */
enum status session_find(struct db *db, struct str cookie, int64_t now_at, struct arena *a,
                         struct session_found *out, struct err *e)
{
    static const char sql[] =
        "select s.id, s.person, s.stage, s.method, s.device, s.made_at, s.seen_at, " PERSON_COLUMNS
        ", d.state, d.since_at from (select 1 as id) here left join doors d on d.id = here.id "
        "left join session s on s.hash = $1 left join person p on p.id = s.person " PERSON_WITH_ROLES;
    unsigned char secret[SESSION_SECRET_BYTES];
    unsigned char hash[HASH_BYTES];

    *out = (struct session_found){.is_live = false};
    if (!session_secret(cookie, secret))
        return doors_read(db, &out->doors, e);
    struct query q = db_query(db, sql);
    bind_blob(&q, 1, hash_of(secret, hash));
    while (query_next(&q)) {
        out->session = session_row(&q, a);
        person_take_row(&q, SESSION_COLUMNS, a, &out->person);
        out->doors = (struct doors){.state = (enum doors_state)query_int(&q, DOORS_COLUMN),
                                    .since_at = query_int(&q, DOORS_COLUMN + 1)};
    }
    TRY(query_end(&q, e));
    out->is_live = out->person.id != 0 && !out->person.is_closed && out->person.roles != 0 &&
                   is_in_time(&out->session, out->person.roles, now_at);
    return OK;
}

enum status session_seen(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] = "update session set seen_at = $1 where id = $2";

    TRY(db_begin(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, now_at);
    bind_int(&q, 2, id);
    return db_end(db, query_run(&q, e), e);
}

enum status sessions_of(struct db *db, const struct person *person, int64_t now_at, struct arena *a,
                        struct sessions *out, struct err *e)
{
    static const char sql[] = "select id, person, stage, method, device, made_at, seen_at from session "
                              "where person = $1 order by seen_at desc, id desc";
    struct sessions found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, person->id);
    while (query_next(&q)) {
        struct session s = session_row(&q, a);

        if (!is_in_time(&s, person->roles, now_at))
            continue;
        found.session = arena_grow(a, found.session, found.n + 1, &room, sizeof *found.session);
        found.session[found.n++] = s;
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status session_end(struct db *db, int64_t person, int64_t id, struct err *e)
{
    static const char sql[] = "delete from session where person = $1 and id = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    bind_int(&q, 2, id);
    return query_run(&q, e);
}

enum status sessions_end(struct db *db, int64_t person, int64_t kept, struct err *e)
{
    static const char sql[] = "delete from session where person = $1 and id <> $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    bind_int(&q, 2, kept);
    return query_run(&q, e);
}

enum status sessions_forget(struct db *db, int64_t now_at, struct err *e)
{
    static const char sql[] = "delete from session where made_at < $1 or seen_at < $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at - SESSION_LONGEST_SECONDS);
    bind_int(&q, 2, now_at - SESSION_IDLE_SECONDS);
    return query_run(&q, e);
}

void session_key(struct str cookie, const char *purpose, unsigned char *key, size_t n)
{
    unsigned char secret[SESSION_SECRET_BYTES] = {0};

    memset(key, 0, n);
    if (session_secret(cookie, secret))
        crypto_generichash(key, n, (const unsigned char *)purpose, strlen(purpose), secret, sizeof secret);
    sodium_memzero(secret, sizeof secret);
}

void session_form_key(struct str cookie, unsigned char key[32])
{
    session_key(cookie, "Lykta form tokens", key, 32);
}

void session_set_cookie(struct response *out, const unsigned char secret[SESSION_SECRET_BYTES])
{
    char value[SESSION_SECRET_BYTES * 2];

    sodium_bin2base64(value, sizeof value, secret, SESSION_SECRET_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    response_header(out, "Set-Cookie",
                    str_of(arena_printf(out->arena, "%s=%s; Path=/; Secure; HttpOnly; SameSite=Strict",
                                        SESSION_COOKIE, value)));
}

void session_clear_cookie(struct response *out)
{
    response_header(
        out, "Set-Cookie",
        str_of(arena_printf(out->arena, "%s=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0",
                            SESSION_COOKIE)));
}

/* The first of `names` that stands in `text`, by what people call it. Order matters: Edge says Chrome too. */
struct spoken {
    const char *mark, *name;
};

static const char *named(struct str text, const struct spoken *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memmem(text.p, text.n, names[i].mark, strlen(names[i].mark)))
            return names[i].name;
    return "?";
}

struct str session_device(struct str user_agent, struct arena *a)
{
    static const struct spoken browsers[] = {
        {"Edg", "Edge"},        {"OPR/", "Opera"},    {"SamsungBrowser", "Samsung Internet"},
        {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}};
    static const struct spoken systems[] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
                                            {"Windows", "Windows"}, {"Mac OS", "Mac"},    {"Linux", "Linux"}};
    struct str s = user_agent.p ? user_agent : S("");

    return str_of(arena_printf(a, "%s, %s", named(s, browsers, sizeof browsers / sizeof browsers[0]),
                               named(s, systems, sizeof systems / sizeof systems[0])));
}
