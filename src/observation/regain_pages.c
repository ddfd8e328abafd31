/* Recovery. One page with what the reader may do now; each form is posted to an address of its own. */
#include "observation/regain_pages.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/regain.h"
#include "keyring/share_holder.h"
#include "keyring/unlock.h"
#include "observation/desk.h"
#include "observation/regain_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "seal/passphrase.h"
#include "seal/recovery.h"
#include "seal/secret.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#define PAGE "/aterstallning"

/* Blanks between all letters of a share, and a long passphrase, still fit. */
enum { TYPED_LETTERS = 2 * RECOVERY_SHOWN };

/* The page as this reader sees it now. */
struct regain_page {
    const struct request *r;
    struct keyring *k;
    struct share_holders holders;
    struct regain_view v;
};

static int64_t reader(const struct request *r)
{
    return portal_visitor(r)->person.id;
}

/* A name, also of who has left. */
static enum status name_of(const struct request *r, int64_t account, struct str *out, struct err *e)
{
    struct person person = {0};

    *out = S("");
    if (account == 0)
        return OK;
    TRY(person_find(portal_db(r), account, r->arena, &person, e));
    *out = person.name;
    return OK;
}

enum status regain_asker(const struct request *r, struct keyring *k, struct str *name, struct err *e)
{
    struct regain now;

    TRY(regain_now(k, date_of(r->now_at), &now, e));
    return name_of(r, now.account == reader(r) ? 0 : now.account, name, e);
}

static enum status add_rows(struct regain_page *p, struct err *e)
{
    p->v.row = arena_new(p->r->arena, p->holders.n + 1, struct regain_row);
    for (size_t i = 0; i < p->holders.n; i++) {
        const struct share_holder *holder = &p->holders.holder[i];
        struct regain_row *row = &p->v.row[p->v.rows++];

        *row =
            (struct regain_row){.number = holder->number, .role = holder->role, .given_on = holder->given_on};
        TRY(name_of(p->r, holder->account, &row->name, e));
    }
    return OK;
}

/* The form that is posted to `path`, with what was typed when it was. */
static struct regain_form form_at(struct regain_page *p, const char *path)
{
    const struct request *r = p->r;
    bool is_sent = str_is(r->method, "POST") && str_is(r->path, path);
    struct regain_form form = {
        .action = portal_href(r, path),
        .fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena)};

    if (is_sent)
        p->v.faults = form.fields;
    return form;
}

static void add_begin(struct regain_page *p)
{
    char made[PASSPHRASE_BYTES];

    p->v.begin = form_at(p, PAGE "/borja");
    p->v.begin_passphrase =
        field_add(p->v.begin.fields, FIELD_PASSWORD, "laslosen", TEXT_REGAIN_NEW_PASSPHRASE);
    field_hint(p->v.begin.fields, p->v.begin_passphrase, TEXT_REGAIN_NEW_PASSPHRASE_HINT);
    passphrase_make(made);
    p->v.proposal = str_of(arena_printf(p->r->arena, "%s", made));
    secret_wipe(made, sizeof made);
}

static void add_give(struct regain_page *p)
{
    p->v.give = form_at(p, PAGE "/andel");
    p->v.share = field_add(p->v.give.fields, FIELD_AREA, "andel", TEXT_REGAIN_SHARE);
    field_hint(p->v.give.fields, p->v.share, TEXT_REGAIN_SHARE_HINT);
}

static void add_finish(struct regain_page *p)
{
    p->v.finish = form_at(p, PAGE "/slutfor");
    p->v.finish_passphrase =
        field_add(p->v.finish.fields, FIELD_PASSWORD, "laslosen", TEXT_REGAIN_PASSPHRASE);
    field_hint(p->v.finish.fields, p->v.finish_passphrase, TEXT_REGAIN_PASSPHRASE_HINT);
}

