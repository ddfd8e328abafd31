/* The city's folder: who may read what is in it, and whose it is. */
#include "check/check.h"

#include "base/arena.h"
#include "store/keys.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char what_folder[] = "folder";
static const char what_keys[] = "keys";

enum { OTHERS = 077 };

/* Something in the folder, and what others than its owner may do with it: nothing. */
struct part {
    const char *name; /* empty: the folder itself */
    const char *mode; /* for chmod */
    bool is_needed;
};

static const struct part parts[] = {{"", "700", true},           {"keys", "700", true},
                                    {"files", "700", true},      {"lykta.db", "600", false},
                                    {"lykta.conf", "600", true}, {"sealed.db", "600", false},
                                    {"backup.tmp", "700", false}};

static bool check_part(const char *city, uid_t owner, const struct part *part, struct findings *out)
{
    const char *path = part->name[0] ? arena_printf(out->arena, "%s/%s", city, part->name) : city;
    struct stat info;

    if (lstat(path, &info) != 0) {
        if (errno == ENOENT && !part->is_needed)
            return true;
        find_fault(out, what_folder, S("Restore the city from its latest backup (lykta restore)."), "%s: %s",
                   path, strerror(errno));
        return false;
    }
    if (info.st_uid != owner) {
        find_fault(out, what_folder, str_of(arena_printf(out->arena, "chown --reference=%s %s", city, path)),
                   "%s: belongs to another user than the city's folder", path);
        return false;
    }
    if ((info.st_mode & OTHERS) != 0) {
        find_fault(out, what_folder, str_of(arena_printf(out->arena, "chmod %s %s", part->mode, path)),
                   "%s: others than its owner may use it (mode %o)", path, (unsigned)(info.st_mode & 0777));
        return false;
    }
    return true;
}

bool check_folder(const char *path, struct findings *out)
{
    struct stat info;
    bool is_good = true;

    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)) {
        find_fault(out, what_folder, S("Name the folder of a city, as lykta init made it."),
                   "%s: is not a folder", path);
        return false;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        is_good &= check_part(path, info.st_uid, &parts[i], out);
    if (is_good)
        find_good(out, what_folder, "%s: its owner alone can read it", path);
    return true;
}

static bool check_key(const char *path, enum key_kind kind, struct findings *out)
{
    struct key key = {{0}};
    struct err e;
    enum status s = key_read(path, kind, &key, &e);

    key_wipe(&key);
    if (s != OK)
        find_fault(
            out, what_keys,
            S("Restore the key from a backup; never make another in its place. If others could read it: "
              "chmod 600, and find out who did."),
            "%s", e.what);
    return s == OK;
}

void check_keys(const char *path, struct findings *out)
{
    struct str public_half;
    struct err e;
    bool is_good = true;

    for (enum key_kind kind = KEY_RELEASE; kind < KEY_KINDS; kind++)
        is_good &= check_key(path, kind, out);
    if (key_public(path, out->arena, &public_half, &e) != OK) {
        find_fault(out, what_keys, S("Restore keys/release.pub from a backup."), "%s", e.what);
        is_good = false;
    }
    if (is_good)
        find_good(out, what_keys, "all %d keys are there, and their owner alone can read them",
                  (int)KEY_KINDS);
}
