/* Inviting by kind of actor: choose, read the letter as it will look, send. */
#include "base/arena.h"
#include "base/text.h"
#include "network/actor.h"
#include "network/organisation.h"
#include "pages.h"
#include "portal/portal.h"
#include "seminar/actor_words.h"
#include "seminar/seminar_letter.h"
#include "seminar/seminar_pages.h"
#include "seminar/seminar_room.h"
#include "seminar/seminar_work.h"
#include "seminar/work_view.h"
#include "web/request.h"
#include "web/response.h"

enum { WORDS_LETTERS = 2000, STATES = 1 << ORGANISATION_LISTED | 1 << ORGANISATION_MEMBER };

/* "12 adresser, 3 utan kontakt" */
static struct str reach(const struct request *r, int64_t reachable, int64_t unreachable)
{
    const struct catalogue *texts = catalogue_of(r->language);
    struct text t = text_open(r->arena);

    catalogue_write(&t, texts, TEXT_SEMINAR_WORK_ADDRESSES, (struct insertion[]){insertion("n", reachable)},
                    1);
    if (unreachable > 0) {
        text_lit(&t, ", ");
        catalogue_write(&t, texts, TEXT_SEMINAR_WORK_UNREACHABLE,
                        (struct insertion[]){insertion("n", unreachable)}, 1);
    }
    return text_str(&t);
}

static enum status add_actors(const struct request *r, struct work_invite_view *v, struct err *e)
{
    struct actor_count listed[ACTORS];
    struct actor_count member[ACTORS];

    TRY(organisation_counts(portal_db(r), ORGANISATION_LISTED, listed, e));
    TRY(organisation_counts(portal_db(r), ORGANISATION_MEMBER, member, e));
    v->actors = field_add(v->fields, FIELD_CHECKBOXES, "actors", TEXT_SEMINAR_WORK_INVITE_ACTORS);
    for (int i = 0; i < ACTORS; i++) {
        int64_t unreachable = listed[i].unreachable + member[i].unreachable;
        struct field_option *option =
            field_option(v->fields, v->actors, str_of(actor_code((enum actor_kind)i)),
                         actor_text((enum actor_kind)i, r->language), false);

        option->hint = reach(r, listed[i].organisations + member[i].organisations - unreachable, unreachable);
    }
    return OK;
}

static enum status form_of(const struct request *r, const struct seminar *s, struct work_invite_view **out,
                           struct err *e)
{
    struct work_invite_view *v = arena_new(r->arena, 1, struct work_invite_view);
    bool is_sent = str_is(r->method, "POST");

    v->fields = field_set_open(is_sent ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->words = field_add(v->fields, FIELD_AREA, "words", TEXT_SEMINAR_WORK_INVITE_WORDS);
    v->words->is_optional = true;
    field_hint(v->fields, v->words, TEXT_SEMINAR_WORK_INVITE_WORDS_HINT);
    TRY(add_actors(r, v, e));
    v->s = s;
    v->action = seminar_href(r, "/arbete/seminarier/%lld/bjud-in", (long long)s->id);
    v->back = seminar_href(r, "/arbete/seminarier/%lld", (long long)s->id);
    *out = v;
    return OK;
}

static enum status show(const struct request *r, struct response *out, struct work_invite_view *v)
{
    v->layout =
        seminar_layout(r, portal_text(r, TEXT_SEMINAR_WORK_INVITE), SEMINAR_PAGE_FORM, v->fields->errors);
    page_work_invite(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

enum status work_invite_show(const struct request *r, struct response *out, struct err *e)
{
    struct seminar s = {0};
    struct work_invite_view *v = NULL;
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    TRY(form_of(r, &s, &v, e));
    return show(r, out, v);
}

/* Is the address invited already? */
static bool is_among(const struct invitations *all, struct str address)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->invitation[i].address, address))
            return true;
    return false;
}

/* The first contact person of the organisation that letters can go to. */
static enum status add_contact(const struct request *r, const struct organisation *organisation,
                               const struct invitations *before, struct invitations *out, size_t *room,
                               struct err *e)
{
    struct contacts people = {0};

    TRY(contact_list(portal_db(r), organisation->id, r->arena, &people, e));
    for (size_t i = 0; i < people.n; i++) {
        const struct contact *c = &people.contact[i];
        struct mail_address known;

        TRY(mail_address_find(portal_db(r), c->email, r->arena, &known, e));
        if (!c->wants_letters || known.failed_at > 0 || known.unsubscribed_at > 0 ||
            is_among(before, c->email) || is_among(out, c->email))
            continue;
        out->invitation = arena_grow(r->arena, out->invitation, out->n + 1, room, sizeof *out->invitation);
        out->invitation[out->n++] =
            (struct invitation){.organisation = organisation->id,
                                .actor = str_of(actor_code(organisation->actor)),
                                .organisation_name = organisation->name,
                                .name = c->name,
                                .address = c->email,
                                .language = str_is(c->language, "en") ? LANGUAGE_EN : LANGUAGE_SV};
        return OK;
    }
    return OK;
}

static enum status choose(const struct request *r, const struct seminar *s, uint64_t actors,
                          struct invitations *out, struct err *e)
{
    const struct organisation_filter filter = {.actors = (uint32_t)actors, .states = STATES};
    struct organisations found = {0};
    struct invitations before = {0};
    size_t room = 0;

    *out = (struct invitations){0};
    TRY(organisation_list(portal_db(r), &filter, r->arena, &found, e));
    TRY(invitation_list(portal_db(r), s->id, r->arena, &before, e));
    for (size_t i = 0; i < found.n; i++)
        TRY(add_contact(r, &found.organisation[i], &before, out, &room, e));
    return OK;
}

/* A draft is shown to everyone when the first invitations to it go out. */
static enum status send(const struct request *r, struct response *out, const struct seminar *s,
                        const struct invitations *asked, struct str words, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    const struct who who = portal_who(r);
    int64_t n = 0;

    if (s->state == SEMINAR_DRAFT)
        TRY(seminar_open(&o, s->id, &who, e));
    TRY(invitation_send(&o, s->id, asked, words, &who, &n, e));
    return response_redirect(
        out, seminar_href(r, "/arbete/seminarier/%lld?skickade=%lld", (long long)s->id, (long long)n));
}

enum status work_invite_take(const struct request *r, struct response *out, struct err *e)
{
    const struct seminar_office o = seminar_office_for(r);
    struct seminar s = {0};
    struct work_invite_view *v = NULL;
    struct invitations asked = {0};
    struct str words = S("");
    uint64_t actors = 0;
    enum status found = seminar_find(portal_db(r), request_id(r), r->arena, &s, e);

    if (found != OK)
        return seminar_missing(found, out);
    TRY(form_of(r, &s, &v, e));
    field_str(v->fields, v->words, WORDS_LETTERS, &words);
    if (field_choices(v->fields, v->actors, &actors)) {
        TRY(choose(r, &s, actors, &asked, e));
        if (asked.n == 0)
            field_wrong(v->fields, v->actors, TEXT_SEMINAR_WORK_INVITE_NOBODY);
    }
    if (v->fields->errors > 0)
        return show(r, out, v);
    if (str_is(form_value(&r->form, "do"), "send"))
        return send(r, out, &s, &asked, words, e);
    struct letter letter = seminar_letter_preview(&o, &s, words, r->arena);
    v->is_preview = true;
    v->addresses = (int64_t)asked.n;
    v->subject = letter.subject;
    v->letter = &letter;
    return show(r, out, v);
}
