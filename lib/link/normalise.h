/* What an officer typed, as the bytes that are compared. Every agency must come to identical bytes or nothing
 * matches, so the rules are fixed tables, depend on no locale, and have a version that goes into every file.
 *
 * Every function is idempotent: its own output comes back unchanged. None keeps anything of its input beyond
 * what it returns. Text is valid UTF-8 (the CSV reader has checked it). */
#ifndef LYKTA_LINK_NORMALISE_H
#define LYKTA_LINK_NORMALISE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
    NORMALISE_VERSION = 1,
    NORMALISE_MAX_BYTES = 400, /* of a field: a longer one is not a name, and is taken for missing */
    NAME_MAX_PARTS = 24        /* of all the names of a person; further ones are left out */
};

/* The names of one person as a set of parts in loose form, so that swapped or merged fields come to the same.
 */
struct name_parts {
    size_t n;
    struct str part[NAME_MAX_PARTS];
};

/* Words that stand for "not known" beside the built-in ones ("okänd", "nn", "anonym", "unknown", "flicka",
 * ..), in loose form, as text_loose gives them. */
struct fillers {
    size_t n;
    const struct str *word;
};

/* `s` in folded form, in `a`: Unicode NFKC (UAX 15), full case folding without a locale, zero-width and
 * direction marks removed, runs of blanks as one. Empty when `s` is longer than NORMALISE_MAX_BYTES. */
struct str text_fold(struct str s, struct arena *a);

/* `s` in loose form, in `a`: folded, without accents (å ä -> a, ö -> o), in Latin letters (letters.h), with
 * hyphens, apostrophes and other signs as blanks, digits removed, and each word respelled as loose_word does.
 * Letters of alphabets without a table stay as they are. Empty when `s` is too long. */
struct str text_loose(struct str s, struct arena *a);

/* Respells a word of a-z in place, so that the usual ways to write one sound in Latin letters fall together:
 * aa -> a, ae -> a, oe -> o, kh -> ch, dj -> j, ou oo -> u, ee -> i, ph -> f, w -> v, ck -> k, q -> k, y ->
 * i, doubled letters to one; again until nothing changes. Returns the new length, at most `n`. */
size_t loose_word(char *word, size_t n);

/* Adds the parts of the name `field` to `out`, each once; their bytes are in `a`. Particles (von, de, al,
 * bin,
 * ..), titles and single letters are left out unless the field holds nothing else; fillers always.
 * Returns false when nothing was added: the field is missing. */
bool name_add(struct name_parts *out, struct str field, const struct fillers *extra, struct arena *a);

/* Does the name `field` look like those of two people: "Anna och Bo", "Anna & Bo", "Anna / Bo", "Anna; Bo"?
 */
bool name_is_of_two(struct str field);

/* 'K' woman, 'M' man, 'X' other, 0 missing or not understood: from K, M, X, F, kvinna, man, woman, female, ..
 */
char sex_of(struct str field);

/* The last eight digits of a telephone number, in `a`: the same for 070-, +46 70- and 0046 70-. Empty when
 * there are fewer than eight. */
struct str phone_of(struct str field, struct arena *a);

/* A number of another issuer (LMA card, reserve number): capital letters and digits only, in `a`. Empty when
 * there are fewer than four. */
struct str other_id_of(struct str field, struct arena *a);

#endif
