/* A city with a key file, for tests. */
#include "town.h"

#include "../made_city.h"
#include "../unit.h"

#include "base/file.h"
#include "seal/secret.h"
#include "seal/wrap.h"
#include "store/db.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

int town_open(void **state)
{
    static const struct keyring_make make = {
        .needed = 3, .shares = 5, .who = {.name = "test", .now_at = 1000000}};
    struct arena *a = arena_open();
    struct town *t = arena_new(a, 1, struct town);
    struct err e = {0};

    *t = (struct town){.arena = a, .folder = "town-XXXXXX", .who = make.who};
    *state = t;
    if (!mkdtemp(t->folder))
        return -1;
    t->path = arena_printf(a, "%s/city", t->folder);
    const struct city_make city = {.municipality = S("1281"), .who = make.who};
    if (made_city(t->path, &city, &e) != OK || city_open(t->path, DB_WRITE, &t->city, &e) != OK ||
        keyring_make(t->city, &make, t->share, &e) != OK ||
        keyring_open(t->city, t->city->db, &t->keyring, &e) != OK) {
        print_error("%s\n", e.what);
        return -1;
    }
    return 0;
}

int town_close(void **state)
{
    struct town *t = *state;

    keyring_close(t->keyring);
    city_close(t->city);
    folder_remove(t->folder);
    arena_close(t->arena);
    return 0;
}

struct opener town_opener(struct town *t, int64_t account, struct str passphrase)
{
    struct seal_key *secret = arena_new(t->arena, 1, struct seal_key);
    struct recipient r;
    struct err e = {0};

    assert_int_equal(recipient_of(t->keyring, account, t->arena, &r, &e), OK);
    assert_int_equal(wrap_open(passphrase, &r.public_key, r.wrap, secret, &e), OK);
    return (struct opener){.recipient = r.id, .secret = secret};
}

struct opener town_recipient(struct town *t)
{
    enum recipient_state state;
    struct err e = {0};

    assert_int_equal(recipient_ask(t->keyring, 1, TOWN_PASSPHRASE, &t->who, &state, &e), OK);
    assert_int_equal(state, RECIPIENT_ACTIVE);
    return town_opener(t, 1, TOWN_PASSPHRASE);
}

struct seal_id town_seal(struct town *t, struct str text)
{
    const struct audit_line line = {.who = t->who, .action = "test.seal"};
    struct sealing *s = sealing_begin();
    struct seal_id id = s->id;
    struct err e = {0};

    assert_int_equal(sealing_keep(t->keyring, s, &e), OK);
    assert_int_equal(db_change(t->city->db, &e), OK);
    enum status status = sealing_put(t->keyring, s, S("report"), text, &e);
    assert_int_equal(db_change_end(t->city->db, status, &line, &e), OK);
    sealing_close(s);
    return id;
}

bool town_reads(struct town *t, const struct opener *opener, const struct seal_id *id, struct str expected)
{
    struct sealing *s = NULL;
    struct str text = {0};
    struct err e = {0};
    bool is_read = sealing_open(t->keyring, opener, id, &s, &e) == OK &&
                   sealing_get(t->keyring, s, S("report"), t->arena, &text, &e) == OK;

    sealing_close(s);
    return is_read && str_equal(text, expected);
}

static bool file_holds(struct town *t, const char *path, const char *marker)
{
    struct str bytes;
    struct err e = {0};

    assert_int_equal(file_read(path, 64 * 1024 * 1024, t->arena, &bytes, &e), OK);
    return memmem(bytes.p, bytes.n, marker, strlen(marker)) != NULL;
}

bool town_holds(struct town *t, const char *marker)
{
    static const char *const folders[] = {"", "/keys", "/files"};
    bool is_found = false;

    for (size_t i = 0; i < 3; i++) {
        const char *path = arena_printf(t->arena, "%s%s", t->path, folders[i]);
        DIR *folder = opendir(path);

        for (struct dirent *entry; (entry = readdir(folder));)
            if (entry->d_type == DT_REG &&
                file_holds(t, arena_printf(t->arena, "%s/%s", path, entry->d_name), marker))
                is_found = true;
        closedir(folder);
    }
    return is_found;
}
