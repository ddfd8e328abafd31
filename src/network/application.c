/* Joining the network: applying, confirming and signing. */
#include "network/application.h"

#include "base/arena.h"
#include "network/application_row.h"
#include "network/organisation.h"
#include "network/phone.h"
#include "store/db.h"
#include "web/address.h"

#include <string.h>

#include <sodium.h>

enum { TOKEN_BYTES = 24, HASH_BYTES = 32 };

static enum status check(const struct application *f, struct err *e);
static enum status insert(struct db *db, const struct application *f, int64_t now_at,
                          const struct application_token *confirm, const struct application_token *sign,
                          int64_t *id, struct err *e);

static void make_token(struct application_token *out)
{
    unsigned char bytes[TOKEN_BYTES];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out->text, sizeof out->text, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static struct str hash_of(struct str token, unsigned char out[HASH_BYTES])
{
    crypto_generichash(out, HASH_BYTES, (const unsigned char *)(token.n ? token.p : ""), token.n, NULL, 0);
    return (struct str){(const char *)out, HASH_BYTES};
}

enum status application_add(struct db *db, const struct application *application, const struct who *who,
                            int64_t *id, struct application_token *confirm, struct application_token *sign,
                            struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.apply"};

    TRY(check(application, e));
    make_token(confirm);
    *sign = (struct application_token){""};
    if (application->signer_email.n > 0)
        make_token(sign);
    TRY(db_change(db, e));
    enum status s = insert(db, application, who->now_at, confirm, sign, id, e);
    line.subject = *id;
    return db_change_end(db, s, &line, e);
}

static bool is_text(struct str s, size_t most)
{
    return str_trim(s).n > 0 && s.n <= most;
}

static enum status check(const struct application *f, struct err *e)
{
    bool has_deputy = f->deputy_name.n > 0;

    if (!is_text(f->name, ORGANISATION_NAME_MAX_BYTES) || f->actor >= ACTORS ||
        f->wish.n > ORGANISATION_WISH_MAX_BYTES)
        return err_set(e, BAD_INPUT, "an application names an organisation and its kind of work");
    if (!is_text(f->contact_name, CONTACT_NAME_MAX_BYTES) || f->contact_role.n > CONTACT_ROLE_MAX_BYTES ||
        !address_is_valid(f->contact_email))
        return err_set(e, BAD_INPUT, "an application names a contact person with an e-mail address");
    if (f->contact_phone.n > 0 && !phone_is_valid(f->contact_phone))
        return err_set(e, BAD_INPUT, "the contact person's phone number is not one");
    if (has_deputy != (f->deputy_email.n > 0) || (has_deputy && !address_is_valid(f->deputy_email)) ||
        f->deputy_name.n > CONTACT_NAME_MAX_BYTES ||
        (f->deputy_phone.n > 0 && !phone_is_valid(f->deputy_phone)))
        return err_set(e, BAD_INPUT, "a deputy has a name and an e-mail address");
    if (f->signer_email.n > 0 && !address_is_valid(f->signer_email))
        return err_set(e, BAD_INPUT, "who signs has an e-mail address");
    return OK;
}

static enum status insert(struct db *db, const struct application *f, int64_t now_at,
                          const struct application_token *confirm, const struct application_token *sign,
                          int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into application (name, number, actor, contact_name, contact_role, contact_email, "
        "contact_phone, deputy_name, deputy_email, deputy_phone, wish, is_shown, wants_letters, language, "
        "agreement_text, signer_email, signed_by, signed_at, confirm_hash, sign_hash, applied_at, state) "
        "values ($1, nullif($2, ''), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
        "case when $16 = '' then $4 else '' end, case when $16 = '' then $18 end, $17, "
        "case when length($19) > 0 then $19 end, $18, 'new') returning id";
    const struct str texts[] = {f->contact_name, f->contact_role, f->contact_email, f->contact_phone,
                                f->deputy_name,  f->deputy_email, f->deputy_phone,  f->wish};
    unsigned char confirm_hash[HASH_BYTES];
    unsigned char sign_hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_str(&q, 1, f->name);
    bind_str(&q, 2, f->number);
    bind_str(&q, 3, str_of(actor_code(f->actor)));
    for (int i = 0; i < 8; i++)
        bind_str(&q, 4 + i, texts[i]);
    bind_int(&q, 12, f->is_shown);
    bind_int(&q, 13, f->wants_letters);
    bind_str(&q, 14, str_is(f->language, "en") ? S("en") : S("sv"));
    bind_int(&q, 15, f->agreement_text);
    bind_str(&q, 16, f->signer_email);
    bind_blob(&q, 17, hash_of(str_of(confirm->text), confirm_hash));
    bind_int(&q, 18, now_at);
    bind_blob(&q, 19, sign->text[0] ? hash_of(str_of(sign->text), sign_hash) : (struct str){"", 0});
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status application_unconfirmed(struct db *db, const struct application *application, int64_t since_at,
                                    int64_t *n, struct err *e)
{
    static const char sql[] =
        "select count(*) from application where confirmed_at is null and applied_at > $1 and "
        "(contact_email in ($2, nullif($3, '')) or signer_email in ($2, nullif($3, '')))";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, since_at);
    bind_str(&q, 2, application->contact_email);
    bind_str(&q, 3, application->signer_email);
    *n = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status application_to_confirm(struct db *db, struct str token, struct arena *a, struct application *out,
                                   struct err *e)
{
    static const char sql[] = "select " APPLICATION_COLUMNS "from application where confirm_hash = $1 and "
                              "state in ('new', 'asked')";
    unsigned char hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, hash_of(token, hash));
    return application_read(&q, a, out, e);
}

static enum status confirm(struct db *db, struct str token, int64_t now_at, int64_t *id, struct err *e)
{
    static const char sql[] = "update application set confirmed_at = coalesce(confirmed_at, $1) "
                              "where confirm_hash = $2 and state in ('new', 'asked') returning id";
    unsigned char hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    bind_blob(&q, 2, hash_of(token, hash));
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    return *id ? OK : err_set(e, REFUSED, "the link belongs to no application that waits");
}

enum status application_confirm(struct db *db, struct str token, const struct who *who, int64_t *id,
                                struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.apply.confirm"};

    TRY(db_change(db, e));
    enum status s = confirm(db, token, who->now_at, id, e);
    line.subject = *id;
    return db_change_end(db, s, &line, e);
}

enum status application_to_sign(struct db *db, struct str token, struct arena *a, struct application *out,
                                struct err *e)
{
    static const char sql[] = "select " APPLICATION_COLUMNS "from application where sign_hash = $1 and "
                              "signed_at is null and state in ('new', 'asked')";
    unsigned char hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, hash_of(token, hash));
    return application_read(&q, a, out, e);
}

static enum status sign(struct db *db, struct str token, struct str signed_by, int64_t now_at, int64_t *id,
                        struct err *e)
{
    static const char sql[] =
        "update application set signed_by = $1, signed_at = $2, version = version + 1 "
        "where sign_hash = $3 and signed_at is null and state in ('new', 'asked') returning id";
    unsigned char hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_str(&q, 1, signed_by);
    bind_int(&q, 2, now_at);
    bind_blob(&q, 3, hash_of(token, hash));
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    return *id ? OK : err_set(e, REFUSED, "the link belongs to no application that waits for a signature");
}

enum status application_sign(struct db *db, struct str token, struct str signed_by, const struct who *who,
                             struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.apply.sign"};

    if (!is_text(signed_by, CONTACT_NAME_MAX_BYTES))
        return err_set(e, BAD_INPUT, "an agreement is signed by somebody with a name");
    TRY(db_change(db, e));
    enum status s = sign(db, token, str_trim(signed_by), who->now_at, &line.subject, e);
    return db_change_end(db, s, &line, e);
}
