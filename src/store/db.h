/* One connection to a city's database: queries, and changes that cannot happen without their audit line.
 *
 * SQL is a `static const char[]` beside the function that means it, with $1 $2 for what is bound. A statement
 * is prepared once per connection and kept by the literal's address. Nothing in this header belongs to one
 * database engine: SQLite and PostgreSQL stand behind it (docs/decisions/0006-sqlite.md,
 * 0077-postgresql.md). */
#ifndef LYKTA_STORE_DB_H
#define LYKTA_STORE_DB_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct audit_line;
struct db;
struct progress;

enum db_mode {
    DB_READ,  /* nothing can be written through the connection */
    DB_WRITE, /* the file or schema must exist */
    DB_CREATE /* the file or schema must not exist */
};

/* Opens the database at `path`, a file or an address (db_address.h); one connection serves one thread at a
 * time. A writer waits up to five seconds for another. BAD_INPUT when the file or schema is missing or is not
 * a Lykta database, SYSTEM when it may not be opened or cannot be reached; of one that could not be made
 * whole nothing is left. A connection to a server that is lost is made anew by the next query or change that
 * stands inside no other. */
enum status db_open(const char *path, enum db_mode mode, struct db **out, struct err *e) MUST_USE;

/* For a connection that stays open beside many others in a process: it keeps 256 KB of pages at most, and
 * asks the system for others that it has read (docs/decisions/0121-bounded-page-caches.md). Does nothing
 * where the pages are a server's. */
enum status db_bound_cache(struct db *db, struct err *e) MUST_USE;

/* NULL is harmless. A change that has not ended is undone. */
void db_close(struct db *db);

/* Removes the database at `path`, which nobody has open, with all it holds: for a city that could not be
 * finished. What cannot be removed is left. */
void db_discard(const char *path);

/* A statement under way, on the caller's stack between db_query and query_end. The first fault is kept and
 * told by query_end; after it every call does nothing, so there is nothing to check on the way. */
struct query {
    struct db *db;
    struct statement *statement; /* NULL after a fault */
    bool has_turn;
    bool is_over; /* all rows have been seen */
    struct err fault;
};

struct query db_query(struct db *db, const char *sql);

/* Binds $`parameter`. What a text or blob points at must stay until query_end. A date without a year is null.
 */
void bind_null(struct query *q, int parameter);
void bind_int(struct query *q, int parameter, int64_t value);
void bind_real(struct query *q, int parameter, double value);
void bind_str(struct query *q, int parameter, struct str value);
void bind_blob(struct query *q, int parameter, struct str value);
void bind_date(struct query *q, int parameter, struct date value);

/* Moves to the next row; false at the end and from then on, and after a fault. */
bool query_next(struct query *q);

/* Column `column`, from 0, of the row. Texts and blobs are copied into `a`; null is 0, empty or no date. */
int64_t query_int(const struct query *q, int column);
bool query_is_null(const struct query *q, int column);
double query_real(const struct query *q, int column);
struct str query_str(const struct query *q, int column, struct arena *a);
struct str query_blob(const struct query *q, int column, struct arena *a);
struct date query_date(const struct query *q, int column);

/* Ends the query and gives its statement back: the first fault since db_query, if any. */
enum status query_end(struct query *q, struct err *e) MUST_USE;

/* Runs a statement whose rows nobody needs, and ends it. */
enum status query_run(struct query *q, struct err *e) MUST_USE;

/* The same for the many rows of a loop inside a change: a server is not waited for. What goes wrong is told
 * by the next statement whose outcome is waited for, at the latest by the end of the change, which then keeps
 * nothing. Outside any change it is query_run. */
enum status query_send(struct query *q, struct err *e) MUST_USE;

/* Begins a change: the one write transaction of the database. Every db_change is ended by db_change_end. A
 * change may stand inside another: it is undone alone, and kept when the outer one is. */
enum status db_change(struct db *db, struct err *e) MUST_USE;

