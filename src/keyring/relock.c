/* "Byt lås". */
#include "keyring/relock.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "keyring/sealing.h"
#include "seal/secret.h"
#include "store/db.h"

#include <string.h>

static struct str name_of(const struct sealing *s)
{
    return (struct str){(const char *)s->id.bytes, SEAL_ID_BYTES};
}

/* The reporter's public key, if there is a reporter. */
static enum status copy_for_reporter(struct keyring *k, const struct sealing *s, struct err *e)
{
    static const char sql[] = "select public_key from reporter where seal = $1";
    struct arena *a = arena_open();
    struct seal_public to;
    struct query q = db_query(keyring_file(k), sql);

    bind_blob(&q, 1, name_of(s));
    struct str key = query_next(&q) ? query_blob(&q, 0, a) : S("");
    enum status status = query_end(&q, e);
    if (status == OK && key.n == SEAL_KEY_BYTES) {
        memcpy(to.bytes, key.p, SEAL_KEY_BYTES);
        status = sealing_copy_for(k, s, HOLDER_REPORTER, &to, e);
    }
    arena_close(a);
    return status;
}

static enum status keep_copies(struct keyring *k, const struct sealing *s, struct err *e)
{
    TRY(db_begin(keyring_file(k), e));
    enum status status = sealing_copy_all(k, s, e);
    if (status == OK)
        status = copy_for_reporter(k, s, e);
    return db_end(keyring_file(k), status, e);
}

static enum status fields_of(struct keyring *k, const struct sealing *s, struct arena *a, struct str **field,
                             size_t *n, struct err *e)
{
    static const char sql[] = "select field from sealed_text where seal = $1 order by id";
    struct query q = db_query(keyring_city(k), sql);
    size_t room = 0;

    bind_blob(&q, 1, name_of(s));
    while (query_next(&q)) {
        *field = arena_grow(a, *field, *n + 1, &room, sizeof **field);
        (*field)[(*n)++] = query_str(&q, 0, a);
    }
    return query_end(&q, e);
}

/* Every text of `old` under `new`, inside a transaction of the city's database; *n is how many there were. */
static enum status reseal_texts(struct keyring *k, const struct sealing *old, const struct sealing *new,
                                size_t *n, struct err *e)
{
    struct arena *a = arena_open();
    struct str *field = NULL;
    struct str text;

    *n = 0;
    enum status s = fields_of(k, old, a, &field, n, e);
    for (size_t i = 0; s == OK && i < *n; i++) {
        s = sealing_get(k, old, field[i], a, &text, e);
        if (s == OK)
            s = sealing_replace(k, new, field[i], text, e);
    }
    arena_wipe(a);
    arena_close(a);
    return s;
}

static enum status drop_old_copies(struct keyring *k, const struct sealing *new, struct err *e)
{
    static const char sql[] = "delete from key_copy where seal = $1 and generation < $2";
    struct query q = db_query(keyring_file(k), sql);

    bind_blob(&q, 1, name_of(new));
    bind_int(&q, 2, new->generation);
    return query_run(&q, e);
}

static enum status relock_one(struct keyring *k, const struct opener *opener, const struct seal_id *id,
                              const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "recipient.relock"};
    struct sealing *old = NULL;
    size_t texts = 0;

    TRY(sealing_open(k, opener, id, &old, e));
    struct sealing *new = sealing_begin();
    new->id = *id;
    new->generation = old->generation + 1;
    enum status s = keep_copies(k, new, e);
    if (s == OK)
        s = db_change(keyring_city(k), e);
    if (s == OK)
        s = db_change_end(keyring_city(k), reseal_texts(k, old, new, &texts, e), &line, e);
    /* Without texts it is a report on its way in, which is about to be sealed with the old key. */
    if (s == OK && texts > 0)
        s = drop_old_copies(k, new, e);
    sealing_close(new);
    sealing_close(old);
    return s;
}

enum status relock_all(struct keyring *k, const struct opener *opener, const struct who *who, size_t *n,
                       struct err *e)
{
    struct arena *a = arena_open();
    struct seal_id *id = NULL;
    enum status s = sealing_all(k, opener->recipient, a, &id, n, e);

    for (size_t i = 0; s == OK && i < *n; i++)
        s = relock_one(k, opener, &id[i], who, e);
    arena_close(a);
    if (s == OK)
        keyring_erase(k);
    return s;
}
