/* The ledger: publishing a release, and what has been published. */
#include "base/arena.h"
#include "base/file.h"
#include "release/bundle.h"
#include "release/release.h"
#include "release/release_audit.h"
#include "release/release_files.h"
#include "release/standing.h"
#include "store/city.h"
#include "store/keys.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

static enum status check_period_is_free(struct db *db, const struct mapping *m, struct err *e);
static enum status correction_add(struct db *db, const struct release_correction *c, struct str name,
                                  struct err *e);
static enum status check_correction(struct city *city, const struct release *r,
                                    const struct release_correction *c, struct arena *a, struct err *e);
static enum status entry_add(struct db *db, const struct release *r, int64_t mapping, const struct who *who,
                             struct str manifest_hash, struct err *e);
static enum status verify_entry(const struct city *city, const struct release_entry *entry,
                                struct str public_key, struct err *e);
static enum status check_no_others(const struct city *city, const struct release_entry *entries, size_t n,
                                   struct err *e);

/* One publication under way. */
struct publication {
    struct city *city;
    struct mapping *mapping;
    const struct release *release;
    const struct release_correction *correction; /* NULL: the first version */
    const struct who *who;
    struct bundle bundle;
    const char *folder;
    struct arena *arena;
};

/* What publications that were killed have left under names that are no release's. Nobody else writes there:
 * the change that we are in has the city's one write lock. */
static void remove_broken_off(const struct publication *p)
{
    const char *releases = city_file(p->city, "files/releases", p->arena);
    DIR *folder = opendir(releases);
    struct dirent *entry = NULL;

    if (!folder)
        return;
    while ((entry = readdir(folder)) != NULL)
        if (str_ends(str_of(entry->d_name), S(".tmp")))
            folder_remove(arena_printf(p->arena, "%s/%s", releases, entry->d_name));
    closedir(folder);
}

static enum status write_folder(struct publication *p, struct err *e)
{
    struct key key;

    TRY(key_read(p->city->path, KEY_RELEASE, &key, e));
    remove_broken_off(p);
    folder_remove(p->folder);
    enum status s = bundle_write(&p->bundle, p->folder, &key, p->arena, e);
    key_wipe(&key);
    return s;
}

/* Until the change is committed, the folder is not a release of the city. One that a crash left behind has no
 * row in the ledger and is removed by the next attempt. */
static enum status publish_in_change(struct publication *p, struct err *e)
{
    if (p->correction)
        TRY(check_correction(p->city, p->release, p->correction, p->arena, e));
    else
        TRY(check_period_is_free(p->city->db, p->mapping, e));
    TRY(mapping_add(p->city->db, p->mapping, e));
    enum status s = write_folder(p, e);
    if (s == OK)
        s = entry_add(p->city->db, p->release, p->mapping->id, p->who, p->bundle.manifest_hash, e);
    if (s == OK && p->correction)
        s = correction_add(p->city->db, p->correction, p->release->name, e);
    if (s != OK)
        folder_remove(p->folder);
    return s;
}

static enum status publish(const struct publication *wanted, struct release *release, struct err *e)
{
    struct audit_line line = {.who = *wanted->who,
                              .action = wanted->correction ? "release.correct" : "release.publish",
                              .detail = release->name};
    struct publication *p = arena_new(wanted->arena, 1, struct publication);
    struct city *city = wanted->city;

    *p = *wanted;
    p->release = release;
    p->folder = release_path(city, release->name, p->arena);
    TRY(mapping_check(p->mapping, e));
    release_files(release, p->arena, &p->bundle);
    TRY(db_change(city->db, e));
    enum status s = publish_in_change(p, e);
    bool is_written = s == OK;
    line.subject = p->mapping->id;
    s = db_change_end(city->db, s, &line, e);
    if (s != OK && is_written)
        folder_remove(p->folder);
    if (s == OK)
        release->public_key = p->bundle.public_key;
    return s;
}

enum status release_publish(struct city *city, struct mapping *mapping, struct release *release,
                            const struct who *who, struct arena *a, struct err *e)
{
    return publish(&(struct publication){.city = city, .mapping = mapping, .who = who, .arena = a}, release,
                   e);
}

enum status release_correct(struct city *city, struct mapping *mapping, struct release *release,
                            const struct release_correction *correction, const struct who *who,
                            struct arena *a, struct err *e)
{
    int64_t base = 0;

    release->name = release_next_name(correction->of, a);
    TRY(release_rounding(city->db, correction->of, mapping->is_example, &base, &release->has_example_key, e));
    return publish(
        &(struct publication){
            .city = city, .mapping = mapping, .correction = correction, .who = who, .arena = a},
        release, e);
}

