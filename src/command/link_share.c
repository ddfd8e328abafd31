/* One linkage by several processes, and what they have compared kept in a folder. */
#include "command/link_share.h"

#include "base/arena.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status combine(void *context, void *bytes, size_t n, struct err *e)
{
    const struct link_share *x = context;

    return ranks_combine(&x->ranks, bytes, n, e);
}

enum status link_share_begin(struct link_share *x, struct err *e)
{
    *x = (struct link_share){0};
    TRY(ranks_begin(&x->ranks, e));
    x->portions =
        (struct portions){.rank = x->ranks.rank, .size = x->ranks.size, .context = x, .combine = combine};
    return OK;
}

static enum status find(void *context, const char *name, struct arena *a, struct str *out, struct err *e)
{
    const struct link_share *x = context;
    const char *path = arena_printf(a, "%s/%s", x->folder, name);

    if (access(path, F_OK) != 0)
        return OK;
    return file_read(path, INT_MAX, a, out, e);
}

static enum status keep(void *context, const char *name, struct str bytes, struct err *e)
{
    const struct link_share *x = context;
    struct arena *a = arena_open();
    enum status s = file_write(arena_printf(a, "%s/%s", x->folder, name), bytes, 0600, e);

    arena_close(a);
    return s;
}

static bool is_portion(const char *name)
{
    return strncmp(name, "count-", 6) == 0 || strncmp(name, "pairs-", 6) == 0 ||
           strncmp(name, "both-", 5) == 0;
}

/* How many portions are in the folder; removes them when asked to, with what a process that was killed left
 * under a temporary name. */
static size_t count_portions(const char *folder, int (*remove_at)(int folder, const char *name, int flags))
{
    DIR *dir = opendir(folder);
    size_t n = 0;

    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (is_portion(entry->d_name)) {
            n += strchr(entry->d_name, '.') == NULL;
            if (remove_at && remove_at(dirfd(dir), entry->d_name, 0) != 0)
                break;
        }
    if (dir)
        closedir(dir);
    return n;
}

enum status link_share_keep(struct link_share *x, const char *folder, struct err *e)
{
    if (!folder)
        return OK;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return err_set(e, BAD_INPUT, "%s: the folder cannot be made: %s", folder, strerror(errno));
    size_t n = count_portions(folder, NULL);
    if (n > 0 && x->ranks.rank == 0)
        fprintf(stderr, "lykta: %s holds %zu portions that were compared before: going on from there\n",
                folder, n);
    x->folder = folder;
    x->portions.find = find;
    x->portions.keep = keep;
    return OK;
}

void link_share_clear(const struct link_share *x)
{
    if (!x->folder)
        return;
    count_portions(x->folder, unlinkat);
    if (rmdir(x->folder) != 0)
        fprintf(stderr, "lykta: %s was not removed: %s\n", x->folder, strerror(errno));
}

enum status link_share_end(const struct link_share *x, enum status s, const struct err *e)
{
    ranks_end(&x->ranks, s, e);
    return s == REFUSED && x->ranks.rank > 0 ? OK : s;
}
