/* What leaving the network means. */
#include "network/leave.h"

#include "network/handlers.h"
#include "network/network_retention.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/retention.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* The day on which what runs from today on is deleted by the rule `class`. */
static struct date deleted_on(const struct retention_classes *all, const char *class, struct date today)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_is(str_of(all->class[i].rule->class), class)) {
            struct date d = date_add_months(today, all->class[i].kept.months);

            return date_from_days(date_days(d) + all->class[i].kept.days);
        }
    return today;
}

enum status leave_draw(const struct request *r, struct leave_view *v, struct response *out, struct err *e)
{
    const struct retention_rule *const tables[] = {network_retention, NULL};
    struct date today = date_of(r->now_at);
    struct retention_classes rules;

    TRY(retention_due(portal_db(r), tables, r->now_at, r->arena, &rules, e));
    v->contacts_on = deleted_on(&rules, "network.contact", today);
    v->signature_on = deleted_on(&rules, "network.signature", today);
    v->participation_on = deleted_on(&rules, "network.participation", today);
    v->layout = network_layout(
        r, portal_text(r, v->is_own ? TEXT_NETWORK_OWN_LEAVE : TEXT_NETWORK_ORGANISATION_LEAVE), 0);
    page_network_leave(response_page(out), v);
    return OK;
}
