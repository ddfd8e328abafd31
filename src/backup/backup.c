/* A city is packed as it is at one moment: its databases, then its other files. */
#include "backup/backup.h"

#include "backup/archive.h"
#include "backup/history.h"
#include "backup/turn.h"
#include "backup/written.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/progress.h"
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

/* Something of the city's folder that was there at the moment of the backup. */
struct found {
    const char *name;
    bool is_folder;
};

/* A backup that is being written. */
struct packing {
    const struct city *city;
    struct db *db; /* writes the audit log */
    const struct progress *progress;
    struct backup_turn turn;
    struct db *texts;    /* lykta.db as it was at the moment */
    struct db *key_file; /* sealed.db at the same moment; NULL: a city that takes no reports yet */
    struct found *found;
    size_t n, room;
    unsigned char key[BACKUP_KEY_BYTES];
    struct sink to;
    struct backup_size size;
    uint64_t entries; /* files and folders */
    struct arena *arena;
};

static enum status find_folder(struct packing *p, const char *name, int depth, struct err *e);

/* Files of a city are never taken away but under temporary names: one that has gone since its folder was read
 * is passed over, and a copy of ours that has gone is a fault. */
enum presence { MAY_BE_GONE, MUST_BE_THERE };

static enum status add_file(struct packing *p, const char *path, const char *name, enum presence presence,
                            struct err *e)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0 && errno == ENOENT && presence == MAY_BE_GONE)
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

static void note_found(struct packing *p, const char *name, bool is_folder)
{
    p->found = arena_grow(p->arena, p->found, p->n + 1, &p->room, sizeof *p->found);
    p->found[p->n++] = (struct found){name, is_folder};
}

static enum status find_any(struct packing *p, const char *name, int depth, struct err *e)
{
    const char *path = city_file(p->city, name, p->arena);
    struct stat info;

    if (lstat(path, &info) != 0)
        return errno == ENOENT ? OK : err_set(e, SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
    if (S_ISDIR(info.st_mode))
        return find_folder(p, name, depth + 1, e);
    if (!S_ISREG(info.st_mode))
        return err_set(e, BAD_INPUT, "%s: is neither a file nor a folder, and a backup holds no more", path);
    note_found(p, name, false);
    return OK;
}

/* All in the city's folder `name`, in the order of their names. */
static enum status find_folder(struct packing *p, const char *name, int depth, struct err *e)
{
    const char *path = city_file(p->city, name, p->arena);
    struct dirent **found = NULL;
    enum status s = OK;

    if (depth > DEPTH_MOST)
        return err_set(e, BAD_INPUT, "%s: lies deeper than %d folders", path, (int)DEPTH_MOST);
    note_found(p, name, true);
    int n = scandir(path, &found, NULL, alphasort);
    if (n < 0)
        return err_set(e, SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
    for (int i = 0; i < n; i++) {
        const char *one = found[i]->d_name;

        if (s == OK && strcmp(one, ".") != 0 && strcmp(one, "..") != 0)
            s = find_any(p, arena_printf(p->arena, "%s/%s", name, one), depth, e);
        free(found[i]);
    }
    free(found);
    return s;
}

/* Both databases are held, and the files found, while nobody can change the city: a report, its keys and a
 * release's files are in the backup together or not at all. */
static enum status hold_all(struct packing *p, struct err *e)
{
    const char *path = city_file(p->city, "sealed.db", p->arena);

    TRY(city_connect(p->city, DB_READ, &p->texts, e));
    TRY(db_hold(p->texts, e));
    if (access(path, F_OK) == 0) {
        TRY(db_open(path, DB_READ, &p->key_file, e));
        TRY(db_hold(p->key_file, e));
    }
    TRY(find_any(p, "lykta.conf", 0, e));
    TRY(find_any(p, "keys", 0, e));
    return find_any(p, "files", 0, e);
}

/* The line in the audit log and the moment are one change: it has the city's one write lock. */
static enum status hold_moment(struct packing *p, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "city.backup"};

    TRY(db_change(p->db, e));
    return db_change_end(p->db, hold_all(p, e), &line, e);
}

static enum status forget_all(struct db *db, struct err *e)
{
    static const char sessions[] = "delete from session";
    static const char links[] = "delete from welcome";
    struct query q = db_query(db, sessions);

    TRY(query_run(&q, e));
    q = db_query(db, links);
    return query_run(&q, e);
}

/* The copy `db` reads, in which nothing is left of what was deleted. Of the city's own: who was signed in
 * then is not when the city comes back, and a link for choosing a password that has been used or withdrawn
 * since does not open again. */
enum copied { CITY_DATABASE, KEY_DATABASE };

static enum status copy_clean(const struct packing *p, struct db *db, const char *copy, enum copied copied,
                              struct err *e)
{
    const char *raw = arena_printf(p->arena, "%s.raw", copy);
    struct db *made = NULL;

