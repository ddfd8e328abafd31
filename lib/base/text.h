/* Growing text in an arena. */
#ifndef LYKTA_BASE_TEXT_H
#define LYKTA_BASE_TEXT_H

#include "base/str.h"

#include <stdint.h>

struct arena;

/* `str` is what has been written so far, followed by a NUL that is not counted. */
struct text {
    struct arena *arena;
    char *p;
    size_t n;
    size_t room;
};

struct text text_open(struct arena *a);

/* Room for n bytes more, so that they are not copied as it grows. */
void text_reserve(struct text *t, size_t n);

void text_add(struct text *t, struct str s);
void text_byte(struct text *t, char c);
void text_i64(struct text *t, int64_t value);
void text_format(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str text_str(const struct text *t);

#define text_lit(t, literal) text_add((t), S(literal))

#endif
