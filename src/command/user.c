/* lykta user: the accounts of a city. */
#include "command/command.h"

#include "account/account.h"
#include "account/account_letter.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "oidc/identity.h"
#include "oidc/token.h"
#include "passkey/passkey.h"
#include "portal/outside.h"
#include "portal/permission.h"
#include "portal/session.h"
#include "store/city.h"
#include "store/db.h"
#include "web/address.h"

#include <string.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--email", "ADDRESS", "The address the person signs in with (needed but for list)"},
    {"--name", "NAME", "The person's name (add)"},
    {"--role", "ROLES",
     "Roles with commas between: member, coordinator, triage, list-keeper, analyst, approver, "
     "programme-lead, auditor, dpo, administrator (add, role)"},
    {"--device", NULL, "The device for codes is lost too: the next sign-in sets up a new one (reset)"},
    {"--subject", "SUBJECT", "Who the person is at the provider named in lykta.conf: its \"sub\" (link)"},
    {"--language", "sv|en", "The language of letters to the person (add; sv)"},
    {NULL, NULL, NULL},
};

const struct command command_user = {
    .name = "user",
    .arguments = "add|list|role|reset|link|unlink DIR",
    .summary = "Make and change the accounts of a city",
    .about =
        "add makes an account and prints its first password, once. list shows the accounts. role gives a "
        "person\n"
        "exactly the roles named; their sessions end. reset prints a new password and ends the person's "
        "sessions;\n"
        "with --device it forgets the person's device for codes, recovery codes and passkeys as well. link lets the "
        "person\n"
        "sign in through the municipality's own provider, as they can do themselves from their account; unlink ends that.\n"
        "Each change is in the audit log.",
    .examples = "  lykta user add lund --email anna@exempel.example --name \"Anna Exempel\" --role "
                "coordinator,triage\n"
                "  lykta user list lund",
    .least = 2,
    .most = 2,
    .options = options,
    .run = run,
};

static enum status read_roles(const struct call *call, uint32_t *roles, struct err *e)
{
    struct str rest = str_of(call_option(call, "--role"));
    struct str name;
    enum role role;

    *roles = 0;
    if (rest.n == 0)
        return err_set(e, USAGE, "lykta user: --role is needed, as --role coordinator");
    while (rest.n > 0) {
        str_cut(rest, ',', &name, &rest);
        if (!role_from_str(str_trim(name), &role))
            return err_set(e, USAGE, "lykta user: unknown role \"%.40s\"; see lykta help user",
                           arena_cstr(call->arena, name.p, name.n));
        *roles |= ROLE_BIT(role);
    }
    return OK;
}

/* The address as it is stored. One that no letter reaches, and that the page for signing in does not take,
 * has no account. */
static enum status read_email(const struct call *call, struct str *out, struct err *e)
{
    struct str given = address_normal(str_of(call_option(call, "--email")), call->arena);

    if (!address_is_valid(given))
        return err_set(e, USAGE,
                       "lykta user: --email is needed, as --email anna@exempel.example: letters a-z, digits "
                       "and . _ - + before the @");
    *out = given;
    return OK;
}

static struct who who_of(void)
{
    return (struct who){.name = "command line", .now_at = (int64_t)time(NULL)};
}

static enum status add(const struct call *call, struct city *city, struct text *out, struct err *e)
{
    const char *language = call_option(call, "--language");
    struct person p = {.name = str_of(call_option(call, "--name"))};
    const struct who who = who_of();
    struct str password;

    TRY(read_email(call, &p.email, e));
    TRY(read_roles(call, &p.roles, e));
    if (p.name.n == 0 || !str_is_utf8(p.name))
        return err_set(e, USAGE, "lykta user add: --name is needed, as --name \"Anna Exempel\"");
    if (language && strcmp(language, "sv") != 0 && strcmp(language, "en") != 0)
        return err_set(e, USAGE, "lykta user add: --language is sv or en");
    p.language = language && strcmp(language, "en") == 0 ? LANGUAGE_EN : LANGUAGE_SV;
    TRY(account_add(city->db, &who, &outside_machine, &p, call->arena, &password, e));
    text_format(out, "%.*s\npassword: %.*s\nIt is shown this once. Change it after signing in.\n",
                STR(p.email), STR(password));
    return OK;
}

static enum status list(const struct call *call, struct city *city, struct text *out, struct err *e)
{
    struct people all;

    TRY(people_list(city->db, call->arena, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        const struct person *p = &all.person[i];

        text_format(out, "%-32.*s %-28.*s %s", STR(p->email), STR(p->name), p->is_closed ? "(closed) " : "");
        for (int role = 0; role < ROLES; role++)
            if (p->roles & ROLE_BIT(role))
                text_format(out, "%s ", role_name((enum role)role));
        text_byte(out, '\n');
    }
    return OK;
}

static enum status find(const struct call *call, struct city *city, struct person *out, struct err *e)
{
    struct str email;

