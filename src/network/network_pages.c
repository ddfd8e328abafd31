/* The room of the network: its routes and links. */
#include "network/network_pages.h"

#include "network/handlers.h"
#include "network/network_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/city.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static const struct route routes[] = {
    {"GET", "/natverket/ga-med", PERMISSION_ANYONE, join_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/ga-med", PERMISSION_ANYONE, join_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/bekrafta/:token", PERMISSION_ANYONE, confirm_show, .logging = ROUTE_UNLOGGED},
    {"POST", "/natverket/bekrafta/:token", PERMISSION_ANYONE, confirm_take, .logging = ROUTE_UNLOGGED},
    {"GET", "/natverket/skriv-pa/:token", PERMISSION_ANYONE, sign_show, .logging = ROUTE_UNLOGGED},
    {"POST", "/natverket/skriv-pa/:token", PERMISSION_ANYONE, sign_take, .logging = ROUTE_UNLOGGED},
    {"GET", "/natverket/ansokningar", PERMISSION_NETWORK_READ, applications_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/ansokan/:id", PERMISSION_NETWORK_READ, application_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/ansokan/:id", PERMISSION_NETWORK_CHANGE, application_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/natverket/ansokningar", TEXT_NETWORK_APPLICATIONS_TITLE, PERMISSION_NETWORK_READ},
    {.path = NULL},
};

static const struct portal_link foot[] = {
    {"/natverket/ga-med", TEXT_NETWORK_JOIN_TITLE, PERMISSION_ANYONE},
    {.path = NULL},
};

const struct portal_room network_room = {.routes = routes, .work = work, .foot = foot};

enum text_key network_actor_text(enum actor actor)
{
    static const enum text_key words[ACTORS] = {
        [ACTOR_LANDLORD] = TEXT_NETWORK_ACTOR_LANDLORD,
        [ACTOR_PROPERTY_OWNER] = TEXT_NETWORK_ACTOR_PROPERTY_OWNER,
        [ACTOR_HOTEL] = TEXT_NETWORK_ACTOR_HOTEL,
        [ACTOR_ENVIRONMENT] = TEXT_NETWORK_ACTOR_ENVIRONMENT,
        [ACTOR_BUILDING] = TEXT_NETWORK_ACTOR_BUILDING,
        [ACTOR_TECHNICAL] = TEXT_NETWORK_ACTOR_TECHNICAL,
        [ACTOR_FIRE_BRIGADE] = TEXT_NETWORK_ACTOR_FIRE_BRIGADE,
        [ACTOR_SOCIAL_SERVICES] = TEXT_NETWORK_ACTOR_SOCIAL_SERVICES,
        [ACTOR_SCHOOL] = TEXT_NETWORK_ACTOR_SCHOOL,
        [ACTOR_UNIVERSITY] = TEXT_NETWORK_ACTOR_UNIVERSITY,
        [ACTOR_HEALTH] = TEXT_NETWORK_ACTOR_HEALTH,
        [ACTOR_POLICE] = TEXT_NETWORK_ACTOR_POLICE,
        [ACTOR_COUNTY_BOARD] = TEXT_NETWORK_ACTOR_COUNTY_BOARD,
        [ACTOR_AUTHORITY] = TEXT_NETWORK_ACTOR_AUTHORITY,
        [ACTOR_VOLUNTARY] = TEXT_NETWORK_ACTOR_VOLUNTARY,
        [ACTOR_OTHER] = TEXT_NETWORK_ACTOR_OTHER,
    };

    return words[actor];
}

struct network_office network_office_of(const struct request *r)
{
    const struct city *city = portal_of(r)->city;

    return (struct network_office){.city = city->name,
                                   .address = city->config.address,
                                   .email = city->config.email,
                                   .now_at = r->now_at};
}

void network_say(const struct request *r, struct response *out, enum text_key title, enum text_key text)
{
    struct portal_view around = portal_view_of(r);
    struct message_view v = {
        .layout = portal_form_layout(&around, catalogue_text(catalogue_of(r->language), title), r->path, 0,
                                     r->arena),
        .title = title,
        .text = text};

    page_network_message(response_page(out), &v);
}
