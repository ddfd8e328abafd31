/* Which files are left, by Landlock: https://docs.kernel.org/userspace-api/landlock.html */
#include "walls/walls.h"

#include "walls/sanitizer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The rights of the first version, which every kernel with Landlock has. Moving a file to another folder is
 * not among them, and is refused by all. */
enum {
    READ_FILE = LANDLOCK_ACCESS_FS_READ_FILE,
    READ_FOLDER = READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    WRITE_FILE = READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
    WRITE_FOLDER = READ_FOLDER | WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK,
    HANDLED = WRITE_FOLDER | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
              LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM
};

/* Rights that are for folders are refused on a file. */
static const struct {
    uint64_t folder, file;
} rights[] = {
    [WALLS_READ] = {READ_FOLDER, READ_FILE},
    [WALLS_RUN] = {READ_FOLDER | LANDLOCK_ACCESS_FS_EXECUTE, READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE},
    [WALLS_WRITE] = {WRITE_FOLDER, WRITE_FILE},
};

static bool add_rule(int rules, int place, uint64_t allowed)
{
    const struct landlock_path_beneath_attr rule = {.allowed_access = allowed, .parent_fd = place};

    return syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

static bool let(int rules, const struct walls_place *p)
{
    int place = open(p->path, O_PATH | O_CLOEXEC);

    if (place < 0)
        return errno == ENOENT || errno == EACCES || errno == ENOTDIR;
    bool is_let =
        add_rule(rules, place, rights[p->use].folder) || add_rule(rules, place, rights[p->use].file);
    close(place);
    return is_let;
}

bool walls_guard_files(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

/* The kernel is without it, or has it switched off; or a container's filter of calls keeps it from us, as
 * that of systemd-nspawn 252 does: the call itself knows no EPERM (landlock_create_ruleset(2)). */
static bool is_not_to_be_had(int why)
{
    return why == ENOSYS || why == EOPNOTSUPP || why == EPERM;
}

enum status walls_files(const struct walls_place *places, size_t n, struct err *e)
{
    const struct landlock_ruleset_attr handled = {.handled_access_fs = HANDLED};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);

    if (rules < 0 && is_not_to_be_had(errno))
        return OK;
    bool is_guarded = rules >= 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    for (size_t i = 0; is_guarded && i < n; i++)
        is_guarded = let(rules, &places[i]);
    if (is_guarded && HAS_SANITIZER)
        is_guarded = let(rules, &(struct walls_place){"/proc", WALLS_READ});
    is_guarded = is_guarded && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    int why = errno;
    if (rules >= 0)
        close(rules);
    return is_guarded ? OK : err_set(e, SYSTEM, "files cannot be guarded: %s", strerror(why));
}
