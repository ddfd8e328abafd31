/* Seminars as an Atom feed (RFC 4287). */
#ifndef LYKTA_SEMINAR_ATOM_H
#define LYKTA_SEMINAR_ATOM_H

#include "base/str.h"

struct arena;
struct seminar_office;
struct seminars;

/* The feed `title` of the seminars, in `a`: text escaped, control characters left out. An entry's id is made
 * of its seminar's uid and never changes. */
struct str atom_write(const struct seminar_office *o, struct str title, const struct seminars *s,
                      struct arena *a);

#endif
