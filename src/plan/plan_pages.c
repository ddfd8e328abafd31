/* The room of the action plan: its routes and links. */
#include "plan/plan_pages.h"

#include "network/organisation.h"
#include "plan/handlers.h"
#include "plan/plan_import.h"
#include "portal/portal.h"
#include "web/request.h"

/* The largest file, and room for the form around it. */
enum { IMPORT_BODY_BYTES = PLAN_IMPORT_BYTES + 16 * 1024 };

static const struct route routes[] = {
    {"GET", "/handlingsplan", PERMISSION_ANYONE, plan_public_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/handlingsplan/:id", PERMISSION_ANYONE, plan_public_earlier, .caching = ROUTE_REVALIDATED},
    {"GET", "/plan/svar/:link", PERMISSION_ANYONE, plan_answer_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/svar/:link", PERMISSION_ANYONE, plan_answer_take, .caching = ROUTE_NOT_STORED,
     .posted = ROUTE_ONCE},
    {"GET", "/plan", PERMISSION_PLAN_READ, plan_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/plan/matt/:id", PERMISSION_PLAN_READ, measure_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/matt/:id/lage", PERMISSION_PLAN_REPORT, measure_report, .posted = ROUTE_ONCE},
    {"GET", "/plan/ny", PERMISSION_PLAN_CHANGE, measure_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/ny", PERMISSION_PLAN_CHANGE, measure_new_take, .posted = ROUTE_ONCE},
    {"GET", "/plan/matt/:id/andra", PERMISSION_PLAN_CHANGE, measure_change_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/matt/:id/andra", PERMISSION_PLAN_CHANGE, measure_change_take, .posted = ROUTE_ONCE},
    {"POST", "/plan/matt/:id/ta-bort", PERMISSION_PLAN_CHANGE, measure_remove_take, .posted = ROUTE_ONCE},
    {"GET", "/plan/mall", PERMISSION_PLAN_CHANGE, template_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/mall", PERMISSION_PLAN_CHANGE, template_take, .posted = ROUTE_ONCE},
    {"GET", "/plan/ansvariga", PERMISSION_PLAN_CHANGE, owners_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/ansvariga", PERMISSION_PLAN_CHANGE, owners_take, .posted = ROUTE_ONCE},
    {"GET", "/plan/las-in", PERMISSION_PLAN_CHANGE, import_file_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/las-in", PERMISSION_PLAN_CHANGE, import_file_take, .body_limit_bytes = IMPORT_BODY_BYTES,
     .posted = ROUTE_ONCE},
    {"GET", "/plan/las-in/:id", PERMISSION_PLAN_CHANGE, import_preview, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/las-in/:id", PERMISSION_PLAN_CHANGE, import_decide, .posted = ROUTE_ONCE},
    {"GET", "/plan/besluta", PERMISSION_PLAN_CHANGE, decide_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/plan/besluta", PERMISSION_PLAN_CHANGE, decide_take, .posted = ROUTE_ONCE},
    {"GET", "/plan/fil/:file", PERMISSION_PLAN_READ, plan_file, .cost = ROUTE_COSTLY},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/plan", TEXT_PLAN_TITLE, PERMISSION_PLAN_READ},
    {.path = NULL},
};

static const struct portal_link foot[] = {
    {"/handlingsplan", TEXT_PLAN_TITLE, PERMISSION_ANYONE},
    {.path = NULL},
};

const struct portal_room plan_room = {.routes = routes, .work = work, .foot = foot};

enum status plan_own_organisation(const struct request *r, int64_t *organisation, struct err *e)
{
    const struct visitor *v = portal_visitor(r);

    return contact_organisation(portal_db(r), v ? v->person.email : S(""), organisation, e);
}
