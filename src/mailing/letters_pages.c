/* The room of letters. */
#include "mailing/letters_pages.h"

#include "base/arena.h"
#include "mail/trouble.h"
#include "mailing/letters_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/request.h"
#include "web/response.h"

static enum text_key remedy_words(enum mail_remedy remedy)
{
    static const enum text_key words[] = {
        [MAIL_REMEDY_ADDRESS] = TEXT_MAILING_REMEDY_ADDRESS,
        [MAIL_REMEDY_FULL] = TEXT_MAILING_REMEDY_FULL,
        [MAIL_REMEDY_REFUSED] = TEXT_MAILING_REMEDY_REFUSED,
        [MAIL_REMEDY_WAITED] = TEXT_MAILING_REMEDY_WAITED,
        [MAIL_REMEDY_ASK] = TEXT_MAILING_REMEDY_ASK,
    };

    return words[remedy];
}

static struct letters_row *rows_of(const struct request *r, const struct mail_troubles *all)
{
    struct letters_row *row = arena_new(r->arena, all->n + 1, struct letters_row);
    bool may_send = portal_may(r, PERMISSION_MAIL_CHANGE);

    for (size_t i = 0; i < all->n; i++) {
        const struct mail_trouble *t = &all->trouble[i];
        const char *again = arena_printf(r->arena, "/arbete/brev/%lld/igen", (long long)t->id);

        row[i] = (struct letters_row){
            .trouble = t,
            .on = date_of(t->state_at),
            .state = t->state == MAIL_FAILED ? TEXT_MAILING_STATE_FAILED : TEXT_MAILING_STATE_UNSURE,
            .remedy = remedy_words(mail_remedy(t->state, t->reason)),
            .again = may_send ? request_address(str_of(again), r->language, r->arena) : S("")};
    }
    return row;
}

static enum status letters_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct mail_troubles all = {0};
    struct letters_view v = {.is_queued = form_has(&r->query, "igen")};
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_MAILING_LETTERS);

    TRY(mail_troubles(portal_db(r), r->arena, &all, e));
    TRY(mail_standing(portal_db(r), r->arena, &v.standing, e));
    TRY(portal_note_read(r, "mail.read", 0, S(""), e));
    v.layout = portal_form_layout(&around, title, r->path, 0, r->arena);
    v.down_on = date_of(v.standing.down_since);
    v.n = all.n;
    v.row = rows_of(r, &all);
    page_mailing_letters(response_page(out), &v);
    return OK;
}

/* What somebody else has sent again already is queued, and so what was wanted. */
static enum status again_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    enum status s = mail_send_again(portal_db(r), request_id(r), &who, e);

    if (s != OK && s != REFUSED)
        return s;
    return portal_redirect(r, out, S("/arbete/brev?igen=1"));
}

static const struct route routes[] = {
    {"GET", "/arbete/brev", PERMISSION_MAIL_READ, letters_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/brev/:id/igen", PERMISSION_MAIL_CHANGE, again_take, .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/arbete/brev", TEXT_MAILING_MENU, PERMISSION_MAIL_READ},
    {.path = NULL},
};

const struct portal_room mailing_room = {.routes = routes, .work = work};
