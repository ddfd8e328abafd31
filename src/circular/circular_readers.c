/* Who gets a circular, who does not and why. */
#include "base/arena.h"
#include "circular/circular.h"
#include "mail/mail.h"
#include "network/organisation.h"
#include "web/address.h"

enum { STATES = 1 << ORGANISATION_LISTED | 1 << ORGANISATION_MEMBER };

static bool is_among(const struct circular_readers *all, struct str address)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->reader[i].address, address))
            return true;
    return false;
}

static enum status add_contact(struct db *db, const struct contact *c, struct arena *a,
                               struct circular_readers *out, size_t *room, struct err *e)
{
    struct mail_address known;

    if (is_among(out, c->email))
        return OK;
    TRY(mail_address_find(db, c->email, a, &known, e));
    if (!c->wants_letters)
        out->unwilling++;
    else if (known.unsubscribed_at > 0)
        out->unsubscribed++;
    else if (known.failed_at > 0 || !address_is_valid(c->email))
        out->failed++;
    else {
        out->reader = arena_grow(a, out->reader, out->n + 1, room, sizeof *out->reader);
        out->reader[out->n++] = (struct circular_reader){c->name, c->email};
    }
    return OK;
}

enum status circular_readers_of(struct db *db, uint32_t actors, struct arena *a, struct circular_readers *out,
                                struct err *e)
{
    const struct organisation_filter filter = {.actors = actors, .states = STATES};
    struct organisations found = {0};
    size_t room = 0;

    *out = (struct circular_readers){0};
    if (actors == 0)
        return OK; /* no kind is chosen: for the filter that would be all of them */
    TRY(organisation_list(db, &filter, a, &found, e));
    for (size_t i = 0; i < found.n; i++) {
        struct contacts people = {0};

        TRY(contact_list(db, found.organisation[i].id, a, &people, e));
        for (size_t k = 0; k < people.n; k++)
            TRY(add_contact(db, &people.contact[k], a, out, &room, e));
    }
    return OK;
}
