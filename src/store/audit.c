/* The audit log: a chain of hashes. */
#include "store/audit.h"

#include "store/db.h"

#include <inttypes.h>
#include <string.h>

#include <sodium.h>

static void row_hash(const unsigned char *previous, const struct audit_entry *row, unsigned char *out);
static enum status head_write(struct db *db, const struct audit_head *head, struct err *e);
static enum status check_row(const struct audit_entry *row, struct audit_head *head, struct err *e);

enum status audit_append(struct db *db, const struct audit_line *line, struct err *e)
{
    static const char sql[] = "insert into audit (id, at, who, action, subject, detail, role, why, hash) "
                              "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    struct audit_head head = {0};

    TRY(audit_head_read(db, &head, e));
    struct audit_entry row = {.id = head.last + 1,
                              .at = line->who.now_at,
                              .who = str_of(line->who.name),
                              .action = str_of(line->action),
                              .subject = line->subject,
                              .detail = line->detail,
                              .role = str_of(line->who.role),
                              .why = str_of(line->who.why)};
    row_hash(head.hash, &row, head.hash);
    head.last = row.id;
    struct query q = db_query(db, sql);
    bind_int(&q, 1, row.id);
    bind_int(&q, 2, row.at);
    bind_str(&q, 3, row.who);
    bind_str(&q, 4, row.action);
    bind_int(&q, 5, row.subject);
    bind_str(&q, 6, row.detail);
    bind_str(&q, 7, row.role);
    bind_str(&q, 8, row.why);
    bind_blob(&q, 9, (struct str){(const char *)head.hash, sizeof head.hash});
    TRY(query_run(&q, e));
    return head_write(db, &head, e);
}

enum status audit_note(struct db *db, const struct audit_line *line, struct err *e)
{
    TRY(db_change(db, e));
    return db_change_end(db, OK, line, e);
}

static enum status check_end(const struct audit_head *found, const struct audit_head *kept, struct err *e)
{
    if (kept->last == found->last && memcmp(kept->hash, found->hash, sizeof kept->hash) == 0)
        return OK;
    return err_set(e, BAD_INPUT,
                   "audit log: row %" PRId64 ": missing: the log ends at row %" PRId64
                   " and its head is at row %" PRId64,
                   found->last + 1, found->last, kept->last);
}

/* The first row that is wrong is remembered; those after it are not looked at. */
static enum status follow(void *context, const struct audit_entry *row, struct err *e)
{
    struct audit_finding *f = context;
    struct audit_head next = f->head;

    (void)e;
    if (!f->is_whole)
        return OK;
    f->is_whole = check_row(row, &next, &f->fault) == OK;
    if (f->is_whole)
        f->head = next;
    return OK;
}

enum status audit_check(struct db *db, struct audit_finding *out, struct err *e)
{
    struct audit_finding f = {.is_whole = true};
    struct audit_head kept;

    TRY(audit_walk(db, follow, &f, &kept, e));
    if (f.is_whole)
        f.is_whole = check_end(&f.head, &kept, &f.fault) == OK;
    *out = f;
    return OK;
}

enum status audit_verify(struct db *db, struct audit_head *head, struct err *e)
{
    struct audit_finding f;

    TRY(audit_check(db, &f, e));
    if (!f.is_whole)
        return err_set(e, f.fault.status, "%s", f.fault.what);
    *head = f.head;
    return OK;
}

/* Moves `head` on to `row`, if it is the row that belongs there. */
static enum status check_row(const struct audit_entry *row, struct audit_head *head, struct err *e)
{
    char moment[21];

    if (row->id != head->last + 1)
        return err_set(e, BAD_INPUT, "audit log: row %" PRId64 ": missing: it has been dropped from the log",
                       head->last + 1);
    row_hash(head->hash, row, head->hash);
    head->last = row->id;
    if (row->hash.n == sizeof head->hash && memcmp(row->hash.p, head->hash, row->hash.n) == 0)
        return OK;
    moment_to_text(row->at, moment);
    return err_set(e, BAD_INPUT,
                   "audit log: row %" PRId64
                   " (%.*s, %s): is not what was written: it was altered, or a row before it was "
                   "put in another place",
                   row->id, STR(row->action), moment);
}

static void add_int(crypto_generichash_state *state, int64_t value)
{
    unsigned char bytes[8];
    uint64_t bits = (uint64_t)value;

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(bits >> (8 * i));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

static void add_str(crypto_generichash_state *state, struct str value)
{
    add_int(state, (int64_t)value.n);
    crypto_generichash_update(state, (const unsigned char *)value.p, value.n);
}

static void row_hash(const unsigned char *previous, const struct audit_entry *row, unsigned char *out)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, AUDIT_HASH_BYTES);
    crypto_generichash_update(&state, previous, AUDIT_HASH_BYTES);
    add_int(&state, row->id);
    add_int(&state, row->at);
    add_str(&state, row->who);
    add_str(&state, row->action);
    add_int(&state, row->subject);
    add_str(&state, row->detail);
    /* Rows from before these two were kept have neither. */
    if (row->role.n > 0 || row->why.n > 0) {
        add_str(&state, row->role);
        add_str(&state, row->why);
    }
    crypto_generichash_final(&state, out, AUDIT_HASH_BYTES);
}

static enum status head_write(struct db *db, const struct audit_head *head, struct err *e)
{
    static const char sql[] = "insert into audit_head (id, last, hash) values (1, $1, $2) "
                              "on conflict (id) do update set last = excluded.last, hash = excluded.hash";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, head->last);
    bind_blob(&q, 2, (struct str){(const char *)head->hash, sizeof head->hash});
    return query_run(&q, e);
}
