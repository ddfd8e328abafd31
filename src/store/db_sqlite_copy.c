/* A database as it was at one moment, copied while others go on writing: SQLite's online backup
 * (https://sqlite.org/backup.html) over a read transaction of ours, so that it never begins anew. */
#include "base/progress.h"
#include "store/db_sqlite.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { STEP_PAGES = 4096 /* between two looks whether to stop */ };

enum status sqlite_hold(struct db *db, struct err *e)
{
    static const char begin[] = "begin";
    static const char look[] =
        "select count(*) from sqlite_schema"; /* the moment is that of the first read */
    struct query q = db_query(db, begin);

    TRY(query_run(&q, e));
    q = db_query(db, look);
    return query_run(&q, e);
}

/* SQLite fills an empty file that is there: so its mode is ours, whatever the process's mask says. */
static enum status make_empty(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return err_set(e, SYSTEM, "%s: cannot be written: %s", path, strerror(errno));
    close(fd);
    return OK;
}

static enum status copy_pages(struct db *db, sqlite3 *to, const char *path, const struct progress *progress,
                              struct err *e)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", db->handle.lite, "main");
    int rc = SQLITE_OK;

    if (!backup)
        return err_set(e, SYSTEM, "%s: cannot be copied: %s", db->path, sqlite3_errmsg(to));
    while (rc == SQLITE_OK && !progress_should_stop(progress))
        rc = sqlite3_backup_step(backup, STEP_PAGES);
    sqlite3_backup_finish(backup);
    if (rc == SQLITE_DONE)
        return OK;
    if (rc == SQLITE_OK)
        return err_set(e, SYSTEM, "stopped; nothing was written");
    if ((rc & 0xff) == SQLITE_FULL)
        return err_set(e, SYSTEM, "%s: the disk is full", path);
    return err_set(e, SYSTEM, "%s: cannot be copied: %s", db->path, sqlite3_errstr(rc));
}

enum status sqlite_copy(struct db *db, const char *path, const struct progress *progress, struct err *e)
{
    static const char quick[] = "pragma journal_mode = off; pragma synchronous = off";
    sqlite3 *to = NULL;

    TRY(make_empty(path, e));
    enum status s = OK;
    if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        sqlite3_exec(to, quick, NULL, NULL, NULL) != SQLITE_OK)
        s = err_set(e, SYSTEM, "%s: cannot be written: %s", path, to ? sqlite3_errmsg(to) : "no memory");
    if (s == OK)
        s = copy_pages(db, to, path, progress, e);
    sqlite3_close(to);
    return s;
}

/* What is written anew has forgotten that the database keeps a write-ahead log. */
static enum status keep_log(const char *path, struct err *e)
{
    sqlite3 *to = NULL;
    bool is_kept =
        sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
        sqlite3_exec(to, "pragma journal_mode = wal", NULL, NULL, NULL) == SQLITE_OK;

    if (!is_kept)
        err_set(e, SYSTEM, "%s: cannot be written: %s", path, to ? sqlite3_errmsg(to) : "no memory");
    sqlite3_close(to);
    return is_kept ? OK : SYSTEM;
}

enum status db_write_anew(struct db *db, const char *path, struct err *e)
{
    static const char sql[] = "vacuum into $1";
    struct query q = db_query(db, sql);

    assert(db->engine == &engine_sqlite);
    TRY(make_empty(path, e));
    bind_str(&q, 1, str_of(path));
    TRY(query_run(&q, e));
    return keep_log(path, e);
}
