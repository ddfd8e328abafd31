/* Writing in turn: what the connections of one process that write to one database share, and, where other
 * processes write to it too (db_turn_share), those of all.
 *
 * One writes at a time: waiting for the turn ends when the one before has committed, while the database
 * itself can only be asked again and again. The disk is waited for afterwards and together: whoever has
 * committed gives the turn on, and one of those who wait makes the disk keep what all of them have written. A
 * change has been kept when its end returns, as it would be without a turn, and so have those that were made
 * before it in this process, also when it found that there was nothing to change: who is told that something
 * has been done already is told the truth. A disk that takes ten
 * milliseconds then keeps many changes in them instead of one. (Group commit; DeWitt et al., SIGMOD 1984,
 * section 5.2.) */
#ifndef LYKTA_STORE_DB_TURN_H
#define LYKTA_STORE_DB_TURN_H

#include "base/err.h"

#include <stdint.h>

struct arena;
struct db;
struct db_turn;

/* In `a`; ended by db_turn_close. */
struct db_turn *db_turn_open(struct arena *a);
void db_turn_close(struct db_turn *turn);

/* From now on the turn is shared with other processes: who has it holds a lock on byte `byte` of the file
 * `fd`, which the system gives up for a process that ends. Each process has opened the file for itself; `fd`
 * outlives the turn. Before the first db_in_turn. */
void db_turn_share(struct db_turn *turn, int fd, int64_t byte);

/* From now on whatever writes through `db` takes `turn` first, and returns when the disk keeps it. A disk
 * that cannot ends the process: what comes after in the log would be lost with what it has not kept. `turn`
 * outlives db, and all in it are connections to the same database. */
enum status db_in_turn(struct db *db, struct db_turn *turn, struct err *e) MUST_USE;

#endif
