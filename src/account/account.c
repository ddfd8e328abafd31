/* Accounts as the command line and an example city make them. */
#include "account/account.h"

#include "account/password.h"
#include "account/second_factor.h"
#include "base/arena.h"
#include "base/text.h"
#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/session.h"
#include "store/city.h"
#include "store/db.h"

/* Adds a person with the hash of a password, both or neither. */
static enum status add_with(struct db *db, const struct who *who, struct person *person, struct str hash,
                            struct err *e)
{
    TRY(db_begin(db, e));
    enum status s = person_add(db, who, person, e);
    if (s == OK)
        s = password_set(db, person->id, hash, who->now_at, e);
    return db_end(db, s, e);
}

enum status account_add(struct db *db, const struct who *who, const struct outside *outside,
                        struct person *person, struct arena *a, struct str *password, struct err *e)
{
    struct str hash;

    *password = password_make(outside, a);
    TRY(password_hash(*password, a, &hash, e));
    return add_with(db, who, person, hash, e);
}

static enum status reset(struct db *db, int64_t person, struct str hash, enum account_loss loss,
                         int64_t now_at, struct err *e)
{
    TRY(password_set(db, person, hash, now_at, e));
    if (loss == LOST_PASSWORD_AND_DEVICE)
        TRY(second_factor_forget(db, person, e));
    return sessions_end(db, person, 0, e);
}

enum status account_reset(struct db *db, const struct who *who, const struct outside *outside,
                          const struct person *person, enum account_loss loss, struct arena *a,
                          struct str *password, struct err *e)
{
    const struct audit_line line = {.who = *who,
                                    .action = "account.reset",
                                    .subject = person->id,
                                    .detail =
                                        loss == LOST_PASSWORD ? S("password") : S("password and device")};
    struct str hash;

    *password = password_make(outside, a);
    TRY(password_hash(*password, a, &hash, e));
    TRY(db_change(db, e));
    return db_change_end(db, reset(db, person->id, hash, loss, who->now_at, e), &line, e);
}

/* Who works in the example city; "exempel" in each name, at a host that no mail reaches (RFC 2606). */
static const struct {
    enum role role;
    const char *mailbox, *name;
} examples[] = {
    {ROLE_MEMBER, "medlem", "Exempel Medlem"},
    {ROLE_COORDINATOR, "samordnare", "Exempel Samordnare"},
    {ROLE_TRIAGE, "mottagare", "Exempel Mottagare"},
    {ROLE_LIST_KEEPER, "listansvarig", "Exempel Listansvarig"},
    {ROLE_ANALYST, "analytiker", "Exempel Analytiker"},
    {ROLE_APPROVER, "godkannare", "Exempel Godkännare"},
    {ROLE_PROGRAMME_LEAD, "programledare", "Exempel Programledare"},
    {ROLE_AUDITOR, "granskare", "Exempel Granskare"},
    {ROLE_DPO, "dataskydd", "Exempel Dataskyddsombud"},
    {ROLE_ADMINISTRATOR, "administrator", "Exempel Administratör"},
};

/* The device that an example account's codes are made for is nobody's: the page that asks shows them. */
static enum status add_example(const struct city *city, const struct who *who, const struct outside *outside,
                               struct person *person, struct str hash, struct err *e)
{
    struct second_factor x = {.set_at = who->now_at, .is_example = true};

    outside->random(outside, x.secret.bytes, sizeof x.secret.bytes);
    TRY(db_begin(city->db, e));
    enum status s = add_with(city->db, who, person, hash, e);
    if (s == OK)
        s = second_factor_set(city, city->db, outside, person->id, &x, e);
    return db_end(city->db, s, e);
}

static struct str address_at(const char *host, size_t i, struct arena *a)
{
    return str_of(arena_printf(a, "%s@%s", examples[i].mailbox, host));
}

enum status account_examples_add(const struct city *city, const struct who *who,
                                 const struct outside *outside, const struct account_examples *x,
                                 struct arena *a, struct err *e)
{
    struct str hash;

    if (!city->is_example)
        return err_set(e, REFUSED, "example accounts are for example cities alone");
    TRY(password_hash(x->password, a, &hash, e));
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        struct person p = {.email = address_at(x->host, i, a),
                           .name = str_of(examples[i].name),
                           .roles = ROLE_BIT(examples[i].role)};

        TRY(add_example(city, who, outside, &p, hash, e));
    }
    return OK;
}

void account_examples_tell(const struct account_examples *x, struct text *out)
{
    text_format(out,
                "\nExample accounts of the example city, shown this once. Password for all of them: %.*s\n",
                STR(x->password));
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        text_format(out, "  %-15s %s@%s\n", role_name(examples[i].role), examples[i].mailbox, x->host);
}
