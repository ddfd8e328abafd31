/* One connection to a city's database, whichever engine it is. */
#include "base/arena.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/db_address.h"
#include "store/db_own.h"

#include <string.h>

static const struct engine *engine_of(const char *path)
{
    return db_is_address(path) ? &engine_postgres : &engine_sqlite;
}

enum status db_open(const char *path, enum db_mode mode, struct db **out, struct err *e)
{
    struct arena *a = arena_open();
    struct db *db = arena_new(a, 1, struct db);

    *db = (struct db){.arena = a, .path = arena_cstr(a, path, strlen(path)), .engine = engine_of(path)};
    enum status s = db->engine->open(db, mode, e);
    if (s != OK) {
        const bool is_half_made = db->is_made;

        db_close(db);
        if (is_half_made)
            db_discard(path);
        return s;
    }
    *out = db;
    return OK;
}

enum status db_bound_cache(struct db *db, struct err *e)
{
    return db->engine->bound_cache(db, e);
}

void db_close(struct db *db)
{
    if (!db)
        return;
    if (db->turns > 0)
        pthread_mutex_unlock(&db->turn->writer);
    db->engine->close(db);
    arena_close(db->arena);
}

void db_discard(const char *path)
{
    engine_of(path)->discard(path);
}

const char *db_path(const struct db *db)
{
    return db->path;
}

enum status db_fault(const struct db *db, struct err *e)
{
    return db->engine->fault(db, e);
}

enum status db_begin(struct db *db, struct err *e)
{
    db_turn_take(db);
    enum status s = db->engine->begin(db, db->depth > 0, e);
    if (s == OK)
        db->depth++;
    else
        db_turn_give(db);
    return s;
}

enum status db_end(struct db *db, enum status s, struct err *e)
{
    struct err why;
    const bool is_part = --db->depth > 0;

    if (s == OK)
        s = db->engine->keep(db, is_part, e);
    if (s != OK && db->engine->undo(db, is_part, &why) != OK)
        give_up("%s: a change could not be undone: %s", db->path, why.what);
    if (s != OK && !is_part)
        db_turn_undone(db);
    db_turn_give(db);
    return s;
}

enum status db_clock(struct db *db, int64_t *now_at, struct err *e)
{
    struct query q = db_query(db, db->engine->clock);
    int64_t now = query_next(&q) ? query_int(&q, 0) : 0;

    TRY(query_end(&q, e));
    *now_at = now;
    return OK;
}

enum status db_tell(struct db *db, struct err *e)
{
    return db->engine->tell(db, e);
}

bool db_has_news(struct db *db)
{
    return db->engine->has_news(db);
}

void db_fence(struct db *db, const char *holder)
{
    db->fence = holder;
}

/* A turn that changes nothing ends when all before it are kept. */
enum status db_await_disk(struct db *db, struct err *e)
{
    TRY(db_begin(db, e));
    return db_end(db, OK, e);
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

static const struct spelling *spelling_of(const struct db *db, struct str text)
{
    const struct spelling *one = db->engine->spellings;

    while (one->word.n > 0 && !str_starts(text, one->word))
        one++;
    return one;
}

enum status db_script(struct db *db, const char *sql, struct err *e)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct str rest = str_of(sql);

    while (rest.n > 0) {
        const struct spelling *one = spelling_of(db, rest);
        const size_t n = one->word.n > 0 ? one->word.n : 1;

        text_add(&out, one->word.n > 0 ? one->spelling : str_part(rest, 0, 1));
        rest = str_part(rest, n, rest.n);
    }
    enum status s = db_script_plain(db, text_str(&out).p, e);
    arena_close(a);
    return s;
}

enum status db_script_plain(struct db *db, const char *sql, struct err *e)
{
    return db->engine->script(db, sql, e);
}

enum status db_checkpoint(struct db *db, struct err *e)
{
    return db->engine->checkpoint(db, e);
}

enum status db_scrub(struct db *db, struct err *e)
{
    db_turn_take(db);
    enum status s = db->engine->scrub(db, e);
    db_turn_give(db);
    return s;
}

enum status db_analyze(struct db *db, const char *table, struct err *e)
{
    return db->engine->analyze(db, table, e);
}

enum status db_hold(struct db *db, struct err *e)
{
    return db->engine->hold(db, e);
}

enum status db_copy(struct db *db, const char *path, const struct progress *progress, struct err *e)
{
    return db->engine->copy(db, path, progress, e);
}

enum status db_check(struct db *db, struct err *e)
{
    return db->engine->check(db, e);
}
