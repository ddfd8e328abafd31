/* What a connection is made of: for the files of db.h alone. */
#ifndef LYKTA_STORE_DB_OWN_H
#define LYKTA_STORE_DB_OWN_H

#include "store/db.h"

#include <pthread.h>
#include <sqlite3.h>

enum { STATEMENTS = 512 /* literals with SQL in the program, at most; a power of two */ };

/* A prepared statement and the literal it came from. One literal may have several, when a query is open
 * inside itself.
 */
struct statement {
    const char *sql;
    sqlite3_stmt *prepared;
    bool is_busy;
};

struct db_turn {
    pthread_mutex_t writer;  /* held by the one who writes */
    pthread_mutex_t lock;    /* over what follows; taken after writer, or alone */
    pthread_cond_t has_kept; /* the disk: something more */
    uint64_t written, kept;  /* changes that are committed, and those of them that the disk keeps */
    bool is_keeping;         /* somebody waits for the disk, for all */
};

struct db {
    struct arena *arena;
    const char *path;
    sqlite3 *handle;
    int depth;            /* transactions that stand inside each other */
    struct db_turn *turn; /* NULL: nobody else in this process writes */
    int turns;            /* how often it has been taken and not given back: more than once inside itself */
    int64_t changed_rows; /* through this connection, up to the turn before */
    struct statement statements[STATEMENTS];
};

/* Writing is done in turn: each turn that is taken is given back, by the same thread. */
void db_turn_take(struct db *db);
void db_turn_give(struct db *db);

/* The library's outcome as a sentence that says what to do. */
enum status db_fault(const struct db *db, struct err *e);

#endif
