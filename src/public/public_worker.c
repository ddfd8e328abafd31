/* A worker's connection, and its releases. */
#include "public/public_worker.h"

#include "base/arena.h"
#include "base/file.h"
#include "release/bundle.h"
#include "release/release.h"
#include "release/release_files.h"
#include "store/city.h"
#include "store/keys.h"

static enum status open_parts(struct public_worker *w, struct err *e)
{
    const struct city *city = w->context->city;

    if (!str_starts(city->config.exit, S("https://")))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: exit in [site]: expected an address that begins with https://");
    TRY(key_public(city->path, w->arena, &w->public_key, e));
    return city_connect(city, DB_READ, &w->db, e);
}

enum status public_worker_open(void *context, void **worker, struct err *e)
{
    struct arena *a = arena_open();
    struct public_worker *w = arena_new(a, 1, struct public_worker);

    w->context = context;
    w->arena = a;
    enum status s = open_parts(w, e);
    if (s == OK)
        *worker = w;
    else
        public_worker_close(w);
    return s;
}

void public_worker_close(void *worker)
{
    struct public_worker *w = worker;

    if (!w)
        return;
    for (struct public_release *r = w->releases; r;) {
        struct public_release *next = r->next;
        arena_close(r->arena);
        r = next;
    }
    db_close(w->db);
    arena_close(w->arena);
}

static enum status is_published(struct db *db, struct str name, bool *out, struct err *e)
{
    struct arena *a = arena_open();
    struct release_entry *entries = NULL;
    size_t n = 0;

    *out = false;
    enum status s = release_list(db, a, &entries, &n, e);
    for (size_t i = 0; s == OK && i < n; i++)
        *out = *out || str_equal(entries[i].name, name);
    arena_close(a);
    return s;
}

static enum status read_release(const struct public_worker *w, struct str name, struct public_release *r,
                                struct err *e)
{
    const char *path = release_path(w->context->city, name, r->arena);

    r->bundle = arena_new(r->arena, 1, struct bundle);
    r->release = arena_new(r->arena, 1, struct release);
    TRY(bundle_read(path, w->public_key, r->arena, r->bundle, e));
    TRY(release_from_files(r->bundle, r->arena, r->release, e));
    return file_read(arena_printf(r->arena, "%s/manifest.sig", path), 4096, r->arena, &r->signature, e);
}

enum status public_release_find(struct public_worker *w, struct str name, struct public_release **out,
                                struct err *e)
{
    bool is_known = false;

    *out = NULL;
    for (struct public_release *r = w->releases; r; r = r->next)
        if (str_equal(r->release->name, name)) {
            *out = r;
            return OK;
        }
    TRY(is_published(w->db, name, &is_known, e));
    if (!is_known)
        return OK;
    struct arena *a = arena_open();
    struct public_release *r = arena_new(a, 1, struct public_release);
    r->arena = a;
    enum status s = read_release(w, name, r, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    r->next = w->releases;
    w->releases = r;
    *out = r;
    return OK;
}

bool public_release_file(const struct public_release *r, struct str name, struct str *bytes)
{
    struct str folder;
    struct str plain;

    if (str_is(name, "manifest.json") || str_is(name, "manifest.sig")) {
        *bytes = str_is(name, "manifest.sig") ? r->signature : r->bundle->manifest;
        return true;
    }
    for (size_t i = 0; i < r->bundle->files; i++) {
        if (!str_cut(r->bundle->file[i].name, '/', &folder, &plain))
            plain = r->bundle->file[i].name;
        if (str_equal(plain, name)) {
            *bytes = r->bundle->file[i].bytes;
            return true;
        }
    }
    return false;
}
