/* The applications to join, for the coordinator. */
#include "network/handlers.h"

#include "base/arena.h"
#include "network/network_view.h"
#include "network/organisation.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static struct str words(const struct request *r, enum text_key key)
{
    return catalogue_text(catalogue_of(r->language), key);
}

static struct application_row row_of(const struct request *r, const struct application *f)
{
    const char *path = arena_printf(r->arena, "/natverket/ansokan/%" PRId64, f->id);

    return (struct application_row){.is = f,
                                    .href = request_address(str_of(path), r->language, r->arena),
                                    .on = date_of(f->applied_at),
                                    .actor = network_actor_text(f->actor),
                                    .is_ready = f->confirmed_at != 0 && f->signed_at != 0};
}

enum status applications_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct applications_view v = {.layout = portal_form_layout(
                                      &around, words(r, TEXT_NETWORK_APPLICATIONS_TITLE), r->path, 0, r->arena)};
    struct applications found;

    TRY(application_waiting(portal_db(r), r->arena, &found, e));
    struct application_row *rows = arena_new(r->arena, found.n, struct application_row);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = row_of(r, &found.application[i]);
    v.n = found.n;
    v.row = rows;
    page_network_applications(response_page(out), &v);
    return OK;
}

static void draw(const struct request *r, const struct form *sent, const struct application *f,
                 struct application_view *v)
{
    v->row = row_of(r, f);
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    v->reason = field_add(v->fields, FIELD_AREA, "reason", TEXT_NETWORK_FIELD_REASON);
    field_hint(v->fields, v->reason, TEXT_NETWORK_FIELD_REASON_HINT);
    v->reason->is_optional = true;
    v->action = v->row.href;
    v->back = request_address(S("/natverket/ansokningar"), r->language, r->arena);
}

static void put(const struct request *r, struct application_view *v, struct response *out)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, v->row.is->name, r->path, v->fields->errors, r->arena);
    page_network_application(response_page(out), v);
}

static enum status find(const struct request *r, struct application *f, struct response *out, bool *is_there,
                        struct err *e)
{
    enum status s = application_find(portal_db(r), request_id(r), r->arena, f, e);

    *is_there = s == OK;
    return s == REFUSED ? response_error(out, 404) : s;
}

/* An application holds contact details: reading one is noted. */
enum status application_show(const struct request *r, struct response *out, struct err *e)
{
    struct application *f = arena_new(r->arena, 1, struct application);
    struct application_view v = {0};
    bool is_there = false;

    TRY(find(r, f, out, &is_there, e));
    if (!is_there)
        return OK;
    TRY(portal_note_read(r, "network.application_read", f->id, S(""), e));
    draw(r, NULL, f, &v);
    put(r, &v, out);
    return OK;
}

/* What the button that was pressed says; the applicant hears of it in the same change. */
static enum status decide(const struct request *r, struct application *f, struct str button, struct str reason,
                          struct err *e)
{
    const struct network_office office = network_office_of(r);
    const struct who who = portal_who(r);
    struct db *db = portal_db(r);
    int64_t organisation = 0;

    if (str_is(button, "accept")) {
        TRY(organisation_match(db, f->number, f->name, &organisation, e));
        TRY(application_accept(db, f->id, f->version, organisation, &who, &organisation, e));
    } else if (str_is(button, "decline")) {
        TRY(application_decline(db, f->id, f->version, reason, &who, e));
    } else {
        TRY(application_ask(db, f->id, f->version, reason, &who, e));
    }
    TRY(application_find(db, f->id, r->arena, f, e));
    return network_letter_decided(db, &office, f, r->arena, e);
}

enum status application_take(const struct request *r, struct response *out, struct err *e)
{
    struct application *f = arena_new(r->arena, 1, struct application);
    struct str button = form_value(&r->form, "decision");
    struct application_view v = {0};
    struct str reason = S("");
    bool is_there = false;

    TRY(find(r, f, out, &is_there, e));
    if (!is_there)
        return OK;
    draw(r, &r->form, f, &v);
    field_str(v.fields, v.reason, APPLICATION_REASON_MAX_BYTES / 4, &reason);
    if (!str_is(button, "accept") && reason.n == 0)
        field_wrong(v.fields, v.reason, TEXT_NETWORK_WRONG_REASON);
    if (v.fields->errors == 0) {
        TRY(decide(r, f, button, reason, e));
        return portal_redirect(r, out, S("/natverket/ansokningar"));
    }
    put(r, &v, out);
    return response_correct(out);
}