    TRY(read_email(call, &email, e));
    enum status s = person_by_email(city->db, email, call->arena, out, e);
    if (s == REFUSED)
        return err_set(e, BAD_INPUT, "%s: no account has this address; lykta user list shows them",
                       city->path);
    return s;
}

static enum status change_roles(const struct call *call, struct city *city, struct text *out, struct err *e)
{
    const struct who who = who_of();
    struct person p;
    bool is_overtaken = false;

    TRY(find(call, city, &p, e));
    TRY(read_roles(call, &p.roles, e));
    TRY(person_save(city->db, &who, &p, &is_overtaken, e));
    text_lit(out, "The roles are changed; the person's sessions have ended.\n");
    return OK;
}

static enum status tell(const struct city *city, const struct person *p, enum account_change what,
                        struct arena *a, struct err *e)
{
    const struct account_event event = {.person = p, .what = what, .now_at = (int64_t)time(NULL)};

    return account_letter(city, city->db, &event, a, e);
}

static enum status reset(const struct call *call, struct city *city, struct text *out, struct err *e)
{
    const struct who who = who_of();
    enum account_loss loss = call_has(call, "--device") ? LOST_PASSWORD_AND_DEVICE : LOST_PASSWORD;
    struct person p;
    struct str password;

    TRY(find(call, city, &p, e));
    TRY(db_begin(city->db, e));
    enum status s = account_reset(city->db, &who, &outside_machine, &p, loss, call->arena, &password, e);
    if (s == OK && loss == LOST_PASSWORD_AND_DEVICE)
        s = passkeys_remove(city->db, p.id, e);
    if (s == OK)
        s = tell(city, &p, loss == LOST_PASSWORD ? ACCOUNT_PASSWORD_GIVEN : ACCOUNT_RESET, call->arena, e);
    TRY(db_end(city->db, s, e));
    text_format(out, "%.*s\npassword: %.*s\nIt is shown this once. Change it after signing in.\n",
                STR(p.email), STR(password));
    return OK;
}

static enum status add_link(const struct call *call, struct city *city, struct text *out, struct err *e)
{
    const struct identity identity = {.issuer = city->file.oidc_issuer,
                                      .subject = str_of(call_option(call, "--subject"))};
    struct audit_line line = {.who = who_of(), .action = "account.provider_link"};
    struct person p;

    if (identity.issuer.n == 0)
        return err_set(e, BAD_INPUT, "%s: lykta.conf names no issuer in [oidc]", city->path);
    if (identity.subject.n == 0 || identity.subject.n > TOKEN_SUBJECT_BYTES)
        return err_set(e, USAGE, "lykta user link: --subject is needed, at most %d letters",
                       (int)TOKEN_SUBJECT_BYTES);
    TRY(find(call, city, &p, e));
    line.subject = p.id;
    TRY(db_change(city->db, e));
    enum status s = identity_link(city->db, p.id, &identity, line.who.now_at, e);
    if (s == OK)
        s = tell(city, &p, ACCOUNT_PROVIDER_LINKED, call->arena, e);
    TRY(db_change_end(city->db, s, &line, e));
    text_lit(out, "Linked.\n");
    return OK;
}

static enum status unlink_and_sign_out(const struct city *city, const struct person *p, struct arena *a,
                                       struct err *e)
{
    bool was_linked = false;

    TRY(identity_unlink(city->db, p->id, &was_linked, e));
    TRY(sessions_end(city->db, p->id, 0, e));
    return was_linked ? tell(city, p, ACCOUNT_PROVIDER_UNLINKED, a, e) : OK;
}

static enum status remove_link(const struct call *call, struct city *city, struct text *out, struct err *e)
{
    struct audit_line line = {.who = who_of(), .action = "account.provider_unlink"};
    struct person p;

    TRY(find(call, city, &p, e));
    line.subject = p.id;
    TRY(db_change(city->db, e));
    TRY(db_change_end(city->db, unlink_and_sign_out(city, &p, call->arena, e), &line, e));
    text_lit(out, "The link is removed; the person's sessions have ended.\n");
    return OK;
}

static enum status run(const struct call *call, struct err *e)
{
    static const struct {
        const char *verb;
        enum status (*run)(const struct call *, struct city *, struct text *, struct err *);
    } verbs[] = {{"add", add},     {"list", list},     {"role", change_roles},
                 {"reset", reset}, {"link", add_link}, {"unlink", remove_link}};
    struct text out = text_open(call->arena);
    struct city *city = NULL;
    size_t i = 0;

    while (i < sizeof verbs / sizeof verbs[0] && strcmp(call->arguments[0], verbs[i].verb) != 0)
        i++;
    if (i == sizeof verbs / sizeof verbs[0])
        return err_set(e, USAGE,
                       "lykta user: expected add, list, role, reset, link or unlink; see lykta help user");
    TRY(city_open(call->arguments[1], verbs[i].run == list ? DB_READ : DB_WRITE, &city, e));
    enum status s = verbs[i].run(call, city, &out, e);
    city_close(city);
    return s == OK ? file_write("-", text_str(&out), 0, e) : s;
}
