/* What a round's figure rests on, sealed. */
#include "publishing/round_evidence.h"

#include "base/arena.h"
#include "publishing/round_evidence_json.h"
#include "publishing/round_seal.h"
#include "store/city.h"
#include "store/db.h"
#include "store/keys.h"

#define LABEL S("lykta mapping evidence 1")

static enum status keep(struct db *db, int64_t id, struct str sealed, struct err *e)
{
    static const char sql[] = "insert into mapping_round_evidence (round, sealed) values ($1, $2) "
                              "on conflict (round) do update set sealed = excluded.sealed";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_blob(&q, 2, sealed);
    return query_run(&q, e);
}

enum status round_evidence_keep(const struct city *city, struct db *db, int64_t id,
                                const struct mapping_evidence *exact, struct err *e)
{
    struct arena *a = arena_open();
    struct key key;
    enum status s = round_key(city, LABEL, &key, e);

    if (s == OK) {
        struct str sealed = round_seal(round_evidence_json(exact, a), &key, a);

        key_wipe(&key);
        s = keep(db, id, sealed, e);
    }
    arena_wipe(a);
    arena_close(a);
    return s;
}

enum status round_evidence_read(const struct city *city, struct db *db, int64_t id, struct arena *a,
                                struct round_evidence *out, bool *is_there, struct err *e)
{
    static const char sql[] = "select sealed from mapping_round_evidence where round = $1";
    struct query q = db_query(db, sql);
    struct str plain = S("");
    struct key key;

    bind_int(&q, 1, id);
    *is_there = query_next(&q);
    struct str sealed = *is_there ? query_blob(&q, 0, a) : S("");
    TRY(query_end(&q, e));
    if (!*is_there)
        return OK;
    TRY(round_key(city, LABEL, &key, e));
    enum status s = round_unseal(sealed, &key, a, &plain, e);
    key_wipe(&key);
    TRY(s);
    return round_evidence_from_json(plain, a, out, e);
}

enum status round_evidence_delete(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "delete from mapping_round_evidence where round = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}
