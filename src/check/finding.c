/* What a check has found. */
#include "check/finding.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

enum { SENTENCE_BYTES = 1000 };

struct findings findings_open(struct arena *a)
{
    return (struct findings){.arena = a};
}

static void add(struct findings *f, const char *what, struct str act, const char *format, va_list args)
    __attribute__((format(printf, 4, 0)));

static void add(struct findings *f, const char *what, struct str act, const char *format, va_list args)
{
    char sentence[SENTENCE_BYTES];

    vsnprintf(sentence, sizeof sentence, format, args);
    f->finding = arena_grow(f->arena, f->finding, f->n + 1, &f->room, sizeof *f->finding);
    f->finding[f->n++] = (struct finding){
        .what = what, .is = str_copy(str_of(sentence), f->arena), .act = str_copy(act, f->arena)};
}

void find_good(struct findings *f, const char *what, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(f, what, S(""), format, args);
    va_end(args);
}

void find_fault(struct findings *f, const char *what, struct str act, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(f, what, act, format, args);
    va_end(args);
}

size_t findings_faults(const struct findings *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += f->finding[i].act.n > 0;
    return n;
}
