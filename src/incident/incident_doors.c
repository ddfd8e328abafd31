/* Shutting the city's doors during an incident, and opening them. */
#include "incident/handlers.h"

#include "base/arena.h"
#include "incident/incident_words.h"
#include "keyring/unlock.h"
#include "observation/desk.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum { STATE };

static const struct incident_form_kind doors_form = {
    .title = TEXT_INCIDENT_DOORS, .about = TEXT_INCIDENT_DOORS_ABOUT, .button = TEXT_INCIDENT_DOORS_BUTTON};

static enum status ask(const struct request *r, struct incident_form *form, struct err *e)
{
    struct doors now;

    TRY(doors_read(portal_db(r), &now, e));
    incident_form_add(form, FIELD_RADIOS, "doors", TEXT_INCIDENT_DOORS_STATE, TEXT_INCIDENT_DOORS_HINT);
    for (int state = DOORS_OPEN; state < DOORS_STATES; state++)
        field_option(form->f, form->x[STATE], doors_name((enum doors_state)state),
                     portal_text(r, incident_doors_words((enum doors_state)state)), (int)now.state == state);
    return OK;
}

static enum status draw(const struct request *r, struct response *out, struct incident_form *form, int64_t id)
{
    return incident_form_draw(r, out, form, &doors_form, portal_text(r, doors_form.title),
                              arena_printf(r->arena, "/incident/%" PRId64 "/dorrar", id));
}

enum status incident_doors_show(const struct request *r, struct response *out, struct err *e)
{
    struct incident_form form = incident_form_open(r);
    struct incident x;
    bool is_there = false;

    TRY(incident_of(r, out, &x, &is_there, e));
    if (!is_there)
        return OK;
    TRY(ask(r, &form, e));
    return draw(r, out, &form, x.id);
}

/* Who reads reports has unlocked a key in the vault, which a session's end does not lock. */
static enum status lock_keys(const struct request *r, struct err *e)
{
    struct people all;

    TRY(people_list(portal_db(r), r->arena, &all, e));
    for (size_t i = 0; i < all.n; i++)
        if (permission_has(PERMISSION_OBSERVATION_READ, all.person[i].roles))
            unlock_end(desk_unlocks(r), all.person[i].id);
    return OK;
}

static enum status set(const struct request *r, const struct incident *x, enum doors_state state,
                       struct err *e)
{
    bool is_opening = state == DOORS_OPEN;
    const struct audit_line line = {.who = portal_who(r),
                                    .action = is_opening ? "doors.open" : "doors.shut",
                                    .subject = x->id,
                                    .detail = is_opening ? S("") : doors_name(state)};
    const struct incident_step step = {.kind = is_opening ? INCIDENT_STEP_OPENED_DOORS : INCIDENT_STEP_SHUT,
                                       .words = portal_text(r, incident_doors_words(state))};
    struct db *db = portal_db(r);

    TRY(db_change(db, e));
    enum status s = doors_set(db, state, portal_visitor(r)->session.id, r->now_at, e);
    if (s == OK)
        s = incident_step_add(db, x->id, &line.who, &step, e);
    return db_change_end(db, s, &line, e);
}

enum status incident_doors_take(const struct request *r, struct response *out, struct err *e)
{
    struct incident_form form = incident_form_open(r);
    struct incident x;
    bool is_there = false;
    size_t state = 0;

    TRY(incident_of(r, out, &x, &is_there, e));
    if (!is_there)
        return OK;
    TRY(ask(r, &form, e));
    if (!field_choice(form.f, form.x[STATE], &state))
        return draw(r, out, &form, x.id);
    TRY(set(r, &x, (enum doors_state)state, e));
    if (state != DOORS_OPEN)
        TRY(lock_keys(r, e));
    return incident_go_back(r, out, x.id);
}
