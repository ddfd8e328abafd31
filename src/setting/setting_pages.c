/* The room of settings. */
#include "setting/setting_pages.h"

#include "base/arena.h"
#include "help/helpline.h"
#include "mail/mail_settings.h"
#include "pages.h"
#include "portal/portal.h"
#include "setting/setting_form.h"
#include "setting/setting_letter.h"
#include "setting/setting_view.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* The password is read to see that it can be, and forgotten. */
static void add_mail_usable(const struct request *r, const struct settings *now, struct setting_view *v)
{
    struct arena *secret = arena_open_secret();
    struct mail_settings mail;
    struct err told;

    v->has_server = now->config.mail_server.n > 0;
    v->is_mail_usable = mail_settings_read(portal_of(r)->city, now, secret, &mail, &told) == OK;
    arena_close(secret);
}

/* How a test letter that was sent from this page went; other people's letters are not told of. */
static enum status add_test(const struct request *r, struct setting_view *v, struct err *e)
{
    struct mail_letter letter;
    int64_t id = 0;

    v->own_address = portal_visitor(r)->person.email;
    if (!form_i64(&r->query, "provbrev", 1, INT64_MAX, &id))
        return OK;
    enum status s = mail_find(portal_db(r), id, r->arena, &letter, e);
    if (s == REFUSED)
        return OK;
    TRY(s);
    v->has_test = str_equal(letter.address, v->own_address);
    v->test_state = letter.state;
    v->test_reason = letter.reason;
    return OK;
}

static void add_fixed(const struct settings *now, struct setting_view *v)
{
    const struct config *c = &now->config;

    v->fixed[0] = (struct setting_fixed){TEXT_SETTING_ADDRESS, c->address};
    v->fixed[1] = (struct setting_fixed){TEXT_SETTING_LISTEN, c->listen};
    v->fixed[2] = (struct setting_fixed){TEXT_SETTING_PROVIDER, c->oidc_issuer};
    v->fixed[3] = (struct setting_fixed){TEXT_SETTING_AUTHORITIES, c->mail_authorities};
}

static enum status add_unreviewed(const struct request *r, struct setting_view *v, struct err *e)
{
    static const enum text_key titles[UNREVIEWED_KINDS] = {[UNREVIEWED_NUMBERS] = TEXT_SETTING_LEFT_NUMBERS,
                                                           [UNREVIEWED_LAW] = TEXT_SETTING_LEFT_LAW,
                                                           [UNREVIEWED_SIGNS] = TEXT_SETTING_LEFT_SIGNS};
    struct unreviewed left[UNREVIEWED_KINDS];

    TRY(unreviewed_read(portal_db(r), r->language, r->arena, left, e));
    for (int i = 0; i < UNREVIEWED_KINDS; i++) {
        v->unreviewed[i] =
            (struct setting_unreviewed){.kind = (enum unreviewed_kind)i, .title = titles[i], .is = left[i]};
        v->left += left[i].n;
    }
    return OK;
}

/* What stands in the database now, not what was taken over last. */
static enum status read_now(const struct request *r, struct settings *now, struct err *e)
{
    return settings_read(portal_db(r), &portal_of(r)->city->file, r->arena, now, e);
}

static enum status show(const struct request *r, struct response *out, const struct settings *now,
                        struct setting_view *v, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_SETTING_TITLE);

    v->action = portal_href(r, "/arbete/installningar");
    v->test_action = portal_href(r, "/arbete/installningar/provbrev");
    v->check_action = portal_href(r, "/arbete/installningar/nummer");
    v->letters = portal_href(r, "/arbete/brev");
    v->status = portal_href(r, "/arbete/status");
    v->manual = portal_href(r, "/hjalp/om-programmet");
    v->is_checked = form_has(&r->query, "kontrollerat");
    v->is_saved = form_has(&r->query, "sparat");
    add_mail_usable(r, now, v);
    add_fixed(now, v);
    TRY(mail_standing(portal_db(r), r->arena, &v->standing, e));
    v->down_on = date_of(v->standing.down_since);
    TRY(add_test(r, v, e));
    TRY(setting_backup_read(portal_of(r)->city, portal_db(r), r->now_at, r->arena, &v->backup, e));
    TRY(add_unreviewed(r, v, e));
    v->layout = portal_form_layout(&around, title, r->path, v->fields->errors, r->arena);
    page_setting(response_page(out), v);
    return OK;
}

/* Takes over first what has just been saved, so that this page is the first to show it. */
static enum status setting_show(const struct request *r, struct response *out, struct err *e)
{
    struct setting_view v = {0};
    struct settings now;

    TRY(city_refresh(portal_of(r)->city, portal_db(r), e));
    TRY(read_now(r, &now, e));
    setting_ask(r, &now, &v);
    return show(r, out, &now, &v, e);
}

/* The password goes into its file last: when that fails, nothing is changed. */
static enum status save(const struct request *r, const struct settings *wanted, struct str password,
                        struct err *e)
{
    const struct city *city = portal_of(r)->city;
    const struct who who = portal_who(r);

    TRY(settings_save(portal_db(r), &who, &city->file, wanted, e));
    if (password.n == 0)
        return OK;
    TRY(settings_note(portal_db(r), &who, "settings.mail_password", e));
    return mail_password_keep(city, password, e);
}

static enum status setting_take(const struct request *r, struct response *out, struct err *e)
{
    struct setting_view v = {0};
    struct settings now;
    struct settings wanted;
    struct str password;
    int64_t version = 0;

    TRY(read_now(r, &now, e));
    setting_ask(r, &now, &v);
    bool is_right = setting_read(r, &v, &now, &wanted, &password);
    form_i64(&r->form, "version", 1, INT64_MAX, &version);
    if (version != now.version)
        field_set_overtaken(v.fields);
    if (!is_right || v.fields->is_overtaken) {
        TRY(show(r, out, &now, &v, e));
        return response_correct(out);
    }
    TRY(save(r, &wanted, password, e));
    return portal_redirect(r, out, S("/arbete/installningar?sparat"));
}

static enum status test_take(const struct request *r, struct response *out, struct err *e)
{
    int64_t id = 0;

    TRY(setting_letter(r, &id, e));
    return portal_redirect(
        r, out,
        str_of(arena_printf(r->arena, "/arbete/installningar?provbrev=%lld#provbrev", (long long)id)));
}

/* A number that has been changed meanwhile is not the one that was checked. */
static enum status check_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    int64_t place = 0;

    form_i64(&r->form, "place", 0, INT64_MAX, &place);
    enum status s = helpline_check(portal_db(r), place, form_value(&r->form, "number"), &who, e);
    if (s == REFUSED)
        return portal_redirect(r, out, S("/arbete/installningar#granska"));
    TRY(s);
    return portal_redirect(r, out, S("/arbete/installningar?kontrollerat#granska"));
}

static const struct route routes[] = {
    {"GET", "/arbete/installningar", PERMISSION_SETTINGS, setting_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/installningar", PERMISSION_SETTINGS, setting_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/installningar/provbrev", PERMISSION_SETTINGS, test_take, .posted = ROUTE_ONCE},
    {"POST", "/arbete/installningar/nummer", PERMISSION_SETTINGS, check_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/arbete/installningar", TEXT_SETTING_TITLE, PERMISSION_SETTINGS},
    {.path = NULL},
};

const struct portal_room setting_room = {.routes = routes, .work = work};
