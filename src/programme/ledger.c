/* The ledger of a programme: what was taken, and what was pooled. */
#include "programme/ledger.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "programme/population.h"
#include "programme/programme.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/db.h"

#include <unistd.h>

#include <sodium.h>

static const char *folder_of(const struct city *programme, struct arena *a)
{
    return city_file(programme, "files/programme", a);
}

enum status ledger_folder(const struct city *programme, struct arena *a, const char **folder, struct err *e)
{
    *folder = folder_of(programme, a);
    return access(*folder, F_OK) == 0 ? OK : folder_make(*folder, 0755, e);
}

const char *ledger_place(const struct city *programme, struct str manifest_hash, struct arena *a)
{
    return arena_printf(a, "%s/%.*s", folder_of(programme, a), STR(manifest_hash));
}

static enum status read_paths(const struct city *programme, struct query *q, struct arena *a,
                              const char ***path, size_t *n, struct err *e)
{
    *path = arena_new(a, PROGRAMME_MAX_RELEASES, const char *);
    *n = 0;
    while (query_next(q) && *n < PROGRAMME_MAX_RELEASES)
        (*path)[(*n)++] = ledger_place(programme, query_str(q, 0, a), a);
    return query_end(q, e);
}

enum status ledger_paths(const struct city *programme, struct db *db, struct arena *a, const char ***path,
                         size_t *n, struct err *e)
{
    static const char sql[] = "select manifest_hash from programme_release order by id";
    struct query q = db_query(db, sql);

    return read_paths(programme, &q, a, path, n, e);
}

/* Is the release the one that was taken? Its folder's name is its manifest's hash. */
static bool is_what_was_taken(const struct arrival *x)
{
    return str_ends(str_of(x->path), x->release.manifest_hash);
}

enum status programme_arrivals(const struct city *programme, struct db *db, int64_t now_at, struct arena *a,
                               struct arrivals *out, struct err *e)
{
    struct arrival_rules rules = {.now_at = now_at, .keys_are_known = true};
    struct programme_cities cities;
    const char **path = NULL;
    size_t n = 0;

    TRY(programme_cities(db, a, &cities, e));
    TRY(ledger_paths(programme, db, a, &path, &n, e));
    rules.known = n;
    TRY(arrivals_read(path, n, &rules, a, out, e));
    for (size_t i = 0; i < out->accepted; i++) {
        struct arrival *x = &out->arrival[i];
        const struct programme_city *city = programme_city_find(&cities, x->release.municipality);

        if (!city || !is_what_was_taken(x)) {
            arrival_refuse(x, ARRIVAL_CHANGED, a, "is not what was taken: the folder has been changed");
        } else if (city->withdrawn_at > 0) {
            x->state = ARRIVAL_WITHDRAWN;
            x->fault = ARRIVAL_LEFT;
            x->reason = S("the city has withdrawn");
        }
    }
    arrivals_sort(out);
    return OK;
}

enum status programme_pooled_arrivals(const struct city *programme, struct db *db, int64_t id, int64_t now_at,
                                      struct arena *a, struct arrivals *out, struct err *e)
{
    static const char sql[] = "select manifest_hash from programme_release r join programme_pooled p on "
                              "p.release = r.id where p.pooling = $1 order by r.id";
    struct arrival_rules rules = {.now_at = now_at, .keys_are_known = true};
    struct query q = db_query(db, sql);
    const char **path = NULL;

    bind_int(&q, 1, id);
    TRY(read_paths(programme, &q, a, &path, &rules.known, e));
    TRY(arrivals_read(path, rules.known, &rules, a, out, e));
    for (size_t i = 0; i < out->accepted; i++)
        if (!is_what_was_taken(&out->arrival[i]))
            arrival_refuse(&out->arrival[i], ARRIVAL_CHANGED, a,
                           "is not what was taken: the folder has been changed");
    arrivals_sort(out);
    return OK;
}

enum status programme_pool(struct db *db, const struct arrivals *arrivals, struct arena *a,
                           struct pooled *out, struct err *e)
{
    struct population *population = arena_new(a, 1, struct population);
    const struct pooled_options how = {.population = population, .is_trusted = true, .seed = PROGRAMME_SEED};

    TRY(programme_population(db, a, population, e));
    TRY(pool(arrivals, &how, a, out, e));
    return lead_text_latest(db, a, &out->text, e);
}

static enum status insert_pooled(struct db *db, int64_t pooling, const struct pooled *pooled, struct err *e)
{
    static const char sql[] = "insert into programme_pooled (pooling, release) select $1, id from "
                              "programme_release where manifest_hash = $2";

    for (size_t i = 0; i < pooled->arrivals->accepted; i++) {
        struct query q = db_query(db, sql);

        bind_int(&q, 1, pooling);
        bind_str(&q, 2, pooled->arrivals->arrival[i].release.manifest_hash);
        TRY(query_run(&q, e));
    }
    return OK;
}

static enum status insert_pooling(struct db *db, const struct who *who, const struct pooled *pooled,
                                  struct str hash, int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into programme_pooling (pooled_at, pooled_by, hash) values ($1, $2, $3) returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, who->now_at);
    bind_str(&q, 2, str_of(who->name));
    bind_str(&q, 3, hash);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    return insert_pooled(db, *id, pooled, e);
}

struct str programme_hash(struct str json, struct arena *a)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char *hex = arena_new(a, 2 * sizeof hash + 1, char);

    crypto_hash_sha256(hash, (const unsigned char *)json.p, json.n);
    sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
    return str_of(hex);
}

enum status programme_note_pooling(struct db *db, const struct who *who, const struct pooled *pooled,
                                   struct str json, int64_t *id, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "programme.pool"};
    struct arena *a = arena_open();

    line.detail = programme_hash(json, a);
    enum status s = db_change(db, e);
    if (s == OK) {
        s = insert_pooling(db, who, pooled, line.detail, id, e);
        line.subject = *id;
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}
