/* What the pages of the network share. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/work_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <stdarg.h>
#include <stdio.h>

enum { PATH_BYTES = 256 };

struct str network_href(const struct request *r, const char *format, ...)
{
    char path[PATH_BYTES];
    va_list args;

    va_start(args, format);
    vsnprintf(path, sizeof path, format, args);
    va_end(args);
    return request_address(str_copy(str_of(path), r->arena), r->language, r->arena);
}

struct layout network_layout(const struct request *r, struct str title, size_t errors)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view);

    *around = portal_view_of(r);
    return portal_form_layout(around, title, r->path, errors, r->arena);
}

void network_say(const struct request *r, struct response *out, enum text_key title, enum text_key text,
                 const char *path, enum text_key link)
{
    const struct message_view v = {.layout = network_layout(r, portal_text(r, title), 0),
                                   .title = title,
                                   .text = text,
                                   .href = network_href(r, "%s", path),
                                   .link = link};

    page_network_message(response_page(out), &v);
}

enum status network_form_draw(const struct request *r, struct network_form_view *v, struct response *out)
{
    bool is_wrong = v->fields->errors > 0 || v->fields->is_overtaken;

    v->layout = network_layout(r, portal_text(r, v->title), v->fields->errors);
    page_network_form(response_page(out), v);
    return is_wrong ? response_correct(out) : OK;
}

enum status network_missing(enum status s, struct response *out)
{
    return s == REFUSED ? response_error(out, 404) : s;
}

struct network_office network_office_for(const struct request *r)
{
    return network_office_of(portal_of(r)->city, r->now_at, r->arena);
}

enum text_key network_actor_text(enum actor_kind actor)
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
