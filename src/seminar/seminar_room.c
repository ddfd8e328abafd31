/* The room of seminars. */
#include "seminar/seminar_room.h"

#include "base/arena.h"
#include "portal/portal.h"
#include "seminar/seminar_office.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_work.h"
#include "store/city.h"
#include "web/request.h"

/* What each worker keeps: the key for links, read once. */
struct kept {
    struct arena *arena;
    struct key key;
    struct seminar_office office;
};

static void close_kept(void *kept)
{
    struct kept *k = kept;

    if (!k)
        return;
    key_wipe(&k->key);
    arena_close(k->arena);
}

static enum status open_kept(struct portal_worker *w, void **kept, struct err *e)
{
    struct arena *a = arena_open();
    struct kept *k = arena_new(a, 1, struct kept);

    k->arena = a;
    enum status s = seminar_office_of(w->portal->city, w->read, &k->key, a, &k->office, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    *kept = k;
    return OK;
}

struct seminar_office seminar_office_for(const struct request *r)
{
    const struct kept *k = portal_kept(r, &seminar_room);
    struct seminar_office o = k->office;

    o.db = portal_db(r);
    seminar_office_settle(&o, portal_of(r)->city, r->arena);
    return o;
}

#define ANYONE PERMISSION_ANYONE
#define CHANGE PERMISSION_SEMINAR_CHANGE

static const struct route routes[] = {
    {"GET", "/seminarier", ANYONE, seminars_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/seminarier/kalender.ics", ANYONE, seminars_calendar, .caching = ROUTE_REVALIDATED},
    {"GET", "/seminarier/nytt.atom", ANYONE, seminars_atom, .caching = ROUTE_REVALIDATED},
    {"GET", "/seminarier/:id", ANYONE, seminar_page_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/seminarier/:id/kalender.ics", ANYONE, seminar_page_calendar, .caching = ROUTE_REVALIDATED},
    {"GET", "/seminarier/:id/anmal", ANYONE, signup_page_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/:id/anmal", ANYONE, signup_page_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/:id/anmald", ANYONE, signup_page_done, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/:id/incheckning", ANYONE, check_in_page_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/:id/incheckning", ANYONE, check_in_page_take, .caching = ROUTE_NOT_STORED},

    {"GET", "/seminarier/anmalan/:link", ANYONE, guest_page_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/anmalan/:link/kalender.ics", ANYONE, guest_page_calendar,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/anmalan/:link/bekrafta", ANYONE, guest_page_confirm, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/anmalan/:link/avboka", ANYONE, guest_page_cancel, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/anmalan/:link/incheckning", ANYONE, guest_page_check_in,
     .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/anmalan/:link/ga-med", ANYONE, guest_page_join, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/anmalan/:link/andra", ANYONE, guest_change_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/anmalan/:link/andra", ANYONE, guest_change_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/anmalan/:link/byt", ANYONE, guest_replace_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/anmalan/:link/byt", ANYONE, guest_replace_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/anmalan/:link/svar", ANYONE, evaluation_page_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/anmalan/:link/svar", ANYONE, evaluation_page_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/anmalan/:link/tack", ANYONE, evaluation_page_done, .caching = ROUTE_NOT_STORED},

    {"GET", "/seminarier/inbjudan/:link", ANYONE, invited_page_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/inbjudan/:link/ja", ANYONE, invited_yes_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/inbjudan/:link/ja", ANYONE, invited_yes_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/seminarier/inbjudan/:link/annan", ANYONE, invited_other_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/inbjudan/:link/annan", ANYONE, invited_other_take, .caching = ROUTE_NOT_STORED},
    {"POST", "/seminarier/inbjudan/:link/nej", ANYONE, invited_no_take, .caching = ROUTE_NOT_STORED},

    {"GET", "/utskick/avsluta/:link", ANYONE, stop_page_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/utskick/avsluta/:link", ANYONE, stop_page_take, .posted_from = ROUTE_FROM_ANYWHERE,
     .posted = ROUTE_EACH},
    {"GET", "/utskick/avslutat", ANYONE, stop_page_done, .caching = ROUTE_NOT_STORED},

    {"GET", "/arbete/seminarier", CHANGE, work_list_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/ny", CHANGE, work_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/ny", CHANGE, work_new_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/statistik", CHANGE, work_statistics_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id", CHANGE, work_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/andra", CHANGE, work_change_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/andra", CHANGE, work_change_take, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/oppna", CHANGE, work_open_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/stall-in", CHANGE, work_cancel_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/stall-in", CHANGE, work_cancel_take, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/paminnelse", CHANGE, work_reminding_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/bjud-in", CHANGE, work_invite_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/bjud-in", CHANGE, work_invite_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/narvaro", CHANGE, work_attendance_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/narvaro", CHANGE, work_attendance_take, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/kod", CHANGE, work_code_take, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/kod", CHANGE, work_code_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/lista", CHANGE, work_print_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/namnskyltar", CHANGE, work_badges_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/seminarier/:id/efterat", CHANGE, work_after_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/tacka", CHANGE, work_thank_take, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/seminarier/:id/natverk", PERMISSION_NETWORK_CHANGE, work_network_take,
     .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

static const struct portal_link menu[] = {
    {"/seminarier", TEXT_SEMINAR_MENU, PERMISSION_ANYONE},
    {.path = NULL},
};

static const struct portal_link work[] = {
    {"/arbete/seminarier", TEXT_SEMINAR_WORK_MENU, PERMISSION_SEMINAR_CHANGE},
    {.path = NULL},
};

const struct portal_room seminar_room = {
    .routes = routes, .menu = menu, .work = work, .keep_open = open_kept, .keep_close = close_kept};
