/* What is asked about a contact person: by the coordinator, and by the people of an organisation about
 * themselves and their deputy. */
#ifndef LYKTA_NETWORK_CONTACT_QUESTION_H
#define LYKTA_NETWORK_CONTACT_QUESTION_H

#include "network/organisation.h"
#include "network/work_view.h"

#include <stdbool.h>
#include <stdint.h>

struct request;

/* What is asked beside name and phone: a set. */
enum {
    CONTACT_ASK_ROLE = 1,
    CONTACT_ASK_EMAIL = 2,
    CONTACT_ASK_PLACE = 4,
    CONTACT_ASK_CHOICES = 8, /* language, letters, shown to other members */
    CONTACT_ASK_ALL = 15
};

/* NULL: is not asked. */
struct contact_questions {
    struct field *place, *name, *role, *email, *phone, *language, *choices;
};

/* Fills v->fields with the questions about `c`, as it is kept. */
struct contact_questions contact_ask(const struct request *r, const struct contact *c, uint32_t what,
                                     struct network_form_view *v);

/* Reads the answers into *c, which keeps what is not asked; false when something is wrong, told at its field.
 */
bool contact_read(struct network_form_view *v, const struct contact_questions *q, struct contact *c);

#endif