enum status release_of_years(struct db *db, int first_year, int last_year, struct arena *a, struct str *name,
                             struct err *e)
{
    static const char sql[] =
        "select name from release where first_year <= $2 and last_year >= $1 order by id desc";
    struct query q = db_query(db, sql);

    *name = S("");
    bind_int(&q, 1, first_year);
    bind_int(&q, 2, last_year);
    if (query_next(&q))
        *name = query_str(&q, 0, a);
    return query_end(&q, e);
}

static enum status check_period_is_free(struct db *db, const struct mapping *m, struct err *e)
{
    struct arena *a = arena_open();
    struct str name;
    enum status s = release_of_years(db, m->first_year, m->last_year, a, &name, e);

    if (s == OK && name.n > 0)
        s = err_set(e, REFUSED,
                    "%.*s is published already for a part of this period. A table is rounded once: two "
                    "roundings of the same "
                    "people tell more than one. Late registrations belong to the next period",
                    STR(name));
    arena_close(a);
    return s;
}

/* Every version of the same years is laid beside the new one, not the latest alone. */
static enum status attack_beside(struct city *city, const struct release *r, struct str name, struct arena *a,
                                 struct err *e)
{
    struct release *earlier = arena_new(a, 1, struct release);
    struct release_audit found;

    TRY(release_read(release_path(city, name, a), S(""), a, earlier, e));
    TRY(release_audit(r, earlier, NULL, a, &found, e));
    if (found.exposed == 0)
        return OK;
    return err_set(e, REFUSED,
                   "%.*s and %.*s together would tell a figure too closely (%.*s: between %" PRId64
                   " and %" PRId64 "). Late registrations belong to the next period",
                   STR(name), STR(r->name), STR(found.first.cell_en), found.first.lo, found.first.hi);
}

/* An attack needs much memory, and there is one for every version: each in an arena of its own. */
static enum status check_beside(struct city *city, const struct release *r, struct str name, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = attack_beside(city, r, name, a, e);

    arena_close(a);
    return s;
}

/* Several versions at once: what no two of them tell, three may. */
static enum status attack_all(struct city *city, const struct release *r, const struct str *names, size_t n,
                              struct arena *a, struct err *e)
{
    const struct release **versions = arena_new(a, n + 1, const struct release *);
    struct release_audit found;

    for (size_t i = 0; i < n; i++) {
        struct release *version = arena_new(a, 1, struct release);

        TRY(release_read(release_path(city, names[i], a), S(""), a, version, e));
        versions[i] = version;
    }
    TRY(release_audit_together(r, versions, n, NULL, a, &found, e));
    if (found.exposed == 0)
        return OK;
    return err_set(
        e, REFUSED,
        "%.*s and the %zu versions before it would together tell a figure too closely (%.*s: between "
        "%" PRId64 " and %" PRId64 "). Late registrations belong to the next period",
        STR(r->name), n, STR(found.first.cell_en), found.first.lo, found.first.hi);
}

static enum status check_all(struct city *city, const struct release *r, const struct str *names, size_t n,
                             struct err *e)
{
    struct arena *a = arena_open();
    enum status s = attack_all(city, r, names, n, a, e);

    arena_close(a);
    return s;
}

static enum status check_correction(struct city *city, const struct release *r,
                                    const struct release_correction *c, struct arena *a, struct err *e)
{
    struct release_entry *entries = NULL;
    struct release_standing standing;
    bool is_same = false;
    size_t versions = 0;
    size_t n = 0;

    TRY(release_standing(city->db, c->of, a, &standing, e));
    if (standing.corrected_by.n)
        return err_set(e, REFUSED, "%.*s has a later version, %.*s: correct that one", STR(c->of),
                       STR(standing.corrected_by));
    TRY(release_list(city->db, a, &entries, &n, e));
    struct str *names = arena_new(a, n + 1, struct str);
    for (size_t i = 0; i < n; i++) {
        if (entries[i].first_year != r->mapping.first_year || entries[i].last_year != r->mapping.last_year)
            continue;
        is_same = is_same || str_equal(entries[i].name, c->of);
        TRY(check_beside(city, r, entries[i].name, e));
        names[versions++] = entries[i].name;
    }
    TRY(check_all(city, r, names, versions, e));
    if (!is_same)
        return err_set(e, REFUSED, "%.*s is about other years: a later version is about the same",
                       STR(c->of));
    return OK;
}

static enum status correction_add(struct db *db, const struct release_correction *c, struct str name,
                                  struct err *e)
{
    static const char sql[] = "insert into release_correction (release, corrects, reason) "
                              "select new.id, old.id, $3 from release new, release old "
                              "where new.name = $1 and old.name = $2";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, name);
    bind_str(&q, 2, c->of);
    bind_str(&q, 3, c->reason);
    return query_run(&q, e);
}

