/* A city is packed: its databases as they are at a moment, then its other files. */
#include "backup/backup.h"

#include "backup/archive.h"
#include "base/arena.h"
#include "base/file.h"
#include "link/sealed.h"
#include "store/city.h"
#include "store/db.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MOST = 16 };

/* A backup that is being written. */
struct packing {
    const struct city *city;
    const char *copies; /* the folder of the databases' copies, inside the city's */
    struct sink to;
    struct backup_size size;
    uint64_t entries; /* files and folders */
    struct arena *arena;
};

static enum status add_folder(struct packing *p, const char *name, int depth, struct err *e);

/* Adds the file at `path` as `name`. One that has gone since its folder was read is passed over: files of a
 * city are never taken away but under temporary names. */
static enum status add_file(struct packing *p, const char *path, const char *name, struct err *e)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0 && errno == ENOENT)
        return OK;
    if (fd < 0 || fstat(fd, &info) != 0) {
        int why = errno;
        if (fd >= 0)
            close(fd);
        return err_set(e, SYSTEM, "%s: cannot be read: %s", path, strerror(why));
    }
    struct descriptor d = {fd, path};
    struct source from = source_of_descriptor(&d);
    enum status s = archive_put(&p->to, str_of(name), (uint64_t)info.st_size, e);
    if (s == OK)
        s = archive_move(&from, (uint64_t)info.st_size, &p->to, e);
    close(fd);
    p->entries++;
    p->size.files++;
    p->size.bytes += (uint64_t)info.st_size;
    return s;
}

static enum status add_any(struct packing *p, const char *name, int depth, struct err *e)
{
    const char *path = city_file(p->city, name, p->arena);
    struct stat info;

    if (lstat(path, &info) != 0)
        return errno == ENOENT ? OK : err_set(e, SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
    if (S_ISDIR(info.st_mode))
        return add_folder(p, name, depth + 1, e);
    if (!S_ISREG(info.st_mode))
        return err_set(e, BAD_INPUT, "%s: is neither a file nor a folder, and a backup holds no more", path);
    return add_file(p, path, name, e);
}

/* All in the city's folder `name`, in the order of their names. */
static enum status add_folder(struct packing *p, const char *name, int depth, struct err *e)
{
    const char *path = city_file(p->city, name, p->arena);
    struct dirent **found = NULL;
    enum status s = OK;

    if (depth > DEPTH_MOST)
        return err_set(e, BAD_INPUT, "%s: lies deeper than %d folders", path, (int)DEPTH_MOST);
    TRY(archive_put_folder(&p->to, str_of(name), e));
    p->entries++;
    int n = scandir(path, &found, NULL, alphasort);
    if (n < 0)
        return err_set(e, SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
    for (int i = 0; i < n; i++) {
        const char *one = found[i]->d_name;

        if (s == OK && strcmp(one, ".") != 0 && strcmp(one, "..") != 0)
            s = add_any(p, arena_printf(p->arena, "%s/%s", name, one), depth, e);
        free(found[i]);
    }
    free(found);
    return s;
}

static enum status copy_database(struct db *from, const char *to, struct err *e)
{
    static const char sql[] = "vacuum into $1";
    struct query q = db_query(from, sql);

    bind_str(&q, 1, str_of(to));
    return query_run(&q, e);
}

/* Who was signed in then is not when the city comes back. */
static enum status forget_sessions(const char *copy, struct err *e)
{
    static const char sql[] = "delete from session";
    struct db *db = NULL;

    enum status s = db_open(copy, DB_WRITE, &db, e);
    if (s == OK) {
        struct query q = db_query(db, sql);
        s = query_run(&q, e);
    }
    db_close(db);
    return s;
}

static enum status add_city_database(struct packing *p, struct err *e)
{
    const char *copy = arena_printf(p->arena, "%s/lykta.db", p->copies);

    TRY(copy_database(p->city->db, copy, e));
    TRY(forget_sessions(copy, e));
    return add_file(p, copy, "lykta.db", e);
}

static enum status add_key_database(struct packing *p, struct err *e)
{
    const char *path = city_file(p->city, "sealed.db", p->arena);
    const char *copy = arena_printf(p->arena, "%s/sealed.db", p->copies);
    struct db *db = NULL;

    if (access(path, F_OK) != 0)
        return OK; /* a city that takes no reports yet */
    enum status s = db_open(path, DB_WRITE, &db, e);
    if (s == OK)
        s = copy_database(db, copy, e);
    db_close(db);
    return s == OK ? add_file(p, copy, "sealed.db", e) : s;
}

/* The key file first: what is sealed to keys that came later is then not there yet, and what the city's
 * database names is in files/. */
static enum status add_all(struct packing *p, struct err *e)
{
    TRY(add_key_database(p, e));
    TRY(add_city_database(p, e));
    TRY(add_any(p, "lykta.conf", 0, e));
    TRY(add_any(p, "keys", 0, e));
    TRY(add_any(p, "files", 0, e));
    return archive_put_end(&p->to, p->entries, e);
}

static enum status pack(struct packing *p, const struct sink *file, struct err *e)
{
    unsigned char key[BACKUP_KEY_BYTES];
    struct sealed_writer *sealed = NULL;

    TRY(backup_key_of(p->city, key, e));
    TRY(sealed_writer_open(&sealed, key, file, p->arena, e));
    p->to = sealed_sink(sealed);
    enum status s = folder_make(p->copies, 0700, e);
    if (s == OK)
        s = add_all(p, e);
    folder_remove(p->copies);
    return s == OK ? sealed_writer_close(sealed, e) : s;
}

static enum status note(struct city *city, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "city.backup"};

    TRY(db_change(city->db, e));
    return db_change_end(city->db, OK, &line, e);
}

static enum status write_city(struct city *city, const char *path, const struct who *who, struct arena *a,
                              struct backup_size *out, struct err *e)
{
    const char *copies = arena_printf(a, "backup.%ld.tmp", (long)getpid());
    struct packing p = {.city = city, .copies = city_file(city, copies, a), .arena = a};
    struct file_out *file = NULL;

    if (access(path, F_OK) == 0)
        return err_set(e, BAD_INPUT, "%s: is there already", path);
    TRY(note(city, who, e));
    TRY(file_begin(&file, path, 0600, a, e));
    struct sink to = file_sink(file);
    enum status s = pack(&p, &to, e);
    if (s == OK)
        s = file_commit(file, e);
    file_abandon(file);
    *out = p.size;
    return s;
}

enum status backup_write(struct city *city, const char *path, const struct who *who, struct backup_size *out,
                         struct err *e)
{
    struct arena *a = arena_open();
    enum status s = write_city(city, path, who, a, out, e);

    arena_close(a);
    return s;
}
