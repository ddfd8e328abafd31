/* Writing in turn. */
#include "store/db_turn.h"

#include "base/arena.h"
#include "store/db_own.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

struct db_turn *db_turn_open(struct arena *a)
{
    struct db_turn *turn = arena_new(a, 1, struct db_turn);

    *turn = (struct db_turn){.shared = -1,
                             .writer = PTHREAD_MUTEX_INITIALIZER,
                             .lock = PTHREAD_MUTEX_INITIALIZER,
                             .has_kept = PTHREAD_COND_INITIALIZER};
    return turn;
}

void db_turn_close(struct db_turn *turn)
{
    pthread_cond_destroy(&turn->has_kept);
    pthread_mutex_destroy(&turn->lock);
    pthread_mutex_destroy(&turn->writer);
}

void db_turn_share(struct db_turn *turn, int fd, int64_t byte)
{
    turn->shared = fd;
    turn->byte = byte;
}

/* F_WRLCK waits for the other processes, F_UNLCK lets them. */
static void lock_shared(const struct db_turn *turn, short kind)
{
    struct flock range = {.l_type = kind, .l_whence = SEEK_SET, .l_start = turn->byte, .l_len = 1};

    if (turn->shared < 0)
        return;
    while (fcntl(turn->shared, F_OFD_SETLKW, &range) != 0)
        if (errno != EINTR)
            die("the turn to write cannot be taken: %s", strerror(errno));
}

enum status db_in_turn(struct db *db, struct db_turn *turn, struct err *e)
{
    /* A commit then leaves the disk to us; a checkpoint still waits for it by itself. */
    static const char sql[] = "pragma synchronous = normal";

    if (db->engine != &engine_sqlite)
        return OK; /* a server lets them wait for each other and for the disk */
    TRY(db_script_plain(db, sql, e));
    db->turn = turn;
    db->changed_rows = sqlite3_total_changes64(db->handle.lite);
    return OK;
}

/* Makes the disk keep the write-ahead log. */
static void keep_log(const struct db *db)
{
    sqlite3_file *log = NULL;

    if (sqlite3_file_control(db->handle.lite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK ||
        !log)
        die("%s: has no log to keep", db->path);
    if (log->pMethods && log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) != SQLITE_OK)
        give_up("%s: the disk could not keep what was written", db->path);
}

/* Returns when the first `n` changes are kept: by somebody else's waiting, or by our own. */
static void wait_for_disk(const struct db *db, uint64_t n)
{
    struct db_turn *turn = db->turn;

    pthread_mutex_lock(&turn->lock);
    while (turn->kept < n) {
        if (turn->is_keeping) {
            pthread_cond_wait(&turn->has_kept, &turn->lock);
            continue;
        }
        uint64_t all = turn->written;
        turn->is_keeping = true;
        pthread_mutex_unlock(&turn->lock);
        keep_log(db);
        pthread_mutex_lock(&turn->lock);
        turn->is_keeping = false;
        turn->kept = all;
        pthread_cond_broadcast(&turn->has_kept);
    }
    pthread_mutex_unlock(&turn->lock);
}

/* Counts what has been committed since the turn was taken, if anything was: how many changes that makes in
 * all. */
static uint64_t note_written(struct db *db)
{
    int64_t rows = sqlite3_total_changes64(db->handle.lite);

    pthread_mutex_lock(&db->turn->lock);
    db->turn->written += rows != db->changed_rows;
    uint64_t all = db->turn->written;
    pthread_mutex_unlock(&db->turn->lock);
    db->changed_rows = rows;
    return all;
}

/* SQLite counts rows also where their change was undone. */
void db_turn_undone(struct db *db)
{
    if (db->turn)
        db->changed_rows = sqlite3_total_changes64(db->handle.lite);
}

void db_turn_take(struct db *db)
{
    if (!db->turn || db->turns++ > 0)
        return;
    pthread_mutex_lock(&db->turn->writer);
    lock_shared(db->turn, F_WRLCK);
}

void db_turn_give(struct db *db)
{
    if (!db->turn || --db->turns > 0)
        return;
    uint64_t all = note_written(db);
    lock_shared(db->turn, F_UNLCK);
    pthread_mutex_unlock(&db->turn->writer);
    wait_for_disk(db, all);
}
