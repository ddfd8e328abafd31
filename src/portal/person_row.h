/* How a person's columns become a struct: for the files that read them. */
#ifndef LYKTA_PORTAL_PERSON_ROW_H
#define LYKTA_PORTAL_PERSON_ROW_H

#include "portal/person.h"

struct query;

/* The columns of a person `p`, and one of their roles `r` (null: they have none): a row for each role. */
#define PERSON_COLUMNS                                                                                       \
    "p.id, p.email, p.name, p.language, p.state, p.made_at, p.signed_in_at, p.version, r.role "
enum { PERSON_COLUMN_COUNT = 9 };
#define PERSON_WITH_ROLES "left join person_role r on r.person = p.id "

/* Takes the row's columns from `first` on over into `out`, in `a`; its roles are those of the rows so far. */
void person_take_row(const struct query *q, int first, struct arena *a, struct person *out);

#endif
