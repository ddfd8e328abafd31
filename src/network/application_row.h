/* A row of the table application: for the files of this room that read it. */
#ifndef LYKTA_NETWORK_APPLICATION_ROW_H
#define LYKTA_NETWORK_APPLICATION_ROW_H

#include "network/application.h"

struct query;

#define APPLICATION_COLUMNS                                                                                  \
    "id, name, number, actor, contact_name, contact_role, contact_email, contact_phone, deputy_name, "       \
    "deputy_email, deputy_phone, wish, is_shown, wants_letters, language, agreement_text, signer_email, "    \
    "signed_by, signed_at, applied_at, confirmed_at, state, reason, decided_at, decided_by, organisation, "  \
    "version "

/* The row that `q` stands on, in `a`. */
struct application application_row(const struct query *q, struct arena *a);

/* The one row of `q`, which is ended; REFUSED when there is none. */
enum status application_read(struct query *q, struct arena *a, struct application *out,
                             struct err *e) MUST_USE;

#endif
