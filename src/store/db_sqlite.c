/* SQLite: the database is a file in the city's folder. */
#include "store/db_sqlite.h"
#include "store/collation.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x4c594b54 /* "LYKT" in the file's header */ };

static enum status open_file(struct db *db, enum db_mode mode, struct err *e);
static enum status set_up(struct db *db, enum db_mode mode, struct err *e);
static enum status check_application(struct db *db, struct err *e);

static enum status open_database(struct db *db, enum db_mode mode, struct err *e)
{
    TRY(open_file(db, mode, e));
    TRY(set_up(db, mode, e));
    return mode == DB_CREATE ? OK : check_application(db, e);
}

static enum status bound_cache(struct db *db, struct err *e)
{
    static const char sql[] = "pragma cache_size = -256"; /* in units of 1024 bytes */

    return db_script_plain(db, sql, e);
}

static void close_database(struct db *db)
{
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(db->statements[i].prepared.lite);
    sqlite3_close(db->handle.lite);
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
    db->is_made = mode == DB_CREATE;
    int flags = open_flags(db, mode, uri, sizeof uri);
    if (sqlite3_open_v2(uri, &db->handle.lite, flags, NULL) != SQLITE_OK)
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

    sqlite3_extended_result_codes(db->handle.lite, 1);
    sqlite3_busy_timeout(db->handle.lite, WAIT_MS);
    sqlite3_db_config(db->handle.lite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(collation_add(db->handle.lite, e));
    if (mode == DB_CREATE)
        TRY(db_script_plain(db, made, e));
    return db_script_plain(db, each, e);
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

static enum status run(struct db *db, const char *sql, struct err *e)
{
    struct query q = db_query(db, sql);

    return query_run(&q, e);
}

static enum status begin(struct db *db, bool is_part, struct err *e)
{
    static const char outer[] = "begin immediate";
    static const char part[] = "savepoint part";

    return run(db, is_part ? part : outer, e);
}

static enum status keep(struct db *db, bool is_part, struct err *e)
{
    static const char outer[] = "commit";
    static const char part[] = "release part";

    return run(db, is_part ? part : outer, e);
}

/* A full disk undoes the transaction by itself; then there is nothing left to undo. */
static enum status undo(struct db *db, bool is_part, struct err *e)
{
    static const char outer[] = "rollback";
    static const char part[] = "rollback to part";
    static const char forget[] = "release part";

    if (sqlite3_get_autocommit(db->handle.lite) != 0)
        return OK;
    if (!is_part)
        return run(db, outer, e);
    TRY(run(db, part, e));
    return run(db, forget, e);
}

static enum status script(struct db *db, const char *sql, struct err *e)
{
    if (sqlite3_exec(db->handle.lite, sql, NULL, NULL, NULL) != SQLITE_OK)
        return db_fault(db, e);
    return OK;
}

static void discard(const char *path)
{
    unlink(path);
}

/* A number that a row of {id} gets is higher than all there are. */
static enum status settle(struct db *db, struct err *e)
{
    (void)db;
    (void)e;
    return OK;
}

static enum status analyze(struct db *db, const char *table, struct err *e)
{
    (void)db;
    (void)table;
    (void)e;
    return OK;
}

struct reason {
    int code;
    enum status status;
    const char *sentence;
};

/* Whoever reads a file reads it again: that is no way to anywhere. */
static enum status tell(struct db *db, struct err *e)
{
    (void)db;
    (void)e;
    return OK;
}

static bool has_news(struct db *db)
{
    (void)db;
    return true;
}

static enum status fault(const struct db *db, struct err *e)
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
    int code = sqlite3_errcode(db->handle.lite) & 0xff;

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return err_set(e, reasons[i].status, "%s: %s", db->path, reasons[i].sentence);
    return err_set(e, SYSTEM, "%s: %s", db->path, sqlite3_errmsg(db->handle.lite));
}

static const struct spelling spellings[] = {
    SPELLED("{id}", "integer primary key"),
    SPELLED("{int}", "integer"),
    SPELLED("{real}", "real"),
    SPELLED("{text}", "text"),
    SPELLED("{blob}", "blob"),
    SPELLED("{strict}", "strict"),
    {{NULL, 0}, {NULL, 0}},
};

const struct engine engine_sqlite = {
    .open = open_database,
    .bound_cache = bound_cache,
    .close = close_database,
    .discard = discard,
    .prepare = sqlite_prepare,
    .bind_int = sqlite_bind_int,
    .bind_real = sqlite_bind_real,
    .bind_str = sqlite_bind_str,
    .bind_blob = sqlite_bind_blob,
    .bind_null = sqlite_bind_null,
    .bind_day = sqlite_bind_day,
    .step = sqlite_step,
    .send = sqlite_send,
    .reset = sqlite_reset,
    .is_null = sqlite_is_null,
    .get_int = sqlite_int,
    .get_real = sqlite_real,
    .get_str = sqlite_str,
    .get_blob = sqlite_blob,
    .begin = begin,
    .keep = keep,
    .undo = undo,
    .script = script,
    .checkpoint = sqlite_checkpoint,
    .scrub = sqlite_scrub,
    .analyze = analyze,
    .hold = sqlite_hold,
    .tell = tell,
    .has_news = has_news,
    .copy = sqlite_copy,
    .check = sqlite_check,
    .fault = fault,
    .spellings = spellings,
    .columns = "select m.name, c.name, lower(c.type) from sqlite_schema m join pragma_table_info(m.name) c "
               "where m.type = 'table' and m.name not like 'sqlite%' order by 1, 2",
    .references = "select distinct m.name, f.\"table\" from sqlite_schema m join "
                  "pragma_foreign_key_list(m.name) f where m.type = 'table'",
    .clock = "select unixepoch()",
    .settle = settle,
};
