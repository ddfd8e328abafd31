/* The ledger of a programme: what was taken, and what was pooled. */
#include "base/arena.h"
#include "base/file.h"
#include "programme/population.h"
#include "programme/programme.h"
#include "programme/trust.h"
#include "release/bundle.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/db.h"

#include <string.h>
#include <unistd.h>

#include <sodium.h>

enum { SIGNATURE_MOST_BYTES = 4096 };

/* Releases being taken. */
struct taking {
    struct city *programme;
    const struct who *who;
    struct programme_cities cities;
    struct arrivals *all;
    struct arena *arena;
};

static enum status ledger_paths(const struct city *programme, struct db *db, struct arena *a,
                                const char ***path, size_t *n, struct err *e);
static enum status check_new(const struct taking *t, const char *const *path, size_t n, struct err *e);
static enum status take_all(const struct taking *t, const char *const *path, size_t n, struct err *e);

/* Where the release with this manifest lies. */
static const char *place_of(const struct city *programme, struct str manifest_hash, struct arena *a)
{
    return arena_printf(a, "%s/%.*s", city_file(programme, "files/programme", a), STR(manifest_hash));
}

static struct trust trust_of(const struct programme_cities *cities, struct arena *a)
{
    struct trust t = {.n = cities->n, .city = arena_new(a, cities->n, struct trusted_city)};

    for (size_t i = 0; i < t.n; i++)
        t.city[i] = (struct trusted_city){.municipality = cities->city[i].municipality,
                                          .key = cities->city[i].public_key,
                                          .is_withdrawn = cities->city[i].withdrawn_at > 0};
    return t;
}

/* First each alone against its city's key, then all with all that were taken before. */
enum status programme_take(struct city *programme, const char *const *path, size_t n, const struct who *who,
                           struct arena *a, struct arrivals *all, struct err *e)
{
    struct taking t = {.programme = programme, .who = who, .all = all, .arena = a};
    const char **both = NULL;
    size_t before = 0;

    TRY(programme_cities(programme->db, a, &t.cities, e));
    const struct trust trust = trust_of(&t.cities, a);
    const struct arrival_rules rules = {.trust = &trust, .now_at = who->now_at};
    TRY(arrivals_read(path, n, &rules, a, all, e));
    TRY(check_new(&t, path, n, e));
    TRY(ledger_paths(programme, programme->db, a, &both, &before, e));
    if (before + n > PROGRAMME_MAX_RELEASES)
        return err_set(e, BAD_INPUT, "a programme holds at most %d releases", PROGRAMME_MAX_RELEASES);
    memcpy(both + before, path, n * sizeof *path);
    const struct arrival_rules together = {.now_at = who->now_at, .known = before, .keys_are_known = true};
    TRY(arrivals_read(both, before + n, &together, a, all, e));
    TRY(check_new(&t, path, n, e));
    struct audit_line line = {.who = *who, .action = "programme.take", .subject = (int64_t)n};
    TRY(db_change(programme->db, e));
    return db_change_end(programme->db, take_all(&t, path, n, e), &line, e);
}

static const struct arrival *arrival_of(const struct arrivals *all, const char *path)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->arrival[i].path == path)
            return &all->arrival[i];
    return NULL;
}

/* The first of the new ones that cannot be taken. */
static enum status check_new(const struct taking *t, const char *const *path, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        const struct arrival *x = arrival_of(t->all, path[i]);

        if (x && x->state != ARRIVAL_ACCEPTED)
            return err_set(e, x->reveals ? REFUSED : BAD_INPUT, "%s: %.*s; nothing is taken", x->path,
                           STR(x->reason));
    }
    return OK;
}

static enum status read_paths(const struct city *programme, struct query *q, struct arena *a,
                              const char ***path, size_t *n, struct err *e)
{
    *path = arena_new(a, PROGRAMME_MAX_RELEASES, const char *);
    *n = 0;
    while (query_next(q) && *n < PROGRAMME_MAX_RELEASES)
        (*path)[(*n)++] = place_of(programme, query_str(q, 0, a), a);
    return query_end(q, e);
}

