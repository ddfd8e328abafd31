/* Views of text: a pointer and a length. A view never owns its bytes and need not end with NUL. */
#ifndef LYKTA_BASE_STR_H
#define LYKTA_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
    const char *p;
    size_t n;
};

/* A view of a literal, and the two arguments of "%.*s": at most STR_SHOWN bytes of a view, which may be of
 * nothing. */
#define S(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR(s) str_shown_bytes(s), str_shown(s)

enum { STR_SHOWN = 2000 };

static inline int str_shown_bytes(struct str s)
{
    return (int)(s.n > STR_SHOWN ? STR_SHOWN : s.n);
}

static inline const char *str_shown(struct str s)
{
    return s.p ? s.p : "";
}

/* A view of a NUL-ended text; NULL is the empty text. */
struct str str_of(const char *cstr);

bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *cstr);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Bytes in order: negative, zero or positive, as memcmp; a prefix comes first. */
int str_compare(struct str a, struct str b);

/* `s` without spaces, tabs and line ends at both ends. */
struct str str_trim(struct str s);

/* The part of `s` from `from` on, `n` bytes at most; empty where `s` is shorter. */
struct str str_part(struct str s, size_t from, size_t n);

/* Cuts `s` at the first `byte`: *before and *after are the parts around it. False, and *before = s, when
 * there is none. */
bool str_cut(struct str s, char byte, struct str *before, struct str *after);

/* Is `s` valid UTF-8 (RFC 3629: no overlong form, no surrogate, at most U+10FFFF) without NUL? */
bool str_is_utf8(struct str s);

/* How many letters, digits and signs (code points) there are in `s`, which is UTF-8. */
size_t str_letters(struct str s);

/* A copy of `s` in `a`, followed by a NUL that is not counted. */
struct str str_copy(struct str s, struct arena *a);

#endif
