/* Readers of a draft without an account. */
#include "publishing/draft_reader.h"

#include "base/arena.h"
#include "portal/link_token.h"
#include "portal/outside.h"
#include "publishing/round_letter.h"
#include "store/db.h"

#include <inttypes.h>

/* A mapping that has a draft and is not published yet. */
#define HAS_DRAFT "state in ('made', 'proposed', 'approved')"

/* "reader 7": how the log names somebody without an account. */
static struct str in_log(int64_t id, struct arena *a)
{
    return str_of(arena_printf(a, "reader %" PRId64, id));
}

static enum status check_draft(struct db *db, int64_t round, struct err *e)
{
    static const char sql[] = "select 1 from mapping_round where id = $1 and " HAS_DRAFT;
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    bool has_draft = query_next(&q);
    TRY(query_end(&q, e));
    return has_draft ? OK : err_set(e, REFUSED, "mapping %" PRId64 " has no draft to read", round);
}

static enum status insert(struct db *db, struct draft_reader *reader, struct str token, int64_t by,
                          int64_t now_at, struct err *e)
{
    static const char sql[] =
        "insert into mapping_draft_reader (round, name, email, language, hash, made_by, made_at, ends_at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_int(&q, 1, reader->round);
    bind_str(&q, 2, reader->name);
    bind_str(&q, 3, reader->email);
    bind_str(&q, 4, language_code(reader->language));
    bind_blob(&q, 5, link_token_hash(token, hash));
    bind_int(&q, 6, by);
    bind_int(&q, 7, now_at);
    bind_int(&q, 8, reader->ends_at);
    if (query_next(&q))
        reader->id = query_int(&q, 0);
    return query_run(&q, e);
}

enum status draft_reader_add(const struct city *city, struct db *db, const struct outside *outside,
                             struct draft_reader *reader, int64_t by, const struct who *who, struct err *e)
{
    struct arena *a = arena_open_secret();
    struct str token = link_token_make(outside, a);
    struct audit_line line = {.who = *who, .action = "release.draft_share", .subject = reader->round};
    enum status s = db_change(db, e);

    if (s == OK) {
        s = check_draft(db, reader->round, e);
        if (s == OK)
            s = insert(db, reader, token, by, who->now_at, e);
        if (s == OK)
            s = round_letter_draft(city, db, reader, token, who->now_at, a, e);
        line.detail = in_log(reader->id, a);
        s = db_change_end(db, s, &line, e);
    }
    arena_wipe(a);
    arena_close(a);
    return s;
}

static struct draft_reader row_of(const struct query *q, struct arena *a)
{
    return (struct draft_reader){.id = query_int(q, 0),
                                 .round = query_int(q, 1),
                                 .name = query_str(q, 2, a),
                                 .email = query_str(q, 3, a),
                                 .language = str_is(query_str(q, 4, a), "en") ? LANGUAGE_EN : LANGUAGE_SV,
                                 .ends_at = query_int(q, 5),
                                 .ended_at = query_int(q, 6),
                                 .readings = query_int(q, 7),
                                 .read_at = query_int(q, 8)};
}

enum status draft_reader_list(struct db *db, int64_t round, struct arena *a, struct draft_reader **out,
                              size_t *n, struct err *e)
{
    static const char sql[] = "select id, round, name, email, language, ends_at, ended_at, readings, read_at "
                              "from mapping_draft_reader where round = $1 order by id desc";
    struct query q = db_query(db, sql);
    struct draft_reader *rows = NULL;
    size_t room = 0;
    size_t found = 0;

    bind_int(&q, 1, round);
    while (query_next(&q)) {
        rows = arena_grow(a, rows, found + 1, &room, sizeof *rows);
        rows[found++] = row_of(&q, a);
    }
    *out = rows;
    *n = found;
    return query_end(&q, e);
}

enum status draft_reader_find(struct db *db, struct str token, int64_t now_at, struct arena *a,
                              struct draft_reader *out, struct err *e)
{
    static const char sql[] =
        "select id, round, name, email, language, ends_at, ended_at, readings, read_at "
        "from mapping_draft_reader where hash = $1 and ends_at > $2 and ended_at = 0 "
        "and exists (select 1 from mapping_round m where m.id = round and m." HAS_DRAFT ")";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, link_token_hash(token, hash));
    bind_int(&q, 2, now_at);
    *out = (struct draft_reader){.id = 0};
    if (query_next(&q))
        *out = row_of(&q, a);
    return query_end(&q, e);
}

static enum status count_reading(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update mapping_draft_reader set readings = readings + 1, read_at = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    return query_run(&q, e);
}

enum status draft_reader_note(struct db *db, const struct draft_reader *reader, const struct who *who,
                              struct err *e)
{
    struct arena *a = arena_open();
    const struct audit_line line = {.who = *who,
                                    .action = "release.draft_read",
                                    .subject = reader->round,
                                    .detail = in_log(reader->id, a)};
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, count_reading(db, reader->id, who->now_at, e), &line, e);
    arena_close(a);
    return s;
}

static enum status set_ended(struct db *db, int64_t round, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] = "update mapping_draft_reader set ended_at = $3 "
                              "where id = $1 and round = $2 and ended_at = 0 returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, round);
    bind_int(&q, 3, now_at);
    bool is_ended = query_next(&q);
    TRY(query_run(&q, e));
    return is_ended ? OK : err_set(e, REFUSED, "reader %" PRId64 ": there is no link to end", id);
}

enum status draft_reader_end(struct db *db, int64_t round, int64_t id, const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    const struct audit_line line = {
        .who = *who, .action = "release.draft_end", .subject = round, .detail = in_log(id, a)};
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, set_ended(db, round, id, who->now_at, e), &line, e);
    arena_close(a);
    return s;
}
