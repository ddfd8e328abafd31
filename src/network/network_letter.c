/* Letters about joining and agreements. */
#include "network/network_letter.h"

#include "base/arena.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "network/agreement.h"
#include "network/application.h"
#include "store/db.h"

#include <inttypes.h>

enum language network_language(struct str code)
{
    return str_is(code, "en") ? LANGUAGE_EN : LANGUAGE_SV;
}

/* The address of the page `path` ("/natverket/min") for a reader of `language`. */
static struct str link_to(const struct network_office *o, const char *path, enum language language,
                          struct arena *a)
{
    return str_of(arena_printf(a, "%.*s%s%s", STR(o->address), language == LANGUAGE_EN ? "/en" : "", path));
}

static enum status queue(struct db *db, const struct network_office *o, const struct letter *l,
                         struct str address, struct err *e)
{
    const struct mail_letter letter = letter_to(l, address);
    int64_t id = 0;

    return mail_queue(db, &letter, o->now_at, &id, e);
}

enum status network_letter_confirm(struct db *db, const struct network_office *o, const struct application *f,
                                   const struct application_token *token, struct arena *a, struct err *e)
{
    enum language language = network_language(f->language);
    struct letter l = letter_open(language, f->contact_name, o->city, a);
    const struct insertion values[] = {insertion("organisation", f->name)};

    letter_subject(&l, TEXT_NETWORK_LETTER_CONFIRM_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_NETWORK_LETTER_CONFIRM, values, 1);
    letter_link(&l, TEXT_NETWORK_LETTER_CONFIRM_LINK,
                link_to(o, arena_printf(a, "/natverket/bekrafta/%s", token->text), language, a));
    letter_paragraph(&l, TEXT_NETWORK_LETTER_CONFIRM_END, values, 1);
    return queue(db, o, &l, f->contact_email, e);
}

enum status network_letter_sign(struct db *db, const struct network_office *o, const struct application *f,
                                const struct application_token *token, struct arena *a, struct err *e)
{
    enum language language = network_language(f->language);
    struct letter l = letter_open(language, S(""), o->city, a);
    const struct insertion values[] = {insertion("organisation", f->name),
                                       insertion("person", f->contact_name)};

    letter_subject(&l, TEXT_NETWORK_LETTER_SIGN_SUBJECT, values, 2);
    letter_paragraph(&l, TEXT_NETWORK_LETTER_SIGN, values, 2);
    letter_link(&l, TEXT_NETWORK_LETTER_SIGN_LINK,
                link_to(o, arena_printf(a, "/natverket/skriv-pa/%s", token->text), language, a));
    return queue(db, o, &l, f->signer_email, e);
}

enum status network_letter_waiting(struct db *db, const struct network_office *o, const struct application *f,
                                   struct arena *a, struct err *e)
{
    struct letter l = letter_open(LANGUAGE_SV, S(""), o->city, a);
    const struct insertion values[] = {insertion("organisation", f->name)};

    if (o->email.n == 0)
        return OK;
    letter_subject(&l, TEXT_NETWORK_LETTER_WAITING_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_NETWORK_LETTER_WAITING, values, 1);
    letter_link(&l, TEXT_NETWORK_LETTER_WAITING_LINK,
                link_to(o, arena_printf(a, "/natverket/ansokan/%" PRId64, f->id), LANGUAGE_SV, a));
    return queue(db, o, &l, o->email, e);
}

enum status network_letter_decided(struct db *db, const struct network_office *o, const struct application *f,
                                   enum network_account account, struct arena *a, struct err *e)
{
    static const struct {
        enum text_key subject, opening;
    } words[] = {
        [APPLICATION_NEW] = {TEXT_NETWORK_LETTER_ASKED_SUBJECT, TEXT_NETWORK_LETTER_ASKED},
        [APPLICATION_ASKED] = {TEXT_NETWORK_LETTER_ASKED_SUBJECT, TEXT_NETWORK_LETTER_ASKED},
        [APPLICATION_ACCEPTED] = {TEXT_NETWORK_LETTER_ACCEPTED_SUBJECT, TEXT_NETWORK_LETTER_ACCEPTED},
        [APPLICATION_DECLINED] = {TEXT_NETWORK_LETTER_DECLINED_SUBJECT, TEXT_NETWORK_LETTER_DECLINED}};
    enum language language = network_language(f->language);
    struct letter l = letter_open(language, f->contact_name, o->city, a);
    const struct insertion values[] = {insertion("organisation", f->name)};

    letter_subject(&l, words[f->state].subject, values, 1);
    letter_paragraph(&l, words[f->state].opening, values, 1);
    if (account == NETWORK_ACCOUNT_INVITED)
        letter_paragraph(&l, TEXT_NETWORK_LETTER_ACCOUNT, NULL, 0);
    if (f->state == APPLICATION_ACCEPTED)
        letter_link(&l, TEXT_NETWORK_LETTER_OWN_LINK, link_to(o, "/natverket/min", language, a));
    else
        letter_markdown(&l, f->reason);
    return queue(db, o, &l, f->contact_email, e);
}

static enum status remind(struct db *db, const struct network_office *o, const struct agreement_due *due,
                          struct arena *a, struct err *e)
{
    enum language language = network_language(due->contact_language);
    struct letter l = letter_open(language, due->contact_name, o->city, a);
    bool is_sign = due->what == AGREEMENT_DUE_SIGN;
    struct date until = date_of(due->valid_until_at);
    const struct insertion values[] = {insertion("organisation", due->name), insertion("until", until)};

    letter_subject(&l, is_sign ? TEXT_NETWORK_LETTER_RENEW_SUBJECT : TEXT_NETWORK_LETTER_ATTEST_SUBJECT,
                   values, 2);
    letter_paragraph(&l, is_sign ? TEXT_NETWORK_LETTER_RENEW : TEXT_NETWORK_LETTER_ATTEST, values, 2);
    letter_link(&l, TEXT_NETWORK_LETTER_OWN_LINK, link_to(o, "/natverket/min", language, a));
    TRY(queue(db, o, &l, due->contact_email, e));
    return agreement_reminded(db, due, o->now_at, e);
}

enum status network_remind(struct db *db, const struct network_office *o, const char *who, size_t *n,
                           struct err *e)
{
    const struct audit_line line = {.who = {.name = who, .now_at = o->now_at}, .action = "network.remind"};
    struct arena *a = arena_open();
    struct agreement_due *due = NULL;
    enum status s = agreement_reminders(db, o->now_at, a, &due, n, e);

    if (s != OK || *n == 0)
        goto done;
    s = db_change(db, e);
    if (s != OK)
        goto done;
    for (size_t i = 0; s == OK && i < *n; i++)
        s = remind(db, o, &due[i], a, e);
    s = db_change_end(db, s, &line, e);
done:
    arena_close(a);
    return s;
}
