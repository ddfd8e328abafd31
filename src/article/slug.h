/* The part of an article's address that names it: "frukost-som-blev-ett-natverk". */
#ifndef LYKTA_ARTICLE_SLUG_H
#define LYKTA_ARTICLE_SLUG_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

/* Is it one: small letters a-z, digits and single hyphens between them, at most ARTICLE_KEY_LETTERS? */
bool slug_is_valid(struct str key);

/* One made of a title, in `a`: å and ä become a, ö becomes o, what cannot stand in it a hyphen; cut at a word
 * where it would be too long, and "artikel" when nothing is left. */
struct str slug_of(struct str title, struct arena *a);

#endif
