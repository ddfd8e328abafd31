/* A backup is unpacked into a new folder. */
#include "backup/archive.h"
#include "backup/backup.h"
#include "base/arena.h"
#include "base/file.h"
#include "link/sealed.h"
#include "store/config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes the folders on the way to `path`, below the first `root` bytes of it. */
static enum status make_folders(char *path, size_t root, struct err *e)
{
    for (char *at = path + root + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        enum status s = access(path, F_OK) == 0 ? OK : folder_make(path, 0700, e);
        *at = '/';
        TRY(s);
    }
    return OK;
}

static enum status put_file(const struct source *from, const struct archive_entry *entry, const char *folder,
                            struct arena *a, struct err *e)
{
    char *path = arena_printf(a, "%s/%s", folder, entry->name);
    struct file_out *file = NULL;

    if (access(path, F_OK) == 0)
        return err_set(e, BAD_INPUT, "%s: holds \"%s\" twice", from->name, entry->name);
    TRY(make_folders(path, strlen(folder), e));
    TRY(file_begin(&file, path, 0600, a, e));
    struct sink to = file_sink(file);
    enum status s = archive_move(from, entry->size, &to, e);
    if (s == OK)
        s = file_commit(file, e);
    file_abandon(file);
    return s;
}

/* Nothing may follow the end: only there has the last piece been proved. */
static enum status check_end(const struct source *from, const struct archive_entry *end, uint64_t entries,
                             struct err *e)
{
    char more;
    size_t got = 0;

    TRY(source_fill(from, &more, 1, &got, e));
    if (got != 0)
        return err_set(e, BAD_INPUT, "%s: goes on after its end", from->name);
    if (end->size != entries)
        return err_set(e, BAD_INPUT, "%s: holds another number of files than it says", from->name);
    return OK;
}

/* A city is its databases, its settings, keys/ and files/: nothing else is put beside them, whoever sealed
 * it.
 */
static bool belongs_in_city(const struct archive_entry *entry)
{
    struct str name = str_of(entry->name);

    if (str_starts(name, S("keys/")) || str_starts(name, S("files/")))
        return true;
    if (entry->kind == ARCHIVE_FOLDER)
        return str_is(name, "keys") || str_is(name, "files");
    return str_is(name, "lykta.db") || str_is(name, "sealed.db") || str_is(name, "lykta.conf");
}

static enum status put(const struct source *from, const struct archive_entry *entry, const char *folder,
                       struct arena *a, struct err *e)
{
    if (!belongs_in_city(entry))
        return err_set(e, BAD_INPUT, "%s: holds \"%.60s\", which is no part of a city", from->name,
                       entry->name);
    if (entry->kind == ARCHIVE_FILE)
        return put_file(from, entry, folder, a, e);
    char *path = arena_printf(a, "%s/%s/", folder, entry->name);
    return make_folders(path, strlen(folder), e);
}

static enum status unpack(const struct source *from, const char *folder, struct backup_size *size,
                          struct err *e)
{
    for (uint64_t entries = 0;; entries++) {
        struct arena *a = arena_open();
        struct archive_entry entry;

        enum status s = archive_next(from, &entry, e);
        if (s == OK && entry.kind != ARCHIVE_END)
            s = put(from, &entry, folder, a, e);
        arena_close(a);
        TRY(s);
        if (entry.kind == ARCHIVE_END)
            return check_end(from, &entry, entries, e);
        size->files += entry.kind == ARCHIVE_FILE;
        size->bytes += entry.size;
    }
}

/* What comes out of a backup is a city by itself: its database is lykta.db, also when the one that was backed
 * up had it in a server, and must never take that for its own. */
static enum status leave_server(const char *folder, struct arena *a, struct err *e)
{
    const char *name = arena_printf(a, "%s/lykta.conf", folder);
    struct str conf;

    if (access(name, F_OK) != 0)
        return OK;
    TRY(file_read(name, CONFIG_MAX_BYTES, a, &conf, e));
    return file_write(name, config_with_database(conf, S(""), a), 0600, e);
}

/* A pipe or a device is no backup, and opening one must not wait for somebody to write to it. */
static enum status open_backup(const char *path, int *fd, struct err *e)
{
    struct stat info;

    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0 || fstat(*fd, &info) != 0)
        return err_set(e, BAD_INPUT, "%s: cannot be read: %s", path, strerror(errno));
    return S_ISREG(info.st_mode) ? OK : err_set(e, BAD_INPUT, "%s: is not a file", path);
}

enum status backup_unpack(const char *path, const struct backup_key *key, const char *folder,
                          struct backup_size *out, struct err *e)
{
    struct arena *a = arena_open_secret(); /* the reader holds the key of the stream */
    struct sealed_reader *sealed = NULL;
    struct descriptor d = {-1, path};
    struct source file = source_of_descriptor(&d);

    *out = (struct backup_size){0};
    enum status s = open_backup(path, &d.fd, e);
    if (s == OK)
        s = sealed_reader_open(&sealed, key->public_half, key->secret_half, &file, a, e);
    if (s == OK)
        s = folder_make(folder, 0700, e);
    if (s == OK) {
        struct source from = sealed_source(sealed);
        s = unpack(&from, folder, out, e);
    }
    if (s == OK)
        s = leave_server(folder, a, e);
    if (d.fd >= 0)
        close(d.fd);
    arena_close(a);
    return s;
}
