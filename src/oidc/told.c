/* Pages that tell how a sign-in through the provider went. */
#include "oidc/told.h"

#include "account/entrance.h"
#include "base/arena.h"
#include "oidc/oidc_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static const struct {
    int http_status;
    enum text_key title, text;
} pages[TOLDS] = {
    [TOLD_DOWN] = {503, TEXT_OIDC_DOWN_TITLE, TEXT_OIDC_DOWN},
    [TOLD_STALE] = {400, TEXT_OIDC_STALE_TITLE, TEXT_OIDC_STALE},
    [TOLD_CANCELLED] = {403, TEXT_OIDC_CANCELLED_TITLE, TEXT_OIDC_CANCELLED},
    [TOLD_REFUSED] = {403, TEXT_OIDC_REFUSED_TITLE, TEXT_OIDC_REFUSED},
    [TOLD_WRONG] = {403, TEXT_OIDC_WRONG_TITLE, TEXT_OIDC_WRONG},
    [TOLD_UNLINKED] = {403, TEXT_OIDC_UNLINKED_TITLE, TEXT_OIDC_UNLINKED},
    [TOLD_LOW] = {403, TEXT_OIDC_LOW_TITLE, TEXT_OIDC_LOW},
    [TOLD_TAKEN] = {403, TEXT_OIDC_TAKEN_TITLE, TEXT_OIDC_TAKEN},
    [TOLD_WAIT] = {429, TEXT_OIDC_WAIT_TITLE, TEXT_OIDC_WAIT},
};

static struct str with_name(const struct request *r, enum text_key key)
{
    const struct insertion name = insertion("name", entrance_provider(r));
    struct text t = text_open(r->arena);

    catalogue_write(&t, catalogue_of(r->language), key, &name, 1);
    return text_str(&t);
}

enum status told(const struct request *r, struct response *out, enum told what, enum told_who who)
{
    bool is_owner = who == TOLD_OWNER;
    struct portal_view around = portal_view_of(r);
    const struct told_view v = {
        .layout = portal_form_layout(&around, with_name(r, pages[what].title), r->path, 0, r->arena),
        .text = with_name(r, pages[what].text),
        .again_href =
            request_address(is_owner ? S("/konto/kommun") : S("/logga-in/kommun"), r->language, r->arena),
        .else_href = request_address(is_owner ? S("/konto") : S("/logga-in"), r->language, r->arena),
        .is_owner = is_owner};

    page_oidc_told(response_page(out), &v);
    return response_told(out, pages[what].http_status);
}

enum status told_onward(const struct request *r, struct response *out, struct str address)
{
    struct portal_view around = portal_view_of(r);
    const struct onward_view v = {
        .layout = portal_form_layout(
            &around, catalogue_text(catalogue_of(r->language), TEXT_OIDC_ONWARD_TITLE), r->path, 0, r->arena),
        .href = address};

    response_header(out, "Refresh", str_of(arena_printf(r->arena, "0; url=%.*s", (int)address.n, address.p)));
    page_oidc_onward(response_page(out), &v);
    return OK;
}
