/* Releases are taken: verified, copied as they were signed, and written into the ledger. */
#include "base/arena.h"
#include "base/file.h"
#include "programme/ledger.h"
#include "programme/programme.h"
#include "programme/trust.h"
#include "release/bundle.h"
#include "store/audit.h"
#include "store/db.h"

#include <string.h>

enum { SIGNATURE_MOST_BYTES = 4096 };

/* Releases being taken. */
struct taking {
    const struct city *programme;
    struct db *db;
    const struct who *who;
    struct programme_cities cities;
    struct arrivals *all;
    struct arena *arena;
};

static enum status check_new(const struct taking *t, const char *const *path, size_t n, struct err *e);
static enum status take_all(const struct taking *t, const char *const *path, size_t n, struct err *e);

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
static enum status check_and_take(struct taking *t, const char *const *path, size_t n, struct err *e)
{
    struct arena *a = t->arena;
    const char **both = NULL;
    size_t before = 0;

    TRY(programme_cities(t->db, a, &t->cities, e));
    const struct trust trust = trust_of(&t->cities, a);
    const struct arrival_rules rules = {.trust = &trust, .now_at = t->who->now_at};
    TRY(arrivals_read(path, n, &rules, a, t->all, e));
    TRY(check_new(t, path, n, e));
    TRY(ledger_paths(t->programme, t->db, a, &both, &before, e));
    if (before + n > PROGRAMME_MAX_RELEASES)
        return err_set(e, BAD_INPUT, "a programme holds at most %d releases", PROGRAMME_MAX_RELEASES);
    memcpy(both + before, path, n * sizeof *path);
    const struct arrival_rules together = {.now_at = t->who->now_at, .known = before, .keys_are_known = true};
    TRY(arrivals_read(both, before + n, &together, a, t->all, e));
    TRY(check_new(t, path, n, e));
    return take_all(t, path, n, e);
}

/* Nobody else takes one meanwhile, so that none escapes being held against another. */
enum status programme_take(const struct city *programme, struct db *db, const char *const *path, size_t n,
                           const struct who *who, struct arena *a, struct arrivals *all, struct err *e)
{
    struct taking t = {.programme = programme, .db = db, .who = who, .all = all, .arena = a};
    const struct audit_line line = {.who = *who, .action = "programme.take", .subject = (int64_t)n};

    TRY(db_change(db, e));
    return db_change_end(db, check_and_take(&t, path, n, e), &line, e);
}

const struct arrival *programme_arrival_of(const struct arrivals *all, const char *path)
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
        const struct arrival *x = programme_arrival_of(t->all, path[i]);

        if (x && x->state != ARRIVAL_ACCEPTED)
            return err_set(e, x->fault == ARRIVAL_REVEALS ? REFUSED : BAD_INPUT, "%s: %.*s; nothing is taken",
                           x->path, STR(x->reason));
    }
    return OK;
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
    TRY(copy(x->path, ledger_place(t->programme, r->manifest_hash, t->arena), r->manifest_hash, e));
    struct query q = db_query(t->db, sql);
    bind_int(&q, 1, city->id);
    bind_str(&q, 2, r->name);
    bind_str(&q, 3, r->manifest_hash);
    bind_str(&q, 4, r->public_key);
    bind_int(&q, 5, t->who->now_at);
    bind_str(&q, 6, str_of(t->who->name));
    return query_run(&q, e);
}

/* What one call has copied goes when it fails: none of it was in the ledger before. Where the change itself
 * is not kept a folder without a row may stay; it is no release, and the next attempt removes it. */
static enum status take_all(const struct taking *t, const char *const *path, size_t n, struct err *e)
{
    const char *folder = NULL;
    enum status s = ledger_folder(t->programme, t->arena, &folder, e);
    size_t came = 0;

    for (; s == OK && came < n; came++)
        s = take_one(t, programme_arrival_of(t->all, path[came]), e);
    while (s != OK && came-- > 0) {
        const struct arrival *x = programme_arrival_of(t->all, path[came]);

        folder_remove(ledger_place(t->programme, x->release.manifest_hash, t->arena));
    }
    return s;
}
