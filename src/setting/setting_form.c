/* The questions of the page of settings. */
#include "setting/setting_form.h"

#include "base/arena.h"
#include "mail/mail_settings.h"
#include "retention/retention_schedule.h"
#include "setting/setting_view.h"
#include "store/city.h"
#include "web/request.h"

#include <stddef.h>

enum { LINE_LETTERS = 100, URL_MAX_BYTES = 300, PASSWORD_MAX_BYTES = 1000, MINUTES_PER_HOUR = 60 };

static struct field *add(struct setting_view *v, enum field_kind kind, const char *name, enum text_key label,
                         struct str saved)
{
    struct field *x = field_add(v->fields, kind, name, label);

    field_start(v->fields, x, saved);
    return x;
}

static struct field *optional(struct field *x)
{
    x->is_optional = true;
    return x;
}

static void ask_site(struct setting_view *v, const struct settings *now)
{
    struct field_set *f = v->fields;

    v->name = add(v, FIELD_TEXT, "name", TEXT_SETTING_NAME, now->name);
    field_hint(f, v->name, TEXT_SETTING_NAME_HINT);
    v->contact = add(v, FIELD_TEXT, "contact", TEXT_SETTING_CONTACT, now->config.contact);
    field_hint(f, v->contact, TEXT_SETTING_CONTACT_HINT);
    v->email = optional(add(v, FIELD_EMAIL, "email", TEXT_SETTING_EMAIL, now->config.email));
    field_hint(f, v->email, TEXT_SETTING_EMAIL_HINT);
    v->exit = add(v, FIELD_TEXT, "exit", TEXT_SETTING_EXIT, now->config.exit);
    field_hint(f, v->exit, TEXT_SETTING_EXIT_HINT);
}

static void ask_mail(struct setting_view *v, const struct settings *now)
{
    struct field_set *f = v->fields;
    bool is_plain = str_is(now->config.mail_tls, "none");

    v->server = optional(add(v, FIELD_TEXT, "server", TEXT_SETTING_SERVER, now->config.mail_server));
    field_hint(f, v->server, TEXT_SETTING_SERVER_HINT);
    v->sender = optional(add(v, FIELD_EMAIL, "sender", TEXT_SETTING_SENDER, now->config.mail_sender));
    field_hint(f, v->sender, TEXT_SETTING_SENDER_HINT);
    v->user = optional(add(v, FIELD_TEXT, "user", TEXT_SETTING_USER, now->config.mail_user));
    field_hint(f, v->user, TEXT_SETTING_USER_HINT);
    v->password = optional(field_add(f, FIELD_PASSWORD, "password", TEXT_SETTING_PASSWORD));
    field_hint(f, v->password, TEXT_SETTING_PASSWORD_HINT);
    v->password->autocomplete = "new-password"; /* not what the browser keeps for this site */
    v->tls = field_add(f, FIELD_RADIOS, "tls", TEXT_SETTING_TLS);
    field_option(f, v->tls, S("required"), catalogue_text(f->texts, TEXT_SETTING_TLS_REQUIRED), !is_plain);
    field_option(f, v->tls, S("none"), catalogue_text(f->texts, TEXT_SETTING_TLS_NONE), is_plain);
}

/* Was right when it was kept. */
static int minute_of(struct str time)
{
    struct err ignored;
    int minute = 0;

    return retention_minute(time, &minute, &ignored) == OK ? minute : 0;
}

void setting_ask(const struct request *r, const struct settings *now, struct setting_view *v)
{
    bool is_sent = str_is(r->method, "POST");

    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->version = now->version;
    ask_site(v, now);
    ask_mail(v, now);
    v->time = field_add(v->fields, FIELD_TIME, "time", TEXT_SETTING_TIME);
    field_hint(v->fields, v->time, TEXT_SETTING_TIME_HINT);
    field_start_time(v->fields, v->time, minute_of(now->config.retention_time));
    v->time->width = "n8";
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return true;
    return false;
}

