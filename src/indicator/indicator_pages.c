/* From a request to a page of signs. */
#include "indicator/indicator_pages.h"

#include "base/arena.h"
#include "base/number.h"
#include "indicator/indicator.h"
#include "indicator/indicator_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/asset.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static enum status list_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct indicators all;

    TRY(indicators_load(portal_db(r), r->arena, &all, e));
    struct signs_view v = signs_view_of(&site, &all, form_value(&r->query, "sok"), r->path, r->arena);
    page_indicator_list(response_page(out), &v);
    return OK;
}

static enum status card_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct indicators all;

    TRY(indicators_load(portal_db(r), r->arena, &all, e));
    const struct actor *actor = actor_by_slug(&all, request_param(r, "actor"));
    if (!actor)
        return response_error(out, 404);
    struct card_view v = card_view_of(&site, &all, actor, r->path, r->arena);
    page_indicator_card(response_page(out), &v);
    return OK;
}

/* The card as a file of its own, for where there is no network: its style inside, no link that leads
 * anywhere. */
static enum status card_download(const struct request *r, struct response *out, struct err *e)
{
    const struct asset *style = asset_named(S("lykta.css"));
    struct portal_view site = portal_view_of(r);
    struct indicators all;

    TRY(indicators_load(portal_db(r), r->arena, &all, e));
    const struct actor *actor = actor_by_slug(&all, request_param(r, "actor"));
    if (!actor)
        return response_error(out, 404);
    site.roles = ROLE_BIT(ROLE_READER);
    struct card_view v = card_view_of(&site, &all, actor, r->path, r->arena);
    v.layout.is_standalone = true;
    v.layout.visitor = S("");
    v.layout.style = style ? style->bytes : S("");
    page_indicator_card(response_page(out), &v);
    response_download(out, str_of(arena_printf(r->arena, "tecken-%.*s.html", STR(actor->slug))));
    return OK;
}

/* The form for `sign`, with what stands now or what was sent. */
static enum status show_form(const struct request *r, struct response *out, const struct indicator *sign,
                             const struct indicator_change *sent, struct str fault, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct indicator_versions versions;
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_INDICATOR_EDIT);

    TRY(indicator_history(portal_db(r), sign->id, r->arena, &versions, e));
    struct sign_edit_view v = {.layout = portal_form_layout(&site, title, r->path, fault.n > 0, r->arena),
                               .action = request_address(r->path, r->language, r->arena),
                               .id = sign->id,
                               .sv = sent ? sent->sv : sign->sv,
                               .en = sent ? sent->en : sign->en,
                               .reason = sent ? sent->reason : S(""),
                               .strength = (int)(sent ? sent->strength : sign->strength),
                               .version = sent ? sent->version : sign->version,
                               .is_withdrawn = sent ? sent->is_withdrawn : sign->is_withdrawn,
                               .fault = fault,
                               .versions = versions.n,
                               .history = versions.version};

    page_indicator_edit(response_page(out), &v);
    return fault.n > 0 ? response_correct(out) : OK;
}

static enum status edit_show(const struct request *r, struct response *out, struct err *e)
{
    struct indicators all;

    TRY(indicators_load(portal_db(r), r->arena, &all, e));
    const struct indicator *sign = indicator_find(&all, request_param(r, "sign"));
    return sign ? show_form(r, out, sign, NULL, S(""), e) : response_error(out, 404);
}

static enum status edit_take(const struct request *r, struct response *out, struct err *e)
{
    const struct form *f = &r->form;
    struct indicator_change change = {.id = request_param(r, "sign"),
                                      .sv = form_value(f, "sv"),
                                      .en = form_value(f, "en"),
                                      .reason = form_value(f, "skal"),
                                      .is_withdrawn = form_has(f, "bort")};
    struct who who = portal_who(r);
    struct indicators all;
    int64_t strength = 0;
    struct err why = {0};

    if (!form_i64(f, "version", 1, INT32_MAX, &change.version) || !form_i64(f, "styrka", 0, 2, &strength))
        return response_error(out, 400);
    change.strength = (enum strength)strength;
    TRY(indicators_load(portal_db(r), r->arena, &all, e));
    const struct indicator *sign = indicator_find(&all, change.id);
    if (!sign)
        return response_error(out, 404);
    enum status s = indicator_save(portal_db(r), &change, &who, &why);
    if (s == BAD_INPUT || s == REFUSED)
        return show_form(r, out, sign, &change, str_of(arena_printf(r->arena, "%s", why.what)), e);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/tecken/%.*s", STR(sign->actor->slug))));
}

static const struct route routes[] = {
    {"GET", "/tecken", PERMISSION_ANYONE, list_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/tecken/:actor", PERMISSION_ANYONE, card_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/tecken/andra/:sign", PERMISSION_INDICATOR_CHANGE, edit_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/tecken/:actor/kort", PERMISSION_ANYONE, card_download, .caching = ROUTE_REVALIDATED},
    {"POST", "/tecken/andra/:sign", PERMISSION_INDICATOR_CHANGE, edit_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

static const struct portal_link menu[] = {
    {"/tecken", TEXT_INDICATOR_MENU, PERMISSION_ANYONE},
    {.path = NULL},
};

const struct portal_room indicator_room = {.routes = routes, .menu = menu};
