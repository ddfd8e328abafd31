/* Sealing a report and opening it. */
#include "keyring/sealing.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "keyring/unlock.h"
#include "seal/secret.h"
#include "seal/wrap.h"
#include "store/db.h"

#include <string.h>

static struct str bytes_of(const void *p, size_t n)
{
    return (struct str){p, n};
}

struct sealing *sealing_begin(void)
{
    struct sealing *s = secret_open(sizeof *s);

    seal_key_make(&s->key);
    seal_id_make(&s->id);
    s->generation = 1;
    return s;
}

void sealing_close(struct sealing *s)
{
    secret_close(s);
}

struct seal_context sealing_context(const struct keyring *k, const struct seal_id *id, struct str field)
{
    return (struct seal_context){.city = keyring_municipality(k), .id = *id, .field = field};
}

enum status sealing_receipt(struct keyring *k, struct sealing *s, const struct receipt_code *code,
                            struct err *e)
{
    TRY(receipt_code_stretch(code, keyring_municipality(k), &s->reporter_wrap_key, e));
    receipt_code_lookup(&s->reporter_wrap_key, keyring_lookup_key(k), &s->lookup);
    s->has_reporter = true;
    return OK;
}

enum status sealing_copy_for(struct keyring *k, const struct sealing *s, int64_t holder,
                             const struct seal_public *to, struct err *e)
{
    static const char sql[] =
        "insert into key_copy (seal, generation, holder, bytes) values ($1, $2, $3, $4) "
        "on conflict (seal, generation, holder) do update set bytes = excluded.bytes";
    struct seal_context where = sealing_context(k, &s->id, S(""));
    unsigned char copy[SEAL_COPY_BYTES];
    struct query q = db_query(keyring_file(k), sql);

    seal_key_copy(&s->key, &where, to, copy);
    bind_blob(&q, 1, bytes_of(s->id.bytes, SEAL_ID_BYTES));
    bind_int(&q, 2, s->generation);
    bind_int(&q, 3, holder);
    bind_blob(&q, 4, bytes_of(copy, sizeof copy));
    return query_run(&q, e);
}

enum status sealing_copy_all(struct keyring *k, const struct sealing *s, struct err *e)
{
    struct arena *a = arena_open();
    struct recipients all = {0};
    struct seal_public recovery;
    enum status status = keyring_recovery(k, &recovery, e);

    if (status == OK)
        status = sealing_copy_for(k, s, HOLDER_RECOVERY, &recovery, e);
    if (status == OK)
        status = recipients_all(k, a, &all, e);
    for (size_t i = 0; status == OK && i < all.n; i++)
        if (all.recipient[i].state == RECIPIENT_ACTIVE)
            status = sealing_copy_for(k, s, all.recipient[i].id, &all.recipient[i].public_key, e);
    arena_close(a);
    return status;
}

/* A pair for the reporter, its secret wrapped by the stretched code. */
static enum status keep_reporter(struct keyring *k, const struct sealing *s, struct err *e)
{
    static const char sql[] = "insert into reporter (seal, lookup, public_key, wrap) values ($1, $2, $3, $4)";
    struct seal_key *secret = secret_open(sizeof *secret);
    struct seal_public public_key;
    struct wrap wrap;

    seal_pair_make(&public_key, secret);
    enum status status =
        wrap_secret(WRAP_KEY, bytes_of(s->reporter_wrap_key.bytes, SEAL_KEY_BYTES), secret, &wrap, e);
    secret_close(secret);
    if (status == OK) {
        struct query q = db_query(keyring_file(k), sql);

        bind_blob(&q, 1, bytes_of(s->id.bytes, SEAL_ID_BYTES));
        bind_blob(&q, 2, bytes_of(s->lookup.bytes, RECEIPT_LOOKUP_BYTES));
        bind_blob(&q, 3, bytes_of(public_key.bytes, SEAL_KEY_BYTES));
        bind_blob(&q, 4, bytes_of(wrap.bytes, WRAP_BYTES));
        status = query_run(&q, e);
    }
    return status == OK ? sealing_copy_for(k, s, HOLDER_REPORTER, &public_key, e) : status;
}

enum status sealing_keep(struct keyring *k, struct sealing *s, struct err *e)
{
    TRY(db_begin(keyring_file(k), e));
    enum status status = sealing_copy_all(k, s, e);
    if (status == OK && s->has_reporter)
        status = keep_reporter(k, s, e);
    return db_end(keyring_file(k), status, e);
}

