/* The parts of the engine PostgreSQL (struct engine), for its own files alone. */
#ifndef LYKTA_STORE_DB_POSTGRES_H
#define LYKTA_STORE_DB_POSTGRES_H

#include "store/db_address.h"
#include "store/db_own.h"

#include <libpq-fe.h>

enum {
    PARAMETERS = 40, /* of one statement, at most */
    NUMBER_BYTES = 32
};

struct server {
    PGconn *connection;
    struct db_address address;
    bool is_reading;    /* opened with DB_READ */
    unsigned listening; /* the connection that hears of news; 0: none */
    bool is_held;       /* db_hold: what it reads is lost with the connection */
    int64_t schema;     /* its number in the server: what writers of this city lock */
    unsigned made;      /* how often the connection has been made: statements are prepared anew in each */
    int sent;           /* statements of which the server has not been heard */
    struct err fault;
};

/* What one parameter is: in the engine's type, text or bytes as they are. */
struct parameter {
    Oid type;
    const char *value; /* NULL: null */
    int n;
    bool is_binary;
    char number[NUMBER_BYTES];
};

struct server_statement {
    char name[32];
    unsigned made;    /* the connection it is prepared in; 0: none */
    unsigned edition; /* how often it was prepared: types may change, and a name is not used twice */
    int n;            /* parameters bound */
    struct parameter parameter[PARAMETERS];
    PGresult *answer; /* all rows at once; NULL until the first step */
    int row;
};

/* db_postgres.c: runs `sql`, several statements if need be; keeps the last answer's fault. */
bool postgres_run(struct db *db, const char *sql);
/* Has `holder` the claim (claim.h)? That another process has it is the fault. */
bool postgres_finds_claim(struct db *db, const char *holder);
/* Takes over what went wrong; false. `answer` may be NULL. */
bool postgres_fault(struct db *db, const PGresult *answer);
/* Makes the connection anew when it is lost and nothing is lost with it. */
bool postgres_reconnect(struct db *db);
bool postgres_is_lost(const struct db *db);

/* What a prepared statement is asked with, as libpq wants it. */
struct asking {
    int n;
    const char *value[PARAMETERS];
    int length[PARAMETERS], is_binary[PARAMETERS];
};

/* db_postgres_send.c: a statement that is waited for hears first of those that were sent; false when one of
 * them failed. */
bool postgres_send(struct db *db, struct statement *s);
bool postgres_hear(struct db *db);

/* db_postgres_change.c */
bool postgres_begin_outer(struct db *db);
bool postgres_commit(struct db *db);
enum status postgres_begin(struct db *db, bool is_part, struct err *e) MUST_USE;
enum status postgres_keep(struct db *db, bool is_part, struct err *e) MUST_USE;
enum status postgres_undo(struct db *db, bool is_part, struct err *e) MUST_USE;

/* db_postgres_query.c */
bool postgres_prepare(struct db *db, struct statement *s);
bool postgres_bind_int(struct statement *s, int parameter, int64_t value);
bool postgres_bind_real(struct statement *s, int parameter, double value);
bool postgres_bind_str(struct statement *s, int parameter, struct str value);
bool postgres_bind_blob(struct statement *s, int parameter, struct str value);
bool postgres_bind_null(struct statement *s, int parameter);
bool postgres_bind_day(struct statement *s, int parameter, const char *day);
enum step postgres_step(struct db *db, struct statement *s);
bool postgres_reset(struct statement *s);
bool postgres_is_null(const struct statement *s, int column);
int64_t postgres_int(const struct statement *s, int column);
double postgres_real(const struct statement *s, int column);
struct str postgres_str(const struct statement *s, int column);
struct str postgres_blob(const struct statement *s, int column, struct arena *a);
bool postgres_is_prepared(const struct db *db, const struct statement *s);
bool postgres_prepare_there(struct db *db, struct statement *s);
void postgres_asking(const struct statement *s, struct asking *out);

/* db_postgres_copy.c */
void postgres_discard(const char *path);
enum status postgres_copy(struct db *db, const char *path, const struct progress *progress,
                          struct err *e) MUST_USE;
enum status postgres_settle(struct db *db, struct err *e) MUST_USE;

/* db_postgres_upkeep.c */
enum status postgres_checkpoint(struct db *db, struct err *e) MUST_USE;
enum status postgres_scrub(struct db *db, struct err *e) MUST_USE;
enum status postgres_analyze(struct db *db, const char *table, struct err *e) MUST_USE;
enum status postgres_hold(struct db *db, struct err *e) MUST_USE;
enum status postgres_check(struct db *db, struct err *e) MUST_USE;

/* db_postgres_news.c */
enum status postgres_tell(struct db *db, struct err *e) MUST_USE;
bool postgres_has_news(struct db *db);

#endif