static void add_name(struct regain_page *p)
{
    struct field_set *f;

    p->v.name = form_at(p, PAGE "/innehavare");
    f = p->v.name.fields;
    p->v.number = field_add(f, FIELD_NUMBER, "nummer", TEXT_REGAIN_NUMBER);
    p->v.number->width = "n2";
    field_hint(f, p->v.number, TEXT_REGAIN_NUMBER_HINT);
    p->v.email = field_add(f, FIELD_EMAIL, "epost", TEXT_REGAIN_EMAIL);
    field_hint(f, p->v.email, TEXT_REGAIN_EMAIL_HINT);
    p->v.role = field_add(f, FIELD_TEXT, "roll", TEXT_REGAIN_ROLE);
    field_hint(f, p->v.role, TEXT_REGAIN_ROLE_HINT);
}

/* What this reader may do as things stand. */
static void add_forms(struct regain_page *p)
{
    struct regain_view *v = &p->v;
    bool is_triage = portal_may(p->r, PERMISSION_OBSERVATION_TRIAGE);

    if (is_triage && v->now.account == 0 && !v->is_done)
        add_begin(p);
    if (v->now.account != 0 && v->own_number != 0)
        add_give(p);
    if (is_triage && v->is_asker && v->now.given >= v->needed)
        add_finish(p);
    if (is_triage && v->now.account != 0)
        v->stop_action = portal_href(p->r, PAGE "/avbryt");
    if (is_triage)
        add_name(p);
}

/* *p for who asks; p->k is NULL when the city has no key file. `is_done`: a recovery has just ended well. */
static enum status page_of(const struct request *r, bool is_done, struct regain_page *p, struct err *e)
{
    *p = (struct regain_page){.r = r};
    TRY(desk_keyring(r, &p->k, e));
    if (!p->k)
        return OK;
    TRY(regain_now(p->k, date_of(r->now_at), &p->v.now, e));
    TRY(share_holders_list(p->k, r->arena, &p->holders, e));
    const struct share_holder *own = share_holder_of(&p->holders, reader(r));
    p->v.own_number = own ? own->number : 0;
    p->v.has_part = own || portal_may(r, PERMISSION_OBSERVATION_TRIAGE);
    p->v.is_done = is_done;
    p->v.is_asker = p->v.now.account == reader(r);
    p->v.needed = p->holders.needed;
    p->v.shares = (int64_t)p->holders.n;
    p->v.inbox_href = portal_href(r, "/bedomning");
    if (!p->v.has_part)
        return OK;
    TRY(name_of(r, p->v.now.account, &p->v.asker, e));
    TRY(add_rows(p, e));
    add_forms(p);
    return OK;
}

static enum status draw(struct regain_page *p, struct response *out)
{
    struct portal_view site = portal_view_of(p->r);
    size_t errors = p->v.faults ? p->v.faults->errors : 0;

    p->v.address =
        str_of(arena_printf(p->r->arena, "%.*s%.*s", STR(site.address), STR(portal_href(p->r, PAGE))));
    p->v.layout =
        portal_form_layout(&site, portal_text(p->r, TEXT_REGAIN_TITLE), S(PAGE), errors, p->r->arena);
    page_regain(response_page(out), &p->v);
    return errors > 0 ? response_correct(out) : OK;
}

static enum status back(const struct request *r, struct response *out)
{
    return portal_redirect(r, out, S(PAGE));
}

enum status regain_show(const struct request *r, struct response *out, struct err *e)
{
    struct regain_page p;

    TRY(page_of(r, false, &p, e));
    return draw(&p, out);
}

enum status regain_take_begin(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct regain_page p;
    struct str typed;
    struct err why = {0};

    TRY(page_of(r, false, &p, e));
    if (!p.v.begin.fields)
        return back(r, out);
    if (!field_str(p.v.begin.fields, p.v.begin_passphrase, TYPED_LETTERS, &typed))
        return draw(&p, out);
    enum status s = regain_begin(p.k, reader(r), typed, &who, &why);
    if (s == BAD_INPUT) {
        field_wrong(p.v.begin.fields, p.v.begin_passphrase, TEXT_OBSERVATION_RECIPIENT_WEAK);
        return draw(&p, out);
    }
    if (s != OK && s != REFUSED)
        return err_set(e, s, "%s", why.what);
    return back(r, out);
}