/* *is_written is false when the statement found a reason not to. */
static enum status write_box(struct keyring *k, const struct sealing *s, struct str field, struct str box,
                             const char *sql, bool *is_written, struct err *e)
{
    struct query q = db_query(keyring_city(k), sql);

    bind_blob(&q, 1, bytes_of(s->id.bytes, SEAL_ID_BYTES));
    bind_str(&q, 2, field);
    bind_int(&q, 3, s->generation);
    bind_blob(&q, 4, box);
    *is_written = query_next(&q);
    return query_run(&q, e);
}

static enum status put(struct keyring *k, const struct sealing *s, struct str field, struct str text,
                       const char *sql, struct err *e)
{
    struct seal_context where = sealing_context(k, &s->id, field);
    struct arena *a = arena_open();
    struct str box;
    bool is_written = true;
    enum status status = seal_text(&s->key, &where, text, a, &box, e);

    if (status == OK)
        status = write_box(k, s, field, box, sql, &is_written, e);
    if (status == OK && !is_written)
        status = err_set(e, REFUSED, "the lock was changed meanwhile: open it again and send once more");
    arena_close(a); /* seal_text has wiped the clear text it padded */
    return status;
}

enum status sealing_put(struct keyring *k, const struct sealing *s, struct str field, struct str text,
                        struct err *e)
{
    /* A key that relocking has replaced must not seal anything more: its copies are about to go. */
    static const char sql[] =
        "insert into sealed_text (seal, field, generation, box) select $1, $2, $3, $4 "
        "where not exists (select 1 from sealed_text where seal = $1 and generation <> $3) returning id";

    return put(k, s, field, text, sql, e);
}

enum status sealing_replace(struct keyring *k, const struct sealing *s, struct str field, struct str text,
                            struct err *e)
{
    static const char sql[] =
        "insert into sealed_text (seal, field, generation, box) values ($1, $2, $3, $4) "
        "on conflict (seal, field) do update set generation = excluded.generation, box = excluded.box returning id";

    return put(k, s, field, text, sql, e);
}

enum status sealing_get(struct keyring *k, const struct sealing *s, struct str field, struct arena *a,
                        struct str *text, struct err *e)
{
    static const char sql[] = "select box from sealed_text where seal = $1 and field = $2";
    struct seal_context where = sealing_context(k, &s->id, field);
    struct query q = db_query(keyring_city(k), sql);

    bind_blob(&q, 1, bytes_of(s->id.bytes, SEAL_ID_BYTES));
    bind_str(&q, 2, field);
    bool is_there = query_next(&q);
    struct str box = is_there ? query_blob(&q, 0, a) : S("");
    TRY(query_end(&q, e));
    if (!is_there)
        return err_set(e, BAD_INPUT, "there is no such sealed text");
    return seal_text_open(&s->key, &where, box, a, text, e);
}

/* The copy that `holder` has of `id`, of the generation its texts are sealed with; empty when there is none.
 */
static enum status find_copy(struct keyring *k, const struct seal_id *id, int64_t holder, struct arena *a,
                             int64_t *generation, struct str *copy, struct err *e)
{
    static const char texts[] = "select min(generation) from sealed_text where seal = $1";
    static const char sql[] = "select bytes, generation from key_copy "
                              "where seal = $1 and holder = $2 and ($3 = 0 or generation = $3) "
                              "order by generation desc";
    struct query q = db_query(keyring_city(k), texts);

    bind_blob(&q, 1, bytes_of(id->bytes, SEAL_ID_BYTES));
    int64_t sealed_with = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    q = db_query(keyring_file(k), sql);
    bind_blob(&q, 1, bytes_of(id->bytes, SEAL_ID_BYTES));
    bind_int(&q, 2, holder);
    bind_int(&q, 3, sealed_with);
    *copy = query_next(&q) ? query_blob(&q, 0, a) : S("");
    *generation = query_int(&q, 1);
    return query_end(&q, e);
}

/* With the secret at hand, or in the vault, where it stays. */
static enum status open_copy(const struct opener *by, const struct seal_context *where, struct str copy,
                             struct seal_key *key, struct err *e)
{
    return by->secret ? seal_key_open(by->secret, where, copy, key, e)
                      : unlock_open_copy(by->unlocked, where, copy, key, e);
}

enum status sealing_open(struct keyring *k, const struct opener *opener, const struct seal_id *id,
                         struct sealing **out, struct err *e)
{
    struct seal_context where = sealing_context(k, id, S(""));
    struct arena *a = arena_open();
    struct sealing *s = secret_open(sizeof *s);
    struct str copy = {0};
    enum status status = find_copy(k, id, opener->recipient, a, &s->generation, &copy, e);

    s->id = *id;
    if (status == OK)
        status = open_copy(opener, &where, copy, &s->key, e);
    arena_close(a);
    if (status == OK)
        *out = s;
    else
        sealing_close(s);
    return status;
}

