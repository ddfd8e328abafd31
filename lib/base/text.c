/* Growing text in an arena. */
#include "base/text.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/number.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct text text_open(struct arena *a)
{
    return (struct text){.arena = a};
}

/* Room for `n` more bytes and the NUL after them. Pages are built of many small pieces: what fits is quick.
 */
static inline char *text_room(struct text *t, size_t n)
{
    size_t whole = 0;

    if (t->p && n < t->room - t->n)
        return t->p + t->n;
    if (!add_size(t->n, n, &whole) || !add_size(whole, 1, &whole))
        give_up("out of memory: a text of %zu bytes", n);
    t->p = arena_grow(t->arena, t->p, whole, &t->room, 1);
    return t->p + t->n;
}

void text_reserve(struct text *t, size_t n)
{
    (void)text_room(t, n);
}

void text_add(struct text *t, struct str s)
{
    char *to = text_room(t, s.n);

    if (s.n)
        memcpy(to, s.p, s.n);
    t->n += s.n;
    t->p[t->n] = '\0';
}

void text_byte(struct text *t, char c)
{
    *text_room(t, 1) = c;
    t->p[++t->n] = '\0';
}

void text_i64(struct text *t, int64_t value)
{
    text_format(t, "%" PRId64, value);
}

void text_format(struct text *t, const char *format, ...)
{
    va_list args;
    va_list again;

    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        give_up("a text cannot be formatted");
    char *to = text_room(t, (size_t)n);
    (void)vsnprintf(to, (size_t)n + 1, format, again);
    va_end(again);
    t->n += (size_t)n;
}

struct str text_str(const struct text *t)
{
    return (struct str){t->p ? t->p : "", t->n};
}