enum status regain_take_share(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct regain_page p;
    struct str typed;
    struct err why = {0};

    TRY(page_of(r, false, &p, e));
    if (!p.v.give.fields)
        return back(r, out);
    if (!field_str(p.v.give.fields, p.v.share, TYPED_LETTERS, &typed))
        return draw(&p, out);
    enum status s = regain_give(p.k, reader(r), typed, &who, &why);
    if (s == BAD_INPUT) {
        field_wrong(p.v.give.fields, p.v.share, TEXT_REGAIN_WRONG_SHARE);
        return draw(&p, out);
    }
    if (s != OK && s != REFUSED)
        return err_set(e, s, "%s", why.what);
    return back(r, out);
}

/* The page after the last step. A wrong passphrase is a fault at its field; what has ended the recovery, or
 * taken its shares away, is a change: it is told, and kept. */
static enum status tell_finish(const struct request *r, enum regain_answer answer, struct response *out,
                               struct err *e)
{
    struct regain_page p;

    TRY(page_of(r, answer == REGAIN_DONE, &p, e));
    if (answer == REGAIN_WRONG)
        field_wrong(p.v.finish.fields, p.v.finish_passphrase, TEXT_REGAIN_WRONG_PASSPHRASE);
    if (answer == REGAIN_OVER)
        p.v.failure = portal_text(r, TEXT_REGAIN_OVER);
    if (answer == REGAIN_NOT_SHARES)
        p.v.failure = portal_text(r, TEXT_REGAIN_NOT_SHARES);
    return draw(&p, out);
}

enum status regain_take_finish(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    enum regain_answer answer = REGAIN_WRONG;
    struct regain_page p;
    struct str typed;
    struct err why = {0};

    TRY(page_of(r, false, &p, e));
    if (!p.v.finish.fields)
        return back(r, out);
    if (!field_str(p.v.finish.fields, p.v.finish_passphrase, TYPED_LETTERS, &typed))
        return draw(&p, out);
    enum status s = regain_finish(p.k, reader(r), typed, &who, &answer, &why);
    if (s == REFUSED)
        return back(r, out);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    if (answer == REGAIN_DONE)
        unlock_end(desk_unlocks(r), reader(r)); /* what the old passphrase opened */
    return tell_finish(r, answer, out, e);
}

/* The account with the address; a fault at the field when there is none, it is closed, or its roles may not
 * give a share. */
static enum status read_account(struct regain_page *p, int64_t *account, struct err *e)
{
    struct person person = {0};
    struct str email;
    struct err why = {0};

    if (!field_email(p->v.name.fields, p->v.email, &email))
        return OK;
    enum status s = person_by_email(portal_db(p->r), email, p->r->arena, &person, &why);
    if (s != OK && s != REFUSED)
        return err_set(e, s, "%s", why.what);
    if (s == REFUSED || person.is_closed)
        field_wrong(p->v.name.fields, p->v.email, TEXT_REGAIN_WRONG_EMAIL);
    else if (!(person.roles & permissions[PERMISSION_RECOVERY_HELP].roles))
        field_wrong(p->v.name.fields, p->v.email, TEXT_REGAIN_WRONG_ROLE);
    *account = person.id;
    return OK;
}

enum status regain_take_holder(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct regain_page p;
    struct str role = S("");
    int64_t number = 0;
    int64_t account = 0;
    struct err why = {0};

    TRY(page_of(r, false, &p, e));
    if (!p.k)
        return back(r, out);
    field_i64(p.v.name.fields, p.v.number, 1, p.v.shares, &number);
    TRY(read_account(&p, &account, e));
    field_str(p.v.name.fields, p.v.role, SHARE_ROLE_LETTERS, &role);
    if (p.v.name.fields->errors > 0)
        return draw(&p, out);
    enum status s = share_holder_name(p.k, number, account, role, &who, &why);
    if (s == BAD_INPUT) {
        field_wrong(p.v.name.fields, p.v.email, TEXT_REGAIN_HOLDS_ANOTHER);
        return draw(&p, out);
    }
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    return back(r, out);
}

enum status regain_take_stop(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct keyring *k = NULL;

    TRY(desk_keyring(r, &k, e));
    if (k)
        TRY(regain_stop(k, &who, e));
    return back(r, out);
}
