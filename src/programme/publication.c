/* What a programme has published. */
#include "programme/publication.h"

#include "base/arena.h"
#include "base/text.h"
#include "programme/last_look.h"
#include "programme/lead_text.h"
#include "programme/pooled_cells.h"
#include "programme/population.h"
#include "programme/programme.h"
#include "store/audit.h"
#include "store/db.h"

static enum status insert(struct db *db, const struct who *who, int64_t id, struct err *e)
{
    static const char sql[] =
        "insert into programme_publication (pooling, published_at, published_by) values ($1, $2, $3)";
    static const char keep[] =
        "insert into programme_publication_population (publication, municipality, year, "
        "people) select $1, municipality, year, people from programme_population";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, who->now_at);
    bind_str(&q, 3, str_of(who->name));
    TRY(query_run(&q, e));
    q = db_query(db, keep);
    bind_int(&q, 1, id);
    return query_run(&q, e);
}

static struct str json_of(const struct pooled *pooled, struct arena *a)
{
    struct text json = text_open(a);

    pooled_json(&json, pooled);
    return text_str(&json);
}

enum status publication_add(struct db *db, const struct who *who, const struct pooled *pooled, int64_t *id,
                            struct err *e)
{
    struct audit_line line = {.who = *who, .action = "programme.publish"};
    struct arena *a = arena_open();

    enum status s = db_change(db, e);
    if (s == OK) {
        s = last_look_allows(db, pooled, who->now_at, a, e);
        if (s == OK)
            s = pooled_cells_check(pooled, a, e);
        if (s == OK)
            s = last_look_set_ended(db, who->now_at, e);
        if (s == OK)
            s = programme_note_pooling(db, who, pooled, json_of(pooled, a), id, e);
        if (s == OK)
            s = insert(db, who, *id, e);
        if (s == OK)
            s = lead_text_publish(db, *id, &pooled->text, e);
        line.subject = *id;
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}

enum status publication_list(struct db *db, struct arena *a, struct publications *out, struct err *e)
{
    static const char sql[] = "select pooling, published_at, (select count(*) from programme_pooled p where "
                              "p.pooling = x.pooling), (select count(*) from programme_publication) "
                              "from programme_publication x order by pooling desc";
    struct query q = db_query(db, sql);

    *out = (struct publications){0};
    while (query_next(&q)) {
        if (!out->publication)
            out->publication = arena_new(a, (size_t)query_int(&q, 3), struct publication);
        out->publication[out->n++] =
            (struct publication){query_int(&q, 0), query_int(&q, 1), query_int(&q, 2)};
    }
    return query_end(&q, e);
}

enum status publication_holding(struct db *db, struct str manifest_hash, int64_t *id, struct err *e)
{
    static const char sql[] = "select max(x.pooling) from programme_publication x "
                              "join programme_pooled p on p.pooling = x.pooling "
                              "join programme_release r on r.id = p.release where r.manifest_hash = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, manifest_hash);
    *id = query_next(&q) && !query_is_null(&q, 0) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static enum status read_population(struct db *db, int64_t id, struct arena *a, struct population *out,
                                   struct err *e)
{
    static const char sql[] = "select municipality, year, people from programme_publication_population "
                              "where publication = $1 order by municipality, year";
    struct query q = db_query(db, sql);

    *out = (struct population){.row = arena_new(a, POPULATION_MAX_ROWS, struct population_row)};
    bind_int(&q, 1, id);
    while (query_next(&q) && out->n < POPULATION_MAX_ROWS)
        out->row[out->n++] =
            (struct population_row){query_str(&q, 0, a), (int)query_int(&q, 1), query_int(&q, 2)};
    return query_end(&q, e);
}

static enum status find(struct db *db, int64_t id, struct arena *a, struct publication *out, struct str *hash,
                        bool *is_there, struct err *e)
{
    static const char sql[] = "select x.published_at, p.hash from programme_publication x "
                              "join programme_pooling p on p.id = x.pooling where x.pooling = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    *is_there = query_next(&q);
    if (*is_there) {
        *out = (struct publication){.id = id, .published_at = query_int(&q, 0)};
        *hash = query_str(&q, 1, a);
    }
    return query_end(&q, e);
}

enum status publication_read(const struct city *programme, struct db *db, int64_t id, int64_t now_at,
                             struct arena *a, struct published *out, bool *is_there, struct err *e)
{
    struct population *population = arena_new(a, 1, struct population);
    const struct pooled_options how = {.population = population, .is_trusted = true, .seed = PROGRAMME_SEED};
    struct str hash = S("");

    TRY(find(db, id, a, &out->is, &hash, is_there, e));
    if (!*is_there)
        return OK;
    TRY(programme_pooled_arrivals(programme, db, id, now_at, a, &out->arrivals, e));
    if (out->arrivals.accepted < out->arrivals.n)
        return err_set(e, SYSTEM, "%s: is no longer what was published; restore the folder from a backup",
                       out->arrivals.arrival[out->arrivals.accepted].path);
    out->is.releases = (int64_t)out->arrivals.n;
    TRY(read_population(db, id, a, population, e));
    TRY(pool(&out->arrivals, &how, a, &out->pooled, e));
    TRY(lead_text_published(db, id, a, &out->pooled.text, e));
    out->is_same = str_equal(programme_hash(json_of(&out->pooled, a), a), hash);
    return OK;
}
