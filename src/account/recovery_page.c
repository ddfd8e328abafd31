/* The page that shows new recovery codes. */
#include "account/recovery_page.h"

#include "account/account_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

void recovery_codes_show(const struct request *r, struct response *out,
                         const struct str codes[RECOVERY_CODES], struct str target)
{
    struct portal_view around = portal_view_of(r);
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_RECOVERY_CODES_TITLE);
    const struct recovery_codes_view v = {
        .layout = portal_form_layout(&around, title, r->path, 0, r->arena),
        .codes = RECOVERY_CODES,
        .code = codes,
        .onward = target.n > 0 ? target : request_address(S("/konto"), r->language, r->arena)};

    page_account_recovery_codes(response_page(out), &v);
}
