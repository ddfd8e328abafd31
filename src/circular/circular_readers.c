/* Who gets a circular, who does not and why. */
#include "base/arena.h"
#include "circular/circular.h"
#include "mail/mail.h"
#include "network/organisation.h"
#include "web/address.h"

#include <stdlib.h>

enum { STATES = 1 << ORGANISATION_LISTED | 1 << ORGANISATION_MEMBER };

/* The contact people of the chosen organisations; somebody can be one of several. */
struct people {
    size_t n, room;
    struct contact *contact;
};

static enum status add_people(struct db *db, const struct organisation *organisation, struct arena *a,
                              struct people *all, struct err *e)
{
    struct contacts found = {0};

    TRY(contact_list(db, organisation->id, a, &found, e));
    for (size_t i = 0; i < found.n; i++) {
        all->contact = arena_grow(a, all->contact, all->n + 1, &all->room, sizeof *all->contact);
        all->contact[all->n++] = found.contact[i];
    }
    return OK;
}

static int by_address(const void *x, const void *y)
{
    return str_compare(((const struct contact *)x)->email, ((const struct contact *)y)->email);
}

/* How many from `first` on have the same address, and whether all of them want letters: who has said no once
 * has said no. */
static size_t same_address(const struct people *all, size_t first, bool *wants_letters)
{
    size_t n = 0;

    *wants_letters = true;
    while (first + n < all->n && str_equal(all->contact[first + n].email, all->contact[first].email))
        *wants_letters = all->contact[first + n++].wants_letters && *wants_letters;
    return n;
}

static enum status add_reader(struct db *db, const struct contact *c, bool wants_letters, struct arena *a,
                              struct circular_readers *out, struct err *e)
{
    struct mail_address known;

    TRY(mail_address_find(db, c->email, a, &known, e));
    if (!wants_letters)
        out->unwilling++;
    else if (known.unsubscribed_at > 0)
        out->unsubscribed++;
    else if (known.failed_at > 0 || !address_is_valid(c->email))
        out->failed++;
    else
        out->reader[out->n++] = (struct circular_reader){c->name, c->email};
    return OK;
}

static enum status sort_out(struct db *db, struct people *all, struct arena *a, struct circular_readers *out,
                            struct err *e)
{
    bool wants_letters = true;

    if (all->n > 0)
        qsort(all->contact, all->n, sizeof *all->contact, by_address);
    out->reader = arena_new(a, all->n + 1, struct circular_reader);
    for (size_t i = 0, n = 0; i < all->n; i += n) {
        n = same_address(all, i, &wants_letters);
        TRY(add_reader(db, &all->contact[i], wants_letters, a, out, e));
    }
    return OK;
}

enum status circular_readers_of(struct db *db, uint32_t actors, struct arena *a, struct circular_readers *out,
                                struct err *e)
{
    const struct organisation_filter filter = {.actors = actors, .states = STATES};
    struct organisations found = {0};
    struct people all = {0};

    *out = (struct circular_readers){0};
    if (actors == 0)
        return OK; /* no kind is chosen: for the filter that would be all of them */
    TRY(organisation_list(db, &filter, a, &found, e));
    for (size_t i = 0; i < found.n; i++)
        TRY(add_people(db, &found.organisation[i], a, &all, e));
    return sort_out(db, &all, a, out, e);
}
