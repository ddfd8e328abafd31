/* What a connection is made of, and what a database engine does for it: for the files of db.h alone. */
#ifndef LYKTA_STORE_DB_OWN_H
#define LYKTA_STORE_DB_OWN_H

#include "store/db.h"

#include <pthread.h>
#include <sqlite3.h>

enum {
    STATEMENTS = 512, /* literals with SQL in the program, at most; a power of two */
    WAIT_MS = 5000    /* for another writer */
};

struct server;           /* a connection to PostgreSQL: db_postgres.h */
struct server_statement; /* what it is asked, and has answered */

/* A prepared statement and the literal it came from. One literal may have several, when a query is open
 * inside itself. */
struct statement {
    const char *sql; /* NULL: the slot is free */
    union {
        sqlite3_stmt *lite;
        struct server_statement *server;
    } prepared;
    bool is_writing;
    bool is_busy;
};

enum step { STEP_ROW, STEP_END, STEP_FAULT };

/* What a word of a block of tables (migrate.h) is in the engine's own language. The last has no word. */
struct spelling {
    struct str word, spelling;
};
#define SPELLED(word, spelling)                                                                              \
    {                                                                                                        \
        {"" word, sizeof(word) - 1},                                                                         \
        {                                                                                                    \
            "" spelling, sizeof(spelling) - 1                                                                \
        }                                                                                                    \
    }

/* A database engine. Where a fault may be, the function returns false (or STEP_FAULT) and `fault` has the
 * sentence; parameters and columns are counted as in db.h. */
struct engine {
    enum status (*open)(struct db *db, enum db_mode mode, struct err *e);
    enum status (*bound_cache)(struct db *db, struct err *e);
    void (*close)(struct db *db);
    void (*discard)(const char *path);

    /* Fills what `s` has beside its literal. */
    bool (*prepare)(struct db *db, struct statement *s);
    bool (*bind_int)(struct statement *s, int parameter, int64_t value);
    bool (*bind_real)(struct statement *s, int parameter, double value);
    bool (*bind_str)(struct statement *s, int parameter, struct str value);
    bool (*bind_blob)(struct statement *s, int parameter, struct str value);
    bool (*bind_null)(struct statement *s, int parameter);
    bool (*bind_day)(struct statement *s, int parameter, const char *day); /* copied; NULL: no day */
    enum step (*step)(struct db *db, struct statement *s);
    /* Runs what changes rows and gives none; inside a change its fault may be told by a later call. */
    bool (*send)(struct db *db, struct statement *s);
    /* Ready to be bound anew. False when a value of the rows could not be read whole. */
    bool (*reset)(struct statement *s);

    /* Of the row stepped to. What get_str gives lives until the next step. */
    bool (*is_null)(const struct statement *s, int column);
    int64_t (*get_int)(const struct statement *s, int column);
    double (*get_real)(const struct statement *s, int column);
    struct str (*get_str)(const struct statement *s, int column);
    struct str (*get_blob)(const struct statement *s, int column, struct arena *a);

    /* A transaction, or a part of one that can be undone alone. Undoing what the engine undid by itself is
     * no fault. */
    enum status (*begin)(struct db *db, bool is_part, struct err *e);
    enum status (*keep)(struct db *db, bool is_part, struct err *e);
    enum status (*undo)(struct db *db, bool is_part, struct err *e);

    enum status (*script)(struct db *db, const char *sql, struct err *e);
    enum status (*checkpoint)(struct db *db, struct err *e);
    enum status (*scrub)(struct db *db, struct err *e);
    enum status (*analyze)(struct db *db, const char *table, struct err *e);
    enum status (*hold)(struct db *db, struct err *e);
    enum status (*tell)(struct db *db, struct err *e);
    bool (*has_news)(struct db *db);
    enum status (*copy)(struct db *db, const char *path, const struct progress *progress, struct err *e);
    enum status (*check)(struct db *db, struct err *e);
    enum status (*fault)(const struct db *db, struct err *e);

    const struct spelling *spellings;

    /* The catalogue: table, column and kind (integer, real, text, blob), by table and column; and table and
     * table that it refers to. */
    const char *columns, *references;
    /* The moment, in seconds UTC. */
    const char *clock;
    /* After rows have been put in with numbers of their own: those that come get higher ones. */
    enum status (*settle)(struct db *db, struct err *e);
};

extern const struct engine engine_sqlite, engine_postgres;

struct db_turn {
    pthread_mutex_t writer;  /* held by the one who writes */
    pthread_mutex_t lock;    /* over what follows; taken after writer, or alone */
    pthread_cond_t has_kept; /* the disk: something more */
    uint64_t written, kept;  /* changes that are committed, and those of them that the disk keeps */
    bool is_keeping;         /* somebody waits for the disk, for all */
    int shared;              /* the file whose byte is the turn between processes; -1: there are no others */
    int64_t byte;
};

struct db {
    struct arena *arena;
    const char *path;
    const struct engine *engine;
    bool is_made; /* by this opening: it is removed again when that fails */
    union {
        sqlite3 *lite;
        struct server *server;
    } handle;
    const char *fence;    /* who must have the claim to change anything; NULL: anybody may */
    int depth;            /* transactions that stand inside each other */
    struct db_turn *turn; /* NULL: nobody else in this process writes, or the engine sees to it */
    int turns;            /* how often it has been taken and not given back: more than once inside itself */
    int64_t changed_rows; /* through this connection, up to the turn before */
    struct statement statements[STATEMENTS];
};

/* Writing is done in turn: each turn that is taken is given back, by the same thread. */
void db_turn_take(struct db *db);
void db_turn_give(struct db *db);

/* What has been changed since the turn was taken is undone: the disk need not keep it. */
void db_turn_undone(struct db *db);

/* The engine's outcome as a sentence that says what to do. */
enum status db_fault(const struct db *db, struct err *e);

/* db_script in the engine's own words, as they stand. */
enum status db_script_plain(struct db *db, const char *sql, struct err *e);

#endif
