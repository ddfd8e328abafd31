/* The tables of a city's database, brought forward block by block. */
#include "store/migrate.h"

#include "base/arena.h"
#include "base/str.h"
#include "store/db.h"

#include <inttypes.h>
#include <string.h>

#include <sodium.h>

enum { HASH_BYTES = 32 };

static enum status count_applied(struct db *db, const struct migration *blocks, size_t *n, struct err *e);
static enum status apply(struct db *db, const struct migration *block, int64_t now_at, struct err *e);

enum status migrate(struct db *db, const struct migration *blocks, int64_t now_at, size_t *applied,
                    struct err *e)
{
    static const char record[] =
        "create table if not exists migration (number {int} primary key, title {text} not null, "
        "hash {blob} not null, applied_at {int} not null) {strict}";
    size_t n = 0;

    TRY(db_script(db, record, e));
    TRY(count_applied(db, blocks, &n, e));
    *applied = 0;
    for (; blocks[n].sql; n++) {
        TRY(apply(db, &blocks[n], now_at, e));
        ++*applied;
    }
    return OK;
}

enum status migrate_check(struct db *db, const struct migration *blocks, struct err *e)
{
    size_t n = 0;

    TRY(count_applied(db, blocks, &n, e));
    if (blocks[n].sql)
        return err_set(e, BAD_INPUT,
                       "%s: made by an older version of Lykta (block %zu of its tables; this program has "
                       "more); take a copy of "
                       "the folder and run lykta migrate on it",
                       db_path(db), n);
    return OK;
}

static void block_hash(const struct migration *block, unsigned char out[HASH_BYTES])
{
    crypto_generichash(out, HASH_BYTES, (const unsigned char *)block->sql, strlen(block->sql), NULL, 0);
}

static enum status check_applied(struct db *db, const struct migration *block, int64_t number,
                                 struct str hash, struct err *e)
{
    unsigned char expected[HASH_BYTES];

    if (!block->sql)
        return err_set(e, BAD_INPUT,
                       "%s: made by a newer version of Lykta (it has block %" PRId64
                       " of its tables, which this program does not know); use that version",
                       db_path(db), number);
    block_hash(block, expected);
    if (number != block->number || hash.n != HASH_BYTES || memcmp(hash.p, expected, HASH_BYTES) != 0)
        return err_set(e, BAD_INPUT,
                       "%s: block %04" PRId64
                       " of its tables is not the one this program has; use the version of Lykta that "
                       "made it",
                       db_path(db), number);
    return OK;
}

/* How many of `blocks`, from the first, `db` has. */
static enum status count_applied(struct db *db, const struct migration *blocks, size_t *n, struct err *e)
{
    static const char sql[] = "select number, hash from migration order by number";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);
    struct err ending = {0};
    enum status s = OK;

    *n = 0;
    while (s == OK && query_next(&q)) {
        s = check_applied(db, &blocks[*n], query_int(&q, 0), query_blob(&q, 1, a), e);
        ++*n;
    }
    if (query_end(&q, &ending) != OK && s == OK) {
        *e = ending;
        s = e->status;
    }
    arena_close(a);
    return s;
}

static enum status apply(struct db *db, const struct migration *block, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "insert into migration (number, title, hash, applied_at) values ($1, $2, $3, $4)";
    unsigned char hash[HASH_BYTES];

    TRY(db_begin(db, e));
    enum status s = db_script(db, block->sql, e);
    if (s == OK) {
        struct query q = db_query(db, sql);

        block_hash(block, hash);
        bind_int(&q, 1, block->number);
        bind_str(&q, 2, str_of(block->title));
        bind_blob(&q, 3, (struct str){(const char *)hash, sizeof hash});
        bind_int(&q, 4, now_at);
        s = query_run(&q, e);
    }
    s = db_end(db, s, e);
    if (s != OK)
        err_in(e, "block %04" PRId64 " of the tables (%s)", block->number, block->title);
    return s;
}
