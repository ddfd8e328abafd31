/* An organisation as pages show it. */
#include "network/organisation_view.h"

#include "base/arena.h"
#include "mail/mail.h"
#include "network/handlers.h"
#include "portal/portal.h"
#include "store/retention.h"
#include "web/request.h"

enum { SECONDS_PER_DAY = 86400 };

static enum agreement_standing standing_of(const struct organisation *o, int64_t now_at)
{
    int64_t left = o->agreement_until_at - now_at;

    if (o->agreement_until_at == 0)
        return STANDING_NONE;
    if (left < 0)
        return STANDING_ENDED;
    return left < (int64_t)AGREEMENT_REMIND_DAYS * SECONDS_PER_DAY ? STANDING_ENDS_SOON : STANDING_HOLDS;
}

enum text_key organisation_state_text(enum organisation_state state)
{
    switch (state) {
    case ORGANISATION_LISTED:
        return TEXT_NETWORK_STATE_LISTED;
    case ORGANISATION_MEMBER:
        return TEXT_NETWORK_STATE_MEMBER;
    case ORGANISATION_LEFT:
        break;
    }
    return TEXT_NETWORK_STATE_LEFT;
}

enum text_key contact_place_text(enum contact_place place)
{
    switch (place) {
    case CONTACT_FIRST:
        return TEXT_NETWORK_PLACE_FIRST;
    case CONTACT_DEPUTY:
        return TEXT_NETWORK_PLACE_DEPUTY;
    case CONTACT_MORE:
        break;
    }
    return TEXT_NETWORK_PLACE_MORE;
}

static struct date day_of(int64_t at)
{
    return at > 0 ? date_of(at) : (struct date){0};
}

struct organisation_row organisation_row_of(const struct request *r, const struct organisation *o)
{
    return (struct organisation_row){.is = o,
                                     .href =
                                         network_href(r, "/natverket/organisation/%lld", (long long)o->id),
                                     .actor = network_actor_text(o->actor),
                                     .state = organisation_state_text(o->state),
                                     .standing = standing_of(o, r->now_at),
                                     .until = day_of(o->agreement_until_at)};
}

static enum status add_contacts(const struct request *r, struct organisation_view *v, struct err *e)
{
    struct contacts found;
    struct mail_address known;

    TRY(contact_list(portal_db(r), v->row.is->id, r->arena, &found, e));
    struct contact_card *rows = arena_new(r->arena, found.n + 1, struct contact_card);
    for (size_t i = 0; i < found.n; i++) {
        const struct contact *c = &found.contact[i];

        TRY(mail_address_find(portal_db(r), c->email, r->arena, &known, e));
        rows[i] = (struct contact_card){.is = c,
                                        .place = contact_place_text(c->place),
                                        .failed_on = day_of(known.failed_at),
                                        .is_unsubscribed = known.unsubscribed_at > 0 || !c->wants_letters};
        if (portal_may(r, PERMISSION_NETWORK_CHANGE))
            rows[i].change = network_href(r, "/natverket/kontakt/%lld", (long long)c->id);
    }
    v->contacts = found.n;
    v->contact = rows;
    return OK;
}

static enum status add_agreements(const struct request *r, struct organisation_view *v, struct err *e)
{
    struct agreement *found = NULL;

    TRY(agreement_list(portal_db(r), v->row.is->id, r->arena, &found, &v->agreements, e));
    struct agreement_row *rows = arena_new(r->arena, v->agreements + 1, struct agreement_row);
    for (size_t i = 0; i < v->agreements; i++)
        rows[i] =
            (struct agreement_row){.is = &found[i],
                                   .on = date_of(found[i].signed_at),
                                   .until = date_of(found[i].valid_until_at),
                                   .holds = found[i].ended_at == 0 && found[i].valid_until_at >= r->now_at};
    v->agreement = rows;
    return OK;
}

static enum status add_participations(const struct request *r, struct organisation_view *v, struct err *e)
{
    static const enum text_key kinds[] = {[PARTICIPATION_SEMINAR] = TEXT_NETWORK_KIND_SEMINAR,
                                          [PARTICIPATION_MODULE] = TEXT_NETWORK_KIND_MODULE,
                                          [PARTICIPATION_PLAN] = TEXT_NETWORK_KIND_PLAN,
                                          [PARTICIPATION_MEETING] = TEXT_NETWORK_KIND_MEETING};
    struct participation *found = NULL;

    TRY(participation_list(portal_db(r), v->row.is->id, r->arena, &found, &v->participations, e));
    struct participation_row *rows = arena_new(r->arena, v->participations + 1, struct participation_row);
    for (size_t i = 0; i < v->participations; i++)
        rows[i] = (struct participation_row){
            .is = &found[i], .on = date_of(found[i].at), .kind = kinds[found[i].kind]};
    v->participation = rows;
    return OK;
}

enum status organisation_view_of(const struct request *r, int64_t id, struct organisation_view *v,
                                 struct err *e)
{
    struct organisation *o = arena_new(r->arena, 1, struct organisation);
    const struct retention_period year = {.months = ATTESTATION_MONTHS};

    TRY(organisation_find(portal_db(r), id, r->arena, o, e));
    *v = (struct organisation_view){.row = organisation_row_of(r, o),
                                    .since = day_of(o->since_at),
                                    .left = day_of(o->left_at),
                                    .attested = day_of(o->attested_at),
                                    .is_attest_due = o->state == ORGANISATION_MEMBER &&
                                                     o->attested_at < retention_cutoff(year, r->now_at),
                                    .is_saved = form_has(&r->query, "sparat")};
    TRY(add_contacts(r, v, e));
    TRY(add_agreements(r, v, e));
    return add_participations(r, v, e);
}
