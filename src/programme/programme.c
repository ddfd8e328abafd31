/* The cities of a programme, and inhabitants. */
#include "programme/programme.h"

#include "base/arena.h"
#include "programme/population.h"
#include "programme/trust.h"
#include "release/bundle.h"
#include "store/audit.h"
#include "store/db.h"

#include <string.h>

static enum status insert_city(struct db *db, const struct who *who, const struct programme_city *city,
                               struct err *e);
static enum status set_population(struct db *db, const struct population *p, struct err *e);

enum status programme_make(struct db *db, const struct who *who, struct err *e)
{
    static const char sql[] = "insert into programme (id, made_at) values (1, $1)";
    const struct audit_line line = {.who = *who, .action = "programme.make"};

    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, who->now_at);
    return db_change_end(db, query_run(&q, e), &line, e);
}

enum status programme_is(struct db *db, bool *out, struct err *e)
{
    static const char sql[] = "select count(*) from programme";
    struct query q = db_query(db, sql);

    *out = query_next(&q) && query_int(&q, 0) > 0;
    return query_end(&q, e);
}

enum status programme_cities(struct db *db, struct arena *a, struct programme_cities *out, struct err *e)
{
    static const char sql[] = "select id, municipality, name, public_key, joined_at, withdrawn_at "
                              "from programme_city order by municipality";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct programme_cities){0};
    while (query_next(&q)) {
        out->city = arena_grow(a, out->city, out->n + 1, &room, sizeof *out->city);
        out->city[out->n++] = (struct programme_city){.id = query_int(&q, 0),
                                                      .municipality = query_str(&q, 1, a),
                                                      .name = query_str(&q, 2, a),
                                                      .public_key = query_str(&q, 3, a),
                                                      .joined_at = query_int(&q, 4),
                                                      .withdrawn_at = query_int(&q, 5)};
    }
    return query_end(&q, e);
}

const struct programme_city *programme_city_find(const struct programme_cities *all, struct str municipality)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->city[i].municipality, municipality))
            return &all->city[i];
    return NULL;
}

/* The city of the code, or BAD_INPUT. */
static enum status need_city(struct db *db, struct str municipality, struct arena *a,
                             struct programme_city *out, struct err *e)
{
    struct programme_cities all;

    TRY(programme_cities(db, a, &all, e));
    const struct programme_city *found = programme_city_find(&all, municipality);
    if (!found)
        return err_set(e, BAD_INPUT, "%.*s is no city of the programme", STR(str_part(municipality, 0, 20)));
    *out = *found;
    return OK;
}

static enum status check_city(const struct programme_city *city, struct err *e)
{
    struct arena *a = arena_open();
    struct str key;
    bool is_key =
        key_parse(city->public_key, a, &key) && key.n == BUNDLE_KEY_HEX && str_equal(key, city->public_key);

    arena_close(a);
    if (!is_municipality(city->municipality) || str_is(city->municipality, PROGRAMME_CODE))
        return err_set(e, BAD_INPUT, "expected a municipality's code of four digits, found \"%.*s\"",
                       STR(str_part(city->municipality, 0, 20)));
    if (city->name.n == 0 || city->name.n > PROGRAMME_MAX_NAME_BYTES || !str_is_utf8(city->name))
        return err_set(e, BAD_INPUT, "a city's name is UTF-8 text of 1 to %d bytes",
                       PROGRAMME_MAX_NAME_BYTES);
    if (!is_key)
        return err_set(
            e, BAD_INPUT,
            "expected a public key of 64 small hexadecimal digits, as in the city's keys/release.pub");
    return OK;
}

enum status programme_join(struct db *db, const struct who *who, const struct programme_city *city,
                           struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "programme.join", .detail = city->municipality};

    TRY(check_city(city, e));
    TRY(db_change(db, e));
    return db_change_end(db, insert_city(db, who, city, e), &line, e);
}

