/* The releases that one worker has read. */
#include "public/public_releases.h"

#include "base/arena.h"
#include "base/file.h"
#include "portal/portal.h"
#include "release/bundle.h"
#include "release/release.h"
#include "release/release_files.h"
#include "store/city.h"
#include "store/keys.h"

#include <string.h>

static enum status open_parts(struct public_releases *all, struct err *e)
{
    const struct city *city = all->worker->portal->city;

    if (!str_starts(city_settings(city)->config.exit, S("https://")))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: exit in [site]: expected an address that begins with https://");
    return key_public(city->path, all->arena, &all->public_key, e);
}

enum status public_releases_open(struct portal_worker *w, void **kept, struct err *e)
{
    struct arena *a = arena_open();
    struct public_releases *all = arena_new(a, 1, struct public_releases);

    *all = (struct public_releases){.worker = w, .arena = a};
    enum status s = open_parts(all, e);
    if (s == OK)
        *kept = all;
    else
        arena_close(a);
    return s;
}

void public_releases_close(void *kept)
{
    struct public_releases *all = kept;

    for (struct public_release *r = all->first; r;) {
        struct public_release *next = r->next;
        arena_close(r->arena);
        r = next;
    }
    arena_close(all->arena);
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

static enum status read_release(const struct public_releases *all, struct str name, struct public_release *r,
                                struct err *e)
{
    const char *path = release_path(all->worker->portal->city, name, r->arena);

    r->bundle = arena_new(r->arena, 1, struct bundle);
    r->release = arena_new(r->arena, 1, struct release);
    TRY(bundle_read(path, all->public_key, r->arena, r->bundle, e));
    TRY(release_from_files(r->bundle, r->arena, r->release, e));
    return file_read(arena_printf(r->arena, "%s/manifest.sig", path), 4096, r->arena, &r->signature, e);
}

enum status public_release_find(struct public_releases *all, struct str name, struct public_release **out,
                                struct err *e)
{
    bool is_known = false;

    *out = NULL;
    for (struct public_release *r = all->first; r; r = r->next)
        if (str_equal(r->release->name, name)) {
            *out = r;
            return OK;
        }
    TRY(is_published(all->worker->read, name, &is_known, e));
    if (!is_known)
        return OK;
    struct arena *a = arena_open();
    struct public_release *r = arena_new(a, 1, struct public_release);
    r->arena = a;
    enum status s = read_release(all, name, r, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    r->next = all->first;
    all->first = r;
    *out = r;
    return OK;
}

void public_release_forget(struct public_release *r)
{
    memset(r->made, 0, sizeof r->made);
    memset(r->page, 0, sizeof r->page);
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