/* One line: it stands in the head of letters. */
static void read_line(struct setting_view *v, struct field *x, struct str *out)
{
    if (field_str(v->fields, x, LINE_LETTERS, out) && has_control(*out))
        field_wrong(v->fields, x, TEXT_SETTING_WRONG_LINE);
}

/* "https://host…" in ASCII without blanks: it stands in the head of an answer. */
static bool is_exit(struct str url)
{
    bool is_plain = true;

    for (size_t i = 0; i < url.n; i++)
        is_plain = is_plain && url.p[i] > ' ' && url.p[i] < 0x7f;
    return is_plain && str_starts(url, S("https://")) && url.n > 8 && url.p[8] != '/' &&
           url.n <= URL_MAX_BYTES;
}

static void read_site(struct setting_view *v, struct settings *wanted)
{
    read_line(v, v->name, &wanted->name);
    if (wanted->name.n > CITY_NAME_MAX_BYTES)
        field_wrong(v->fields, v->name, TEXT_SETTING_WRONG_NAME);
    read_line(v, v->contact, &wanted->config.contact);
    field_email(v->fields, v->email, &wanted->config.email);
    if (field_str(v->fields, v->exit, URL_MAX_BYTES, &wanted->config.exit) && !is_exit(wanted->config.exit))
        field_wrong(v->fields, v->exit, TEXT_SETTING_WRONG_EXIT);
}

static void read_mail(struct setting_view *v, struct settings *wanted)
{
    struct config *c = &wanted->config;
    size_t tls = 0;

    if (field_str(v->fields, v->server, URL_MAX_BYTES, &c->mail_server) && c->mail_server.n > 0 &&
        !mail_server_is_valid(c->mail_server))
        field_wrong(v->fields, v->server, TEXT_SETTING_WRONG_SERVER);
    field_email(v->fields, v->sender, &c->mail_sender);
    if (c->mail_server.n > 0 && v->sender->value.n == 0)
        field_wrong(v->fields, v->sender, TEXT_SETTING_WRONG_SENDER);
    read_line(v, v->user, &c->mail_user);
    if (field_choice(v->fields, v->tls, &tls))
        c->mail_tls = tls == 0 ? S("required") : S("none");
    if (tls == 1 && c->mail_server.n > 0 && !mail_server_is_here(c->mail_server))
        field_wrong(v->fields, v->tls, TEXT_SETTING_WRONG_TLS);
}

/* The password was given for one server and one user: it is not sent to another. */
static void read_password(const struct request *r, struct setting_view *v, const struct settings *now,
                          const struct settings *wanted, struct str *password)
{
    bool is_other = !str_equal(now->config.mail_server, wanted->config.mail_server) ||
                    !str_equal(now->config.mail_user, wanted->config.mail_user) ||
                    !str_equal(now->config.mail_tls, wanted->config.mail_tls);

    *password = form_raw(&r->form, "password");
    if (password->n == 0 && is_other && wanted->config.mail_user.n > 0)
        field_wrong(v->fields, v->password, TEXT_SETTING_WRONG_PASSWORD_AGAIN);
    if (password->n > PASSWORD_MAX_BYTES || has_control(*password) || str_trim(*password).n != password->n)
        field_wrong(v->fields, v->password, TEXT_SETTING_WRONG_PASSWORD);
    if (password->n > 0 && v->user->value.n == 0)
        field_wrong(v->fields, v->user, TEXT_SETTING_WRONG_USER);
}

bool setting_read(const struct request *r, struct setting_view *v, const struct settings *now,
                  struct settings *wanted, struct str *password)
{
    int minute = 0;

    *wanted = *now;
    read_site(v, wanted);
    read_mail(v, wanted);
    read_password(r, v, now, wanted, password);
    if (field_time(v->fields, v->time, &minute))
        wanted->config.retention_time =
            str_of(arena_printf(r->arena, "%02d:%02d", minute / MINUTES_PER_HOUR, minute % MINUTES_PER_HOUR));
    return v->fields->errors == 0;
}