static enum status ledger_paths(const struct city *programme, struct db *db, struct arena *a,
                                const char ***path, size_t *n, struct err *e)
{
    static const char sql[] = "select manifest_hash from programme_release order by id";
    struct query q = db_query(db, sql);

    return read_paths(programme, &q, a, path, n, e);
}

/* The files as they were verified, written anew, and verified again where they lie: nothing that changed
 * meanwhile is taken. */
static enum status copy(const char *from, const char *to, struct str manifest_hash, struct err *e)
{
    struct arena *a = arena_open();
    struct bundle *b = arena_new(a, 1, struct bundle);
    struct str signature;
    enum status s = bundle_read(from, S(""), a, b, e);

    if (s == OK)
        s = file_read(arena_printf(a, "%s/manifest.sig", from), SIGNATURE_MOST_BYTES, a, &signature, e);
    folder_remove(to);
    if (s == OK)
        s = folder_make(to, 0755, e);
    if (s == OK)
        s = folder_make(arena_printf(a, "%s/tables", to), 0755, e);
    for (size_t i = 0; s == OK && i < b->files; i++)
        s = file_write(arena_printf(a, "%s/%.*s", to, STR(b->file[i].name)), b->file[i].bytes, 0644, e);
    if (s == OK)
        s = file_write(arena_printf(a, "%s/manifest.sig", to), signature, 0644, e);
    if (s == OK)
        s = file_write(arena_printf(a, "%s/manifest.json", to), b->manifest, 0644, e);
    if (s == OK)
        s = bundle_read(to, b->public_key, a, b, e);
    if (s == OK && !str_equal(b->manifest_hash, manifest_hash))
        s = err_set(e, BAD_INPUT, "%s: changed while it was taken", from);
    if (s != OK)
        folder_remove(to);
    arena_close(a);
    return s;
}

static enum status take_one(const struct taking *t, const struct arrival *x, struct err *e)
{
    static const char sql[] =
        "insert into programme_release (city, name, manifest_hash, public_key, taken_at, "
        "taken_by) values ($1, $2, $3, $4, $5, $6)";
    const struct city_release *r = &x->release;
    const struct programme_city *city = programme_city_find(&t->cities, r->municipality);

    if (!city)
        return err_set(e, BAD_INPUT, "%s: of no city of the programme", x->path);
    TRY(copy(x->path, place_of(t->programme, r->manifest_hash, t->arena), r->manifest_hash, e));
    struct query q = db_query(t->programme->db, sql);
    bind_int(&q, 1, city->id);
    bind_str(&q, 2, r->name);
    bind_str(&q, 3, r->manifest_hash);
    bind_str(&q, 4, r->public_key);
    bind_int(&q, 5, t->who->now_at);
    bind_str(&q, 6, str_of(t->who->name));
    return query_run(&q, e);
}

/* A folder without a row in the ledger is no release of the programme; the next attempt removes it. */
static enum status take_all(const struct taking *t, const char *const *path, size_t n, struct err *e)
{
    const char *folder = city_file(t->programme, "files/programme", t->arena);

    if (access(folder, F_OK) != 0)
        TRY(folder_make(folder, 0755, e));
    for (size_t i = 0; i < n; i++) {
        const struct arrival *x = arrival_of(t->all, path[i]);

        if (x)
            TRY(take_one(t, x, e));
    }
    return OK;
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
            arrival_refuse(x, a, "is not what was taken: the folder has been changed");
        } else if (city->withdrawn_at > 0) {
            x->state = ARRIVAL_WITHDRAWN;
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
            arrival_refuse(&out->arrival[i], a, "is not what was taken: the folder has been changed");
    arrivals_sort(out);
    return OK;
}

enum status programme_pool(struct db *db, const struct arrivals *arrivals, struct arena *a,
                           struct pooled *out, struct err *e)
{
    struct population *population = arena_new(a, 1, struct population);
    const struct pooled_options how = {.population = population, .is_trusted = true, .seed = PROGRAMME_SEED};

    TRY(programme_population(db, a, population, e));
    return pool(arrivals, &how, a, out, e);
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
