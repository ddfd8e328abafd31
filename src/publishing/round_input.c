/* The exact counts of a round, sealed. */
#include "publishing/round_input.h"

#include "base/arena.h"
#include "publishing/round.h"
#include "publishing/round_seal.h"
#include "store/city.h"
#include "store/db.h"
#include "store/keys.h"

#include <inttypes.h>

#define LABEL S("lykta mapping input 1")

static enum status keep(struct db *db, int64_t id, struct str histories, struct str names, struct err *e)
{
    static const char sql[] =
        "insert into mapping_round_input (round, histories, names) values ($1, $2, $3) "
        "on conflict (round) do update set histories = excluded.histories, names = excluded.names";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_blob(&q, 2, histories);
    bind_blob(&q, 3, names);
    return query_run(&q, e);
}

static enum status note_upload(struct db *db, int64_t id, struct str file_name, int64_t person, struct err *e)
{
    static const char sql[] = "update mapping_round set file_name = $2, uploaded_by = $3, "
                              "proposed_by = null, percent = 0, told_sv = '', told_en = '' where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, file_name);
    bind_int(&q, 3, person);
    return query_run(&q, e);
}

static enum status upload(struct db *db, int64_t id, const struct round_input *sealed, int64_t person,
                          int64_t at, struct err *e)
{
    bool is_moved = false;

    TRY(round_set_state(db, id, ROUND_BIT(ROUND_OPEN) | ROUND_BIT(ROUND_REFUSED) | ROUND_BIT(ROUND_MADE),
                        ROUND_WAITING, &is_moved, e));
    if (!is_moved)
        return err_set(e, REFUSED, "this mapping takes no file now");
    TRY(keep(db, id, sealed->histories, sealed->names, e));
    TRY(note_upload(db, id, sealed->file_name, person, e));
    return round_step_add(db, id, person, at, "uploaded", sealed->file_name, e);
}

enum status round_upload(const struct city *city, struct db *db, int64_t id, const struct round_input *input,
                         int64_t person, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "mapping.upload", .subject = id};
    struct arena *a = arena_open();
    struct key key;
    enum status s = round_key(city, LABEL, &key, e);

    if (s == OK) {
        struct round_input sealed = {.file_name = input->file_name,
                                     .histories = round_seal(input->histories, &key, a),
                                     .names = round_seal(input->names, &key, a)};
        key_wipe(&key);
        s = db_change(db, e);
        if (s == OK)
            s = db_change_end(db, upload(db, id, &sealed, person, who->now_at, e), &line, e);
    }
    arena_close(a);
    return s;
}

enum status round_input_open(const struct city *city, struct db *db, int64_t id, struct arena *a,
                             struct round_input *out, struct err *e)
{
    static const char sql[] = "select i.histories, i.names, r.file_name from mapping_round_input i "
                              "join mapping_round r on r.id = i.round where i.round = $1";
    struct query q = db_query(db, sql);
    struct key key;

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    struct str histories = query_blob(&q, 0, a);
    struct str names = query_blob(&q, 1, a);
    out->file_name = query_str(&q, 2, a);
    TRY(query_end(&q, e));
    if (!is_there)
        return err_set(e, BAD_INPUT, "mapping under way %" PRId64 ": its counts are gone", id);
    TRY(round_key(city, LABEL, &key, e));
    enum status s = round_unseal(histories, &key, a, &out->histories, e);
    if (s == OK)
        s = round_unseal(names, &key, a, &out->names, e);
    key_wipe(&key);
    return s;
}

enum status round_input_delete(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "delete from mapping_round_input where round = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}