    TRY(db_copy(db, raw, p->progress, e));
    enum status s = db_open(raw, DB_WRITE, &made, e);
    if (s == OK && copied == CITY_DATABASE)
        s = forget_all(made, e);
    if (s == OK)
        s = db_write_anew(made, copy, e);
    db_close(made);
    unlink(raw);
    return s;
}

static enum status add_city_database(struct packing *p, struct err *e)
{
    const char *copy = arena_printf(p->arena, "%s/lykta.db", p->turn.copies);

    TRY(copy_clean(p, p->texts, copy, CITY_DATABASE, e));
    return add_file(p, copy, "lykta.db", MUST_BE_THERE, e);
}

static enum status add_key_database(struct packing *p, struct err *e)
{
    const char *copy = arena_printf(p->arena, "%s/sealed.db", p->turn.copies);

    if (!p->key_file)
        return OK;
    TRY(copy_clean(p, p->key_file, copy, KEY_DATABASE, e));
    return add_file(p, copy, "sealed.db", MUST_BE_THERE, e);
}

static enum status add_found(struct packing *p, const struct found *one, struct err *e)
{
    if (progress_should_stop(p->progress))
        return err_set(e, SYSTEM, "stopped; nothing was written");
    if (!one->is_folder)
        return add_file(p, city_file(p->city, one->name, p->arena), one->name, MAY_BE_GONE, e);
    p->entries++;
    return archive_put_folder(&p->to, str_of(one->name), e);
}

static enum status add_all(struct packing *p, struct err *e)
{
    TRY(add_key_database(p, e));
    TRY(add_city_database(p, e));
    for (size_t i = 0; i < p->n; i++)
        TRY(add_found(p, &p->found[i], e));
    return archive_put_end(&p->to, p->entries, e);
}

/* The stream's own key is in the arena of its writer. */
static enum status pack(struct packing *p, const struct sink *file, struct err *e)
{
    struct arena *secret = arena_open_secret();
    struct sealed_writer *sealed = NULL;

    enum status s = sealed_writer_open(&sealed, p->key, file, secret, e);
    if (s == OK) {
        p->to = sealed_sink(sealed);
        s = folder_make(p->turn.copies, 0700, e);
    }
    if (s == OK)
        s = add_all(p, e);
    folder_remove(p->turn.copies);
    if (s == OK)
        s = sealed_writer_close(sealed, e);
    arena_close(secret);
    return s;
}

static enum status write_file(struct packing *p, const char *path, struct err *e)
{
    struct file_out *file = NULL;
    struct written written;

    TRY(backup_turn_note(&p->turn, file_temporary(path, p->arena), e));
    TRY(file_begin(&file, path, 0600, p->arena, e));
    struct sink disk = file_sink(file);
    written_open(&written, &disk);
    struct sink to = written_sink(&written);
    enum status s = pack(p, &to, e);
    if (s == OK)
        s = file_commit(file, e);
    file_abandon(file);
    TRY(s);
    s = written_check(&written, path, e);
    if (s != OK)
        unlink(path);
    return s;
}

/* A backup in the city's folder would be in the next one, and be lost with the city. */
static bool lies_in_city(const struct city *city, const char *path, struct arena *a)
{
    const char *slash = strrchr(path, '/');
    const char *folder = !slash ? "." : arena_cstr(a, path, slash == path ? 1 : (size_t)(slash - path));
    char *home = realpath(city->path, NULL);
    char *real = realpath(folder, NULL);
    size_t n = home ? strlen(home) : 0;
    bool lies = home && real && strncmp(real, home, n) == 0 && (real[n] == '/' || real[n] == '\0');

    free(home);
    free(real);
    return lies;
}

static enum status check_place(const struct city *city, const char *path, struct arena *a, struct err *e)
{
    struct stat info;

    if (lstat(path, &info) == 0) /* a link that leads nowhere is there, too */
        return err_set(e, BAD_INPUT, "%s: is there already", path);
    if (lies_in_city(city, path, a))
        return err_set(e, BAD_INPUT, "%s: lies in the city's own folder; keep backups on another disk", path);
    return OK;
}

static enum status write_city(struct packing *p, const char *path, const struct who *who, struct err *e)
{
    TRY(check_place(p->city, path, p->arena, e));
    TRY(backup_key_of(p->city, p->key, e));
    enum status s = hold_moment(p, who, e);
    if (s == OK)
        s = write_file(p, path, e);
    db_close(p->texts);
    db_close(p->key_file);
    return s == OK ? backup_note_done(p->db, who, path, e) : s;
}

enum status backup_write(const struct city *city, struct db *db, const char *path, const struct who *who,
                         const struct progress *progress, struct backup_size *out, struct err *e)
{
    struct arena *a = arena_open();
    struct packing p = {.city = city, .db = db, .progress = progress, .arena = a};

    enum status s = backup_turn_take(city, a, &p.turn, e);
    if (s == OK)
        s = write_city(&p, path, who, e);
    *out = p.size;
    backup_turn_end(&p.turn);
    arena_close(a);
    return s;
}

enum status backup_clear_remains(const struct city *city, struct err *e)
{
    struct arena *a = arena_open();
    struct backup_turn turn;
    enum status s = backup_turn_take(city, a, &turn, e);

    backup_turn_end(&turn);
    arena_close(a);
    return turn.is_busy ? OK : s;
}