/* Ends a change with the outcome `s` of its work: OK writes `line` to the audit log and commits both
 * together, anything else undoes all. Returns `s`, or why it could not be committed. */
enum status db_change_end(struct db *db, enum status s, const struct audit_line *line,
                          struct err *e) MUST_USE;

/* A transaction without audit line: for migrations, for what nobody decided (a session's last use), for the
 * key file, whose lines are in the city's log, and around several changes that happen together or not at all.
 */
enum status db_begin(struct db *db, struct err *e) MUST_USE;
enum status db_end(struct db *db, enum status s, struct err *e) MUST_USE;

/* The moment by the clock that all who use the database share: the server's, or this machine's for a file.
 * Seconds UTC. */
enum status db_clock(struct db *db, int64_t *now_at, struct err *e) MUST_USE;

/* News: of what is read for nearly every request and changes now and then. db_tell, inside a change, tells
 * all connections of it when the change is kept. db_has_news: may it be otherwise than when it was asked last
 * through `db`? It costs no way to a server, and hears of a change some milliseconds after it. True at the
 * first time, after a connection was lost, and always for a file, where reading costs as little. */
enum status db_tell(struct db *db, struct err *e) MUST_USE;
bool db_has_news(struct db *db);

/* From now on every change through `db` is refused with SYSTEM unless `holder` has the claim (claim.h) when
 * it begins. Does nothing for a file, whose processes see each other's locks. `holder` outlives db; NULL:
 * anybody may again. */
void db_fence(struct db *db, const char *holder);

/* Returns when the disk keeps what others in this process have changed until now: for who has read that
 * something is done already, and says so. What is read may be a moment ahead of the disk (db_turn.h). */
enum status db_await_disk(struct db *db, struct err *e) MUST_USE;

/* SQL text of several statements, in the words of migrations (migrate.h): for them alone. */
enum status db_script(struct db *db, const char *sql, struct err *e) MUST_USE;

/* Brings what has been committed from the write-ahead log into the database and empties the log, so that what
 * was deleted stands in no file; what a reader keeps it from is left for the next time. A server's log is the
 * server's: nothing happens to it. */
enum status db_checkpoint(struct db *db, struct err *e) MUST_USE;

/* The same, after the database has been written anew, and SYSTEM when a reader keeps it from emptying the
 * log: for what was deleted because it must not be read again. Deleting overwrites a row where it stands
 * (secure_delete), but not the copies that were left in the unused parts of pages when rows were moved to
 * make room; a new database has none. Outside any change; takes memory (in a server: disk) for a second
 * database meanwhile. */
enum status db_scrub(struct db *db, struct err *e) MUST_USE;

/* `table` has got many rows in this change, and what is asked next rests on them: a server, which plans by
 * what it last knew of its tables, looks at it again. SQLite plans by its indexes, and needs nothing. */
enum status db_analyze(struct db *db, const char *table, struct err *e) MUST_USE;

/* From now on `db` reads the database as it is at this moment, whatever others write, until it is closed.
 * Outside any change. */
enum status db_hold(struct db *db, struct err *e) MUST_USE;

/* Writes the database as `db` reads it (db_hold) to the new file `path`, readable by its owner alone. Nobody
 * who writes waits meanwhile. SYSTEM when it cannot, or when `progress` says to stop; the caller removes what
 * is there. */
enum status db_copy(struct db *db, const char *path, const struct progress *progress, struct err *e) MUST_USE;

/* Writes the database anew to the file `path`, which must not be there, without anything that was deleted;
 * the disk is used for it, and no memory. Outside any change; the caller removes what is there when it fails.
 */
enum status db_write_anew(struct db *db, const char *path, struct err *e) MUST_USE;

/* Reads every page and every reference (of a server: every row); BAD_INPUT names the first thing that is
 * wrong. */
enum status db_check(struct db *db, struct err *e) MUST_USE;

/* The path it was opened with: for messages. */
const char *db_path(const struct db *db);

#endif
