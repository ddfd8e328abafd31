/* One connection to a city's database: SQLite. */
#include "store/db_own.h"

#include "base/arena.h"
#include "store/audit.h"
#include "store/collation.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WAIT_MS = 5000,             /* for another writer */
    APPLICATION_ID = 0x4c594b54 /* "LYKT" in the file's header */
};

static enum status open_file(struct db *db, enum db_mode mode, struct err *e);
static enum status set_up(struct db *db, enum db_mode mode, struct err *e);
static enum status check_application(struct db *db, struct err *e);

enum status db_open(const char *path, enum db_mode mode, struct db **out, struct err *e)
{
    struct arena *a = arena_open();
    struct db *db = arena_new(a, 1, struct db);
    enum status s = OK;

    *db = (struct db){.arena = a, .path = arena_cstr(a, path, strlen(path))};
    s = open_file(db, mode, e);
    if (s == OK)
        s = set_up(db, mode, e);
    if (s == OK && mode != DB_CREATE)
        s = check_application(db, e);
    if (s != OK) {
        db_close(db);
        return s;
    }
    *out = db;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    if (db->turns > 0)
        pthread_mutex_unlock(&db->turn->writer);
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(db->statements[i].prepared);
    sqlite3_close(db->handle);
    arena_close(db->arena);
}

const char *db_path(const struct db *db)
{
    return db->path;
}

/* A folder on a read-only disk cannot hold the write-ahead log's index: its database is then read as it
 * stands. */
static int open_flags(const struct db *db, enum db_mode mode, char *uri, size_t room)
{
    struct stat info;
    char log[4096];

    snprintf(uri, room, "%s", db->path);
    if (mode != DB_READ)
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    snprintf(log, sizeof log, "%s-wal", db->path);
    if (access(db->path, W_OK) != 0 && stat(log, &info) != 0 && !strpbrk(db->path, "?#%"))
        snprintf(uri, room, "file:%s?immutable=1", db->path);
    return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
}

/* Can the file be opened, or made? Nothing but making opens it: closing any descriptor of a database gives up
 * every lock that this process holds on it, and another process that then takes itself for the last one
 * removes the log under our hands. */
static bool is_at_hand(const char *path, enum db_mode mode)
{
    if (mode != DB_CREATE)
        return access(path, mode == DB_READ ? R_OK : R_OK | W_OK) == 0;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd >= 0 && close(fd) == 0;
}

static enum status open_file(struct db *db, enum db_mode mode, struct err *e)
{
    char uri[4200];

    if (!is_at_hand(db->path, mode))
        return err_set(e, errno == ENOENT ? BAD_INPUT : SYSTEM, "%s: cannot be opened: %s", db->path,
                       strerror(errno));
    int flags = open_flags(db, mode, uri, sizeof uri);
    if (sqlite3_open_v2(uri, &db->handle, flags, NULL) != SQLITE_OK)
        return db_fault(db, e);
    return OK;
}

/* What every connection has; the sizes and modes that live in the file are set when it is made. */
static enum status set_up(struct db *db, enum db_mode mode, struct err *e)
{
    static const char made[] = "pragma application_id = 0x4c594b54; pragma journal_mode = wal;";
    static const char each[] =
        "pragma foreign_keys = on; pragma trusted_schema = off; pragma secure_delete = on; "
        "pragma temp_store = memory; pragma synchronous = full; pragma cell_size_check = on;";

    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, WAIT_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(collation_add(db->handle, e));
    if (mode == DB_CREATE)
        TRY(db_script(db, made, e));
    return db_script(db, each, e);
}

static enum status check_application(struct db *db, struct err *e)
{
    static const char sql[] = "pragma application_id";
    struct query q = db_query(db, sql);
    int64_t id = query_next(&q) ? query_int(&q, 0) : 0;

    TRY(query_end(&q, e));
    if (id != APPLICATION_ID)
        return err_set(e, BAD_INPUT, "%s: is a database, but not one that Lykta made", db->path);
    return OK;
}

enum status db_begin(struct db *db, struct err *e)
{
    static const char outer[] = "begin immediate";
    static const char inner[] = "savepoint part";
    db_turn_take(db);
    struct query q = db_query(db, db->depth == 0 ? outer : inner);
    enum status s = query_run(&q, e);
    if (s == OK)
        db->depth++;
    else
        db_turn_give(db);
    return s;
}

/* Undoes what stands inside the transaction under way; what the disk undid by itself is gone already. */
static void undo_inner(struct db *db)
{
    static const char undo[] = "rollback to part";
    static const char forget[] = "release part";
    struct err why;

    if (sqlite3_get_autocommit(db->handle) != 0)
        return;
    struct query q = db_query(db, undo);
    enum status s = query_run(&q, &why);
    q = db_query(db, forget);
    if (query_run(&q, &why) != OK || s != OK)
        die("%s: a change could not be undone: %s", db->path, why.what);
}

static enum status end_inner(struct db *db, enum status s, struct err *e)
{
    static const char keep[] = "release part";

    if (s == OK) {
        struct query q = db_query(db, keep);
        return query_run(&q, e);
    }
    undo_inner(db);
    return s;
}

static enum status end_outer(struct db *db, enum status s, struct err *e)
{
    static const char commit[] = "commit";
    static const char undo[] = "rollback";
    struct err ignored;

    if (s == OK) {
        struct query q = db_query(db, commit);
        s = query_run(&q, e);
    }
    /* A full disk undoes the transaction by itself; then there is nothing left to undo. */
    if (s != OK && sqlite3_get_autocommit(db->handle) == 0) {
        struct query q = db_query(db, undo);
        if (query_run(&q, &ignored) != OK)
            die("%s: a change could not be undone: %s", db->path, ignored.what);
    }
    return s;
}

enum status db_end(struct db *db, enum status s, struct err *e)
{
    db->depth--;
    s = db->depth > 0 ? end_inner(db, s, e) : end_outer(db, s, e);
    db_turn_give(db);
    return s;
}

enum status db_change(struct db *db, struct err *e)
{
    return db_begin(db, e);
}

enum status db_change_end(struct db *db, enum status s, const struct audit_line *line, struct err *e)
{
    if (s == OK)
        s = audit_append(db, line, e);
    return db_end(db, s, e);
}

enum status db_script(struct db *db, const char *sql, struct err *e)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return db_fault(db, e);
    return OK;
}

struct reason {
    int code;
    enum status status;
    const char *sentence;
};

enum status db_fault(const struct db *db, struct err *e)
{
    static const struct reason reasons[] = {
        {SQLITE_BUSY, SYSTEM, "is being written by another process; try again in a moment"},
        {SQLITE_FULL, SYSTEM, "the disk is full; nothing was changed"},
        {SQLITE_IOERR, SYSTEM, "the disk could not be read or written; nothing was changed"},
        {SQLITE_READONLY, SYSTEM, "is read-only; nothing was changed"},
        {SQLITE_PERM, SYSTEM, "may not be opened by this user"},
        {SQLITE_CANTOPEN, SYSTEM, "cannot be opened by this user"},
        {SQLITE_NOTADB, BAD_INPUT, "is not a database that Lykta made"},
        {SQLITE_CORRUPT, BAD_INPUT, "is damaged; restore it from a backup"},
    };
    int code = sqlite3_errcode(db->handle) & 0xff;

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return err_set(e, reasons[i].status, "%s: %s", db->path, reasons[i].sentence);
    return err_set(e, SYSTEM, "%s: %s", db->path, sqlite3_errmsg(db->handle));
}
