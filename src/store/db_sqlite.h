/* The parts of the engine SQLite (struct engine), for its own files alone. */
#ifndef LYKTA_STORE_DB_SQLITE_H
#define LYKTA_STORE_DB_SQLITE_H

#include "store/db_own.h"

/* db_sqlite_query.c */
bool sqlite_prepare(struct db *db, struct statement *s);
bool sqlite_bind_int(struct statement *s, int parameter, int64_t value);
bool sqlite_bind_real(struct statement *s, int parameter, double value);
bool sqlite_bind_str(struct statement *s, int parameter, struct str value);
bool sqlite_bind_blob(struct statement *s, int parameter, struct str value);
bool sqlite_bind_null(struct statement *s, int parameter);
bool sqlite_bind_day(struct statement *s, int parameter, const char *day);
enum step sqlite_step(struct db *db, struct statement *s);
bool sqlite_send(struct db *db, struct statement *s);
bool sqlite_reset(struct statement *s);
bool sqlite_is_null(const struct statement *s, int column);
int64_t sqlite_int(const struct statement *s, int column);
double sqlite_real(const struct statement *s, int column);
struct str sqlite_str(const struct statement *s, int column);
struct str sqlite_blob(const struct statement *s, int column, struct arena *a);

/* db_sqlite_upkeep.c */
enum status sqlite_checkpoint(struct db *db, struct err *e) MUST_USE;
enum status sqlite_scrub(struct db *db, struct err *e) MUST_USE;
enum status sqlite_check(struct db *db, struct err *e) MUST_USE;

/* db_sqlite_copy.c */
enum status sqlite_hold(struct db *db, struct err *e) MUST_USE;
enum status sqlite_copy(struct db *db, const char *path, const struct progress *progress,
                        struct err *e) MUST_USE;

#endif