static enum status entry_add(struct db *db, const struct release *r, int64_t mapping, const struct who *who,
                             struct str manifest_hash, struct err *e)
{
    static const char sql[] =
        "insert into release (name, mapping, first_year, last_year, published_at, published_by, "
        "title_sv, title_en, is_example, profile, base, manifest_hash, has_example_key) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, r->name);
    bind_int(&q, 2, mapping);
    bind_int(&q, 3, r->mapping.first_year);
    bind_int(&q, 4, r->mapping.last_year);
    bind_int(&q, 5, r->published_at);
    bind_str(&q, 6, str_of(who->name));
    bind_str(&q, 7, r->mapping.title_sv);
    bind_str(&q, 8, r->mapping.title_en);
    bind_int(&q, 9, r->mapping.is_example);
    bind_str(&q, 10, r->protection.profile);
    bind_int(&q, 11, r->protection.base);
    bind_str(&q, 12, manifest_hash);
    bind_int(&q, 13, r->has_example_key);
    return query_run(&q, e);
}

enum status release_list(struct db *db, struct arena *a, struct release_entry **out, size_t *n, struct err *e)
{
    static const char sql[] =
        "select r.id, r.name, r.first_year, r.last_year, r.published_at, r.title_sv, r.title_en, "
        "r.is_example, r.manifest_hash, c.release is null and w.release is null from release r "
        "left join release_correction c on c.corrects = r.id "
        "left join release_withdrawal w on w.release = r.id order by r.last_year desc, r.id desc";
    struct release_entry *entries = NULL;
    struct query q = db_query(db, sql);
    size_t room = 0;
    size_t found = 0;

    while (query_next(&q)) {
        entries = arena_grow(a, entries, found + 1, &room, sizeof *entries);
        entries[found++] = (struct release_entry){.id = query_int(&q, 0),
                                                  .name = query_str(&q, 1, a),
                                                  .first_year = (int)query_int(&q, 2),
                                                  .last_year = (int)query_int(&q, 3),
                                                  .published_at = query_int(&q, 4),
                                                  .title_sv = query_str(&q, 5, a),
                                                  .title_en = query_str(&q, 6, a),
                                                  .is_example = query_int(&q, 7) != 0,
                                                  .manifest_hash = query_str(&q, 8, a),
                                                  .is_in_force = query_int(&q, 9) != 0};
    }
    TRY(query_end(&q, e));
    *out = entries;
    *n = found;
    return OK;
}

enum status release_verify_all(const struct city *city, size_t *n, struct err *e)
{
    struct arena *a = arena_open();
    struct release_entry *entries = NULL;
    struct str public_key;
    size_t found = 0;
    enum status s = key_public(city->path, a, &public_key, e);

    if (s == OK)
        s = release_list(city->db, a, &entries, &found, e);
    for (size_t i = 0; s == OK && i < found; i++)
        s = verify_entry(city, &entries[i], public_key, e);
    if (s == OK)
        s = check_no_others(city, entries, found, e);
    if (s == OK)
        *n = found;
    arena_close(a);
    return s;
}

static enum status verify_entry(const struct city *city, const struct release_entry *entry,
                                struct str public_key, struct err *e)
{
    struct arena *a = arena_open();
    struct bundle *b = arena_new(a, 1, struct bundle);
    enum status s = bundle_read(release_path(city, entry->name, a), public_key, a, b, e);

    if (s == OK && !str_equal(b->manifest_hash, entry->manifest_hash))
        s = err_set(e, BAD_INPUT, "manifest.json: changed: it is signed, but is not the one in the ledger");
    if (s != OK)
        err_in(e, "files/releases/%.*s", STR(entry->name));
    arena_close(a);
    return s;
}

static bool is_entry(const struct release_entry *entries, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(entries[i].name, name))
            return true;
    return false;
}

static enum status check_no_others(const struct city *city, const struct release_entry *entries, size_t n,
                                   struct err *e)
{
    struct arena *a = arena_open();
    DIR *folder = opendir(city_file(city, "files/releases", a));
    struct dirent *entry = NULL;
    enum status s = OK;

    arena_close(a);
    if (!folder)
        return err_set(e, BAD_INPUT, "files/releases: cannot be read: %s", strerror(errno));
    while (s == OK && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            !is_entry(entries, n, entry->d_name))
            s = err_set(e, BAD_INPUT,
                        "files/releases/%s: is not in the city's ledger of releases. A publication that was "
                        "killed leaves such a folder, and the next attempt takes it away",
                        entry->d_name);
    closedir(folder);
    return s;
}
