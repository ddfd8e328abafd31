/* Looks: opened, found, and what they allow. */
#include "programme/last_look.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "portal/link_token.h"
#include "portal/outside.h"
#include "programme/last_look_letter.h"
#include "programme/pooled.h"
#include "programme/programme.h"
#include "store/db.h"
#include "web/address.h"

enum { WHOLE_DAY = 24 * 60 };

/* The figures, and the text that stands with them when there is one: no JSON holds the byte between them. */
static struct str hash_of(const struct pooled *pooled, struct arena *a)
{
    struct text whole = text_open(a);

    pooled_json(&whole, pooled);
    for (int i = 0; pooled->text.in[LANGUAGE_SV].n > 0 && i < LANGUAGES; i++) {
        text_byte(&whole, '\0');
        text_add(&whole, pooled->text.in[i]);
    }
    return programme_hash(text_str(&whole), a);
}

/* Arrivals stand in the order of municipality. */
size_t last_look_cities(const struct pooled *pooled, struct arena *a, struct look_city **out)
{
    const struct arrivals *all = pooled->arrivals;
    size_t n = 0;

    *out = arena_new(a, all->accepted, struct look_city);
    for (size_t i = 0; i < all->accepted; i++) {
        const struct city_release *x = &all->arrival[i].release;

        if (n == 0 || !str_equal((*out)[n - 1].municipality, x->municipality))
            (*out)[n++] = (struct look_city){.municipality = x->municipality, .name = x->city};
    }
    return n;
}

static struct str address_of(struct str municipality, const struct look_address *address, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(address[i].municipality, municipality) && address_is_valid(address[i].email))
            return address[i].email;
    return S("");
}

static enum status check_addresses(const struct look_city *city, size_t cities,
                                   const struct look_address *address, size_t n, struct err *e)
{
    for (size_t i = 0; i < cities; i++)
        if (address_of(city[i].municipality, address, n).n == 0)
            return err_set(e, BAD_INPUT, "city %.*s has no address to write to", STR(city[i].municipality));
    return OK;
}

static enum status insert_look(struct db *db, struct str hash, int64_t until_at, const struct who *who,
                               int64_t *id, struct err *e)
{
    static const char sql[] = "insert into programme_look (hash, opened_at, opened_by, until_at) "
                              "values ($1, $2, $3, $4) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, hash);
    bind_int(&q, 2, who->now_at);
    bind_str(&q, 3, str_of(who->name));
    bind_int(&q, 4, until_at);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static enum status insert_city(struct db *db, int64_t look, const struct look_city *city, struct str token,
                               struct err *e)
{
    static const char sql[] = "insert into programme_look_city (look, municipality, city, email, hash) "
                              "values ($1, $2, $3, $4, $5)";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_int(&q, 1, look);
    bind_str(&q, 2, city->municipality);
    bind_str(&q, 3, city->name);
    bind_str(&q, 4, city->email);
    bind_blob(&q, 5, link_token_hash(token, hash));
    return query_run(&q, e);
}

/* A look being opened. */
struct opening {
    const struct city *programme;
    struct db *db;
    const struct outside *outside;
    const struct who *who;
    int64_t until_at;
    size_t cities;
    const struct look_city *city;
    struct arena *arena;
};

static enum status open_for_all(const struct opening *x, struct str hash, int64_t *id, struct err *e)
{
    struct last_look before;

    TRY(last_look_latest(x->db, x->arena, &before, e));
    if (last_look_state(&before, x->who->now_at) == LOOK_RUNNING)
        return err_set(e, REFUSED, "the cities are reading a draft already: wait, or call it off");
    TRY(last_look_set_ended(x->db, x->who->now_at, e));
    TRY(insert_look(x->db, hash, x->until_at, x->who, id, e));
    for (size_t i = 0; i < x->cities; i++) {
        struct str token = link_token_make(x->outside, x->arena);

        TRY(insert_city(x->db, *id, &x->city[i], token, e));
        TRY(last_look_letter_asked(x->programme, x->db, &x->city[i], token, x->until_at, x->who->now_at,
                                   x->arena, e));
    }
    return OK;
}

enum status last_look_open(const struct city *programme, struct db *db, const struct outside *outside,
                           const struct pooled *pooled, const struct look_address *address, size_t n,
                           struct date until, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "programme.look_open"};
    struct arena *a = arena_open_secret();
    struct look_city *city = NULL;
    struct opening x = {programme, db, outside, who, stockholm_at(until, WHOLE_DAY), 0, NULL, a};

    x.cities = last_look_cities(pooled, a, &city);
    enum status s = check_addresses(city, x.cities, address, n, e);
    for (size_t i = 0; i < x.cities; i++)
        city[i].email = address_of(city[i].municipality, address, n);
    x.city = city;
    if (s == OK)
        s = db_change(db, e);
    if (s == OK) {
        s = open_for_all(&x, hash_of(pooled, a), &line.subject, e);
        s = db_change_end(db, s, &line, e);
    }
    arena_wipe(a);
    arena_close(a);
    return s;
}