static enum status insert_city(struct db *db, const struct who *who, const struct programme_city *city,
                               struct err *e)
{
    static const char sql[] =
        "insert into programme_city (municipality, name, public_key, joined_at, withdrawn_at) "
        "values ($1, $2, $3, $4, 0) on conflict (municipality) do update set name = $2, public_key = $3, "
        "joined_at = $4, withdrawn_at = 0 where programme_city.withdrawn_at > 0 returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, city->municipality);
    bind_str(&q, 2, city->name);
    bind_str(&q, 3, city->public_key);
    bind_int(&q, 4, who->now_at);
    bool is_written = query_next(&q);
    TRY(query_end(&q, e));
    if (!is_written)
        return err_set(e, BAD_INPUT, "%.*s takes part already", STR(city->municipality));
    return OK;
}

enum status programme_set_key(struct db *db, const struct who *who, struct str municipality, struct str key,
                              struct err *e)
{
    static const char sql[] = "update programme_city set public_key = $2 where id = $1";
    struct audit_line line = {.who = *who, .action = "programme.key", .detail = municipality};
    struct arena *a = arena_open();
    struct programme_city city = {0};
    enum status s = need_city(db, municipality, a, &city, e);

    if (s == OK) {
        city.public_key = key;
        s = check_city(&city, e);
    }
    if (s == OK && (s = db_change(db, e)) == OK) {
        struct query q = db_query(db, sql);

        bind_int(&q, 1, city.id);
        bind_str(&q, 2, key);
        line.subject = city.id;
        s = db_change_end(db, query_run(&q, e), &line, e);
    }
    arena_close(a);
    return s;
}

enum status programme_withdraw(struct db *db, const struct who *who, struct str municipality, struct err *e)
{
    static const char sql[] = "update programme_city set withdrawn_at = $2 where id = $1";
    struct audit_line line = {.who = *who, .action = "programme.withdraw", .detail = municipality};
    struct arena *a = arena_open();
    struct programme_city city = {0};
    enum status s = need_city(db, municipality, a, &city, e);

    if (s == OK && city.withdrawn_at > 0)
        s = err_set(e, BAD_INPUT, "%.*s has withdrawn already", STR(municipality));
    if (s == OK && (s = db_change(db, e)) == OK) {
        struct query q = db_query(db, sql);

        bind_int(&q, 1, city.id);
        bind_int(&q, 2, who->now_at);
        line.subject = city.id;
        s = db_change_end(db, query_run(&q, e), &line, e);
    }
    arena_close(a);
    return s;
}

enum status programme_set_population(struct db *db, const struct who *who, const struct population *p,
                                     struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "programme.population", .subject = (int64_t)p->n};

    TRY(db_change(db, e));
    return db_change_end(db, set_population(db, p, e), &line, e);
}

static enum status set_population(struct db *db, const struct population *p, struct err *e)
{
    static const char clear[] = "delete from programme_population";
    static const char sql[] =
        "insert into programme_population (municipality, year, people) values ($1, $2, $3)";
    struct query cleared = db_query(db, clear);

    TRY(query_run(&cleared, e));
    for (size_t i = 0; i < p->n; i++) {
        struct query q = db_query(db, sql);

        bind_str(&q, 1, p->row[i].municipality);
        bind_int(&q, 2, p->row[i].year);
        bind_int(&q, 3, p->row[i].people);
        TRY(query_run(&q, e));
    }
    return OK;
}

enum status programme_population(struct db *db, struct arena *a, struct population *out, struct err *e)
{
    static const char sql[] =
        "select municipality, year, people from programme_population order by municipality, year";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct population){0};
    while (query_next(&q)) {
        out->row = arena_grow(a, out->row, out->n + 1, &room, sizeof *out->row);
        out->row[out->n++] = (struct population_row){
            .municipality = query_str(&q, 0, a), .year = (int)query_int(&q, 1), .people = query_int(&q, 2)};
    }
    return query_end(&q, e);
}