/* What the reporter's row holds. */
struct reporter {
    struct seal_id id;
    struct seal_public public_key;
    struct str wrap;
    bool is_there;
};

static enum status find_reporter(struct keyring *k, const struct receipt_lookup *lookup, struct arena *a,
                                 struct reporter *out, struct err *e)
{
    static const char sql[] = "select seal, public_key, wrap from reporter where lookup = $1";
    struct query q = db_query(keyring_file(k), sql);

    bind_blob(&q, 1, bytes_of(lookup->bytes, RECEIPT_LOOKUP_BYTES));
    *out = (struct reporter){.is_there = query_next(&q)};
    struct str id = query_blob(&q, 0, a);
    struct str public_key = query_blob(&q, 1, a);

    if (out->is_there && id.n == SEAL_ID_BYTES && public_key.n == SEAL_KEY_BYTES) {
        memcpy(out->id.bytes, id.p, SEAL_ID_BYTES);
        memcpy(out->public_key.bytes, public_key.p, SEAL_KEY_BYTES);
    }
    out->wrap = query_blob(&q, 2, a);
    return query_end(&q, e);
}

/* Opens what the reporter of `lookup` holds, if anything; `stretched` is their code. *out is NULL when
 * nothing. */
static enum status open_reporter(struct keyring *k, const struct seal_key *stretched,
                                 const struct receipt_lookup *lookup, struct sealing **out, struct err *e)
{
    struct arena *a = arena_open();
    struct reporter reporter = {.is_there = false};
    enum status status = find_reporter(k, lookup, a, &reporter, e);

    *out = NULL;
    if (status == OK && reporter.is_there) {
        struct seal_key *secret = secret_open(sizeof *secret);

        status = wrap_open(bytes_of(stretched->bytes, SEAL_KEY_BYTES), &reporter.public_key, reporter.wrap,
                           secret, e);
        if (status == OK)
            status = sealing_open(k, &(struct opener){.recipient = HOLDER_REPORTER, .secret = secret},
                                  &reporter.id, out, e);
        secret_close(secret);
    }
    arena_close(a);
    return status;
}

enum status sealing_begin_code(struct keyring *k, const struct receipt_code *code, struct sealing **out,
                               bool *is_kept, struct err *e)
{
    struct sealing *s = sealing_begin();
    struct sealing *kept = NULL;
    enum status status = sealing_receipt(k, s, code, e);

    if (status == OK)
        status = open_reporter(k, &s->reporter_wrap_key, &s->lookup, &kept, e);
    *is_kept = kept != NULL;
    if (status != OK || kept) {
        sealing_close(s);
        s = kept;
    }
    *out = s;
    return status;
}

enum status sealing_open_code(struct keyring *k, const struct receipt_code *code, struct sealing **out,
                              struct err *e)
{
    struct seal_key *stretched = secret_open(sizeof *stretched);
    struct receipt_lookup lookup;
    enum status status = receipt_code_stretch(code, keyring_municipality(k), stretched, e);

    *out = NULL;
    if (status == OK) {
        receipt_code_lookup(stretched, keyring_lookup_key(k), &lookup);
        status = open_reporter(k, stretched, &lookup, out, e);
    }
    secret_close(stretched);
    return status;
}

enum status sealing_forget(struct keyring *k, const struct seal_id *id, struct err *e)
{
    static const char copies[] = "delete from key_copy where seal = $1";
    static const char reporter[] = "delete from reporter where seal = $1";
    static const char texts[] = "delete from sealed_text where seal = $1";
    struct str name = bytes_of(id->bytes, SEAL_ID_BYTES);

    TRY(db_begin(keyring_file(k), e));
    struct query q = db_query(keyring_file(k), copies);
    bind_blob(&q, 1, name);
    enum status status = query_run(&q, e);
    if (status == OK) {
        q = db_query(keyring_file(k), reporter);
        bind_blob(&q, 1, name);
        status = query_run(&q, e);
    }
    TRY(db_end(keyring_file(k), status, e));
    q = db_query(keyring_city(k), texts);
    bind_blob(&q, 1, name);
    return query_run(&q, e);
}

enum status sealing_all(struct keyring *k, int64_t holder, struct arena *a, struct seal_id **out, size_t *n,
                        struct err *e)
{
    static const char sql[] = "select distinct seal from key_copy where holder = $1 order by seal";
    struct query q = db_query(keyring_file(k), sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, holder);
    while (query_next(&q)) {
        struct str bytes = query_blob(&q, 0, a);

        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        if (bytes.n == SEAL_ID_BYTES)
            memcpy((*out)[(*n)++].bytes, bytes.p, SEAL_ID_BYTES);
    }
    return query_end(&q, e);
}