static struct look_city city_row(const struct query *q, struct arena *a)
{
    struct str answer = query_str(q, 3, a);

    return (struct look_city){.municipality = query_str(q, 0, a),
                              .name = query_str(q, 1, a),
                              .email = query_str(q, 2, a),
                              .answer = str_is(answer, "agrees")    ? LOOK_AGREES
                                        : str_is(answer, "objects") ? LOOK_OBJECTS
                                                                    : LOOK_UNANSWERED,
                              .words = query_str(q, 4, a),
                              .answered_at = query_int(q, 5),
                              .readings = query_int(q, 6),
                              .read_at = query_int(q, 7)};
}

static enum status read_cities(struct db *db, struct arena *a, struct last_look *look, struct err *e)
{
    static const char sql[] =
        "select municipality, city, email, answer, words, answered_at, readings, read_at "
        "from programme_look_city where look = $1 order by municipality";
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, look->id);
    while (query_next(&q)) {
        look->city = arena_grow(a, look->city, look->cities + 1, &room, sizeof *look->city);
        struct look_city *c = &look->city[look->cities++];
        *c = city_row(&q, a);
        look->answered += c->answer != LOOK_UNANSWERED;
        look->objecting += c->answer == LOOK_OBJECTS;
    }
    return query_end(&q, e);
}

enum status last_look_latest(struct db *db, struct arena *a, struct last_look *out, struct err *e)
{
    static const char sql[] =
        "select id, hash, opened_at, until_at, ended_at from programme_look order by id desc limit 1";
    struct query q = db_query(db, sql);

    *out = (struct last_look){.id = 0};
    if (query_next(&q))
        *out = (struct last_look){.id = query_int(&q, 0),
                                  .hash = query_str(&q, 1, a),
                                  .opened_at = query_int(&q, 2),
                                  .until_at = query_int(&q, 3),
                                  .ended_at = query_int(&q, 4)};
    TRY(query_end(&q, e));
    return out->id ? read_cities(db, a, out, e) : OK;
}

enum look_state last_look_state(const struct last_look *look, int64_t now_at)
{
    if (look->id == 0 || look->ended_at > 0)
        return LOOK_NONE;
    return now_at < look->until_at && look->answered < look->cities ? LOOK_RUNNING : LOOK_OVER;
}

bool last_look_is_void(const struct last_look *look, const struct pooled *pooled, struct arena *a)
{
    return !str_equal(look->hash, hash_of(pooled, a));
}

enum status last_look_allows(struct db *db, const struct pooled *pooled, int64_t now_at, struct arena *a,
                             struct err *e)
{
    struct last_look look;

    TRY(last_look_latest(db, a, &look, e));
    enum look_state state = last_look_state(&look, now_at);
    if (state == LOOK_RUNNING)
        return err_set(e, REFUSED, "the cities are still reading the draft: %zu of %zu have answered",
                       look.answered, look.cities);
    if (state == LOOK_OVER && last_look_is_void(&look, pooled, a))
        return err_set(
            e, REFUSED,
            "the figures are others than the cities have read: let them read anew, or call it off");
    return OK;
}

enum status last_look_set_ended(struct db *db, int64_t now_at, struct err *e)
{
    static const char sql[] = "update programme_look set ended_at = $1 where ended_at = 0";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    return query_run(&q, e);
}

static enum status call_off(struct db *db, int64_t now_at, struct arena *a, int64_t *id, struct err *e)
{
    struct last_look look;

    TRY(last_look_latest(db, a, &look, e));
    if (last_look_state(&look, now_at) == LOOK_NONE)
        return err_set(e, REFUSED, "there is no last look to call off");
    *id = look.id;
    return last_look_set_ended(db, now_at, e);
}

enum status last_look_call_off(struct db *db, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "programme.look_stop"};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK) {
        s = call_off(db, who->now_at, a, &line.subject, e);
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}
